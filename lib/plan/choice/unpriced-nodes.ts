import { gpusOf, type Candidate, type Choice } from '#lib/plan/choice/candidate-bill';
import { place } from '#lib/plan/nodes/place';
import type { Sizer } from '#lib/plan/sizing/sizer';

/** A node that nobody priced and that would take so many accelerators fewer that its price is worth asking for. */
export interface UnpricedNode {
  readonly offering: string;
  readonly gpus: number;
}

/** How many times the accelerators of such a node are taken by the chosen one: no two on sale differ as much in price. */
const TIMES_FEWER = 4;

/**
 * Unpriced offerings that carry the load with a fourth of the accelerators, or less, that the cheapest priced one takes;
 * fewest first. They cannot be chosen by a bill, and who knows their price should hear of them.
 */
export function unpricedNodes(
  choice: Choice,
  candidates: readonly Candidate[],
  sizer: Sizer,
): readonly UnpricedNode[] {
  if (!Number.isFinite(choice.usdPerMonth)) return [];
  const most = gpusOf(choice.placement) / TIMES_FEWER;
  const fewest = new Map<string, number>();
  for (const candidate of candidates) {
    const { offering, gpus, least } = candidate;
    if (Number.isFinite(least.usdPerMonth) || gpus(1) > most) continue;
    const { demand } = candidate;
    if (sizer.leastGpus(demand)(1) > most) continue;
    const sizing = sizer.search(demand);
    if (!sizing.fits) continue;
    const deployed = gpusOf(place(sizing, offering));
    const known = fewest.get(offering.id) ?? most;
    if (deployed <= known) fewest.set(offering.id, deployed);
  }
  return [...fewest]
    .map(([offering, gpus]) => ({ offering, gpus }))
    .toSorted((one, other) => one.gpus - other.gpus);
}

/** @param gpus - Accelerators of the chosen fleet */
export function unpricedNotes(nodes: readonly UnpricedNode[], gpus: number): readonly string[] {
  if (nodes.length === 0) return [];
  const fewer = nodes.map((node) => `${node.offering} (${node.gpus} accelerators)`).join(', ');
  return [
    `nobody priced ${fewer}, so what has a price was chosen with ${gpus}: state a price under finance.prices to have them weighed`,
  ];
}
