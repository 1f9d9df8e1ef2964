import type { Purchase } from '#lib/catalog/purchase';
import { unitsOf } from '#lib/cash/quantity';
import type { BilledPlan } from '#lib/plan/billed-plan';
import type { Band } from '#lib/units/band';

/**
 * Names the throughput that a fleet's size rests on. Fleets of one name turn out alike: the throughput of one model on one
 * accelerator, whoever sells it.
 */
export function fleetKey(plan: BilledPlan): string {
  const { model, serving } = plan;
  const accelerators = gpuPools(plan).map(({ accelerator }) => accelerator);
  return ['fleet', model.id, serving?.precision, serving?.engine, ...accelerators].join('/');
}

/** GPU nodes as the doubt of the sizing has them, in whole nodes; `null` without doubt. */
export function fleetNodes(plan: BilledPlan): Band | null {
  const nodes = gpuPools(plan).reduce((sum, pool) => sum + pool.nodes.desired, 0);
  const ratios = plan.purchases.flatMap((purchase) => quantityRatio(purchase) ?? []);
  const low = Math.min(1, ...ratios.map((ratio) => ratio.low));
  const high = Math.max(1, ...ratios.map((ratio) => ratio.high));
  if (nodes === 0 || low === high) return null;
  return { low: Math.round(low * nodes), base: nodes, high: Math.round(high * nodes) };
}

/** The doubt of a purchase's quantity as multiples of its base; `null` where it has none. */
export function quantityRatio(purchase: Purchase): { readonly low: number; readonly high: number } | null {
  if (purchase.kind === 'free' || purchase.quantityBand === undefined) return null;
  const base = unitsOf(purchase);
  const { low, high } = purchase.quantityBand;
  return base === 0 ? null : { low: low / base, high: high / base };
}

function gpuPools({ nodePools }: BilledPlan) {
  return nodePools.filter(({ role }) => role === 'gpu');
}
