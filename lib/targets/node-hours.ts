import type { Purchase } from '#lib/catalog/purchase';
import { HOURS_PER_MONTH, roundTo } from '#lib/units/money';
import { flatCurve, hoursAbove, type NodeCurve } from '#lib/targets/node-curve';
import type { PlacedFleet } from '#lib/targets/target';

type PlacedNodes = PlacedFleet['nodes'][number];

/** Rented nodes by the hour, by the node or by its accelerators as the price list has it. */
export function nodeHours(
  fleet: PlacedFleet,
  line: { readonly key: string; readonly resources: readonly string[] },
): Purchase[] {
  return fleet.nodes.flatMap((nodes, index): Purchase[] => {
    const { offering, count, standing } = nodes;
    if (offering.price === null) return [];
    const perNode = offering.price.unit === 'accelerator-hour' ? offering.gpus : 1;
    const { low, base, high } = standingOf(nodes);
    const hours = (curve: NodeCurve) => roundTo(perNode * hoursAbove(curve, 0), 3);
    const always =
      perNode === 1
        ? `${count} nodes × ${HOURS_PER_MONTH} h`
        : `${count} nodes × ${perNode} accelerators × ${HOURS_PER_MONTH} h`;
    return [
      {
        kind: 'recurring',
        key: index === 0 ? line.key : `${line.key}-${index + 1}`,
        label: `${offering.shape}, ${offering.purchase}`,
        category: 'compute',
        quantityPerMonth: hours(base),
        quantityBand: { low: hours(low), high: hours(high) },
        price: offering.price,
        ...(offering.priceFactor === undefined ? {} : { priceFactor: offering.priceFactor }),
        ...(standing === undefined ? {} : { comesAndGoes: true }),
        basis: standing === undefined ? always : `${always} × ${paidPercent(base, count)} of the hours`,
        resources: line.resources,
      },
    ];
  });
}

/** Nodes that stand on average: what their volumes are paid by. */
export function meanNodes({ nodes }: PlacedFleet): { low: number; base: number; high: number } {
  const at = (end: 'low' | 'base' | 'high') =>
    nodes.reduce((sum, each) => sum + hoursAbove(standingOf(each)[end], 0) / HOURS_PER_MONTH, 0);
  return { low: at('low'), base: at('base'), high: at('high') };
}

function standingOf({ count, low, high, standing }: PlacedNodes) {
  return standing ?? { low: flatCurve(low), base: flatCurve(count), high: flatCurve(high) };
}

function paidPercent(curve: NodeCurve, count: number): string {
  return `${roundTo((100 * hoursAbove(curve, 0)) / (count * HOURS_PER_MONTH), 1)} %`;
}
