import type { ReadResource } from '#lib/artifacts/unresolved';
import type { PriceBook } from '#lib/catalog/prices';
import {
  componentLines,
  rememberedPrices,
  statedLine,
  type ArtifactLine,
  type LineMaker,
} from '#lib/cost/artifact-line';
import { clusterFacts } from '#lib/cost/kubernetes/cluster';
import { annuityFactor } from '#lib/cost/present-value';
import { laddersOf } from '#lib/cost/price-ladder';
import type { Component, ResourceCost } from '#lib/cost/resources/component';
import { costOf } from '#lib/cost/resources/registry';
import { usageReader, type Usage } from '#lib/cost/resources/usage';
import { HOURS_PER_MONTH } from '#lib/units/money';

export interface ArtifactBill {
  readonly lines: readonly ArtifactLine[];
  /** Resources of a type that nobody has priced or declared free. */
  readonly unaccounted: readonly string[];
  /** Resources by how they are accounted for. */
  readonly counts: {
    readonly priced: number;
    readonly free: number;
    readonly usage: number;
    readonly unpriced: number;
  };
}

export interface ArtifactBillContext {
  readonly prices: PriceBook;
  /** Day for which the bill is made: `2026-11-23`. */
  readonly asOf: string;
  readonly horizonMonths: number;
  readonly discountRatePerYear: number;
  /** Region of resources whose artifact does not say it. */
  readonly region: string;
  readonly usage: Usage;
  /** True where the nodes of its pods are bought by contract, outside of the artifacts. @default false */
  readonly areNodesElsewhere?: boolean;
}

/**
 * The bill of synthesized resources, read from the artifacts alone: it knows nothing of the plan that made them. Every
 * resource is priced, by use, free for a reason, unpriced for a reason, or listed as unaccounted.
 */
export function artifactBill(resources: readonly ReadResource[], context: ArtifactBillContext): ArtifactBill {
  const byAddress = new Map(resources.map((resource) => [resource.address, resource]));
  const find = (address: string) => byAddress.get(address);
  const cluster = clusterFacts(resources, context.areNodesElsewhere ?? false);
  const costs = withSharesApart(
    resources.map((resource) => {
      const region = resource.region ?? context.region;
      const { asOf } = context;
      return { resource, cost: costOf(resource, { region, hours: HOURS_PER_MONTH, asOf, find, cluster }) };
    }),
  );
  const maker: LineMaker = {
    price: rememberedPrices(context.prices),
    ladders: laddersOf(context.prices),
    usage: usageReader(context.usage),
    climbed: new Map(),
    annuity: annuityFactor(context.horizonMonths, context.discountRatePerYear),
  };
  const lines: ArtifactLine[] = [];
  const unaccounted: string[] = [];
  const counts = { priced: 0, free: 0, usage: 0, unpriced: 0 };
  for (const { resource, cost } of costs) {
    if (cost === null) {
      unaccounted.push(resource.address);
      lines.push(statedLine(resource, 'unpriced', `nobody has said yet what ${resource.type} costs`));
      counts.unpriced += 1;
      continue;
    }
    const own = linesOf(resource, cost, maker);
    lines.push(...own);
    counts[stateOf(own)] += 1;
  }
  return { lines, unaccounted, counts };
}

function linesOf(resource: ReadResource, cost: ResourceCost, maker: LineMaker): readonly ArtifactLine[] {
  if (cost.state !== 'components') return [statedLine(resource, cost.state, cost.why)];
  if (cost.components.length === 0) return [statedLine(resource, 'free', 'nothing of it has a charge')];
  return cost.components.flatMap((component) => componentLines(resource, component, maker));
}

interface CostedResource {
  readonly resource: ReadResource;
  readonly cost: ResourceCost | null;
}

/** Of components that a group shares, the largest pays, the first of equal ones; the others say who does. */
function withSharesApart(costs: readonly CostedResource[]): readonly CostedResource[] {
  const payers = new Map<string, { readonly address: string; readonly quantity: number }>();
  for (const { resource, cost } of costs) {
    if (cost?.state !== 'components') continue;
    for (const { sharedBy, quantityPerMonth } of cost.components) {
      if (sharedBy === undefined || quantityPerMonth === null) continue;
      const payer = payers.get(sharedBy);
      if (payer === undefined || quantityPerMonth > payer.quantity) {
        payers.set(sharedBy, { address: resource.address, quantity: quantityPerMonth });
      }
    }
  }
  if (payers.size === 0) return costs;
  return costs.map((costed) => {
    const { resource, cost } = costed;
    if (cost?.state !== 'components') return costed;
    const shared = cost.components.map((component): Component => {
      const payer = component.sharedBy === undefined ? undefined : payers.get(component.sharedBy);
      if (payer === undefined || payer.address === resource.address) return component;
      return {
        ...component,
        quantityPerMonth: 0,
        basis: `shared with ${payer.address}, which is billed for it`,
      };
    });
    return { resource, cost: { state: 'components', components: shared } };
  });
}

/** A resource is as well known as its least known line. */
function stateOf(lines: readonly ArtifactLine[]): keyof ArtifactBill['counts'] {
  let worst: keyof ArtifactBill['counts'] = 'free';
  for (const { item } of lines) {
    const { state } = item;
    if (state === 'unpriced') return 'unpriced';
    if (state === 'usage' || (state === 'priced' && worst === 'free')) worst = state;
  }
  return worst;
}
