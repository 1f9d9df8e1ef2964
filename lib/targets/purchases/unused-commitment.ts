import type { Purchase } from '#lib/catalog/purchase';
import type { PlacedFleet } from '#lib/targets/target';
import { HOURS_PER_MONTH } from '#lib/units/money';

/**
 * What a commitment still asks for after the horizon: the months of its first term that the horizon leaves over, at the
 * committed rate. Later terms are taken only as long as they are needed.
 *
 * @param termMonths - Of the term under which all nodes are bought; `null` where they are bought by the hour
 * @param termPaysFromMonths - Added nodes with fewer months until the horizon are bought by the hour
 */
export function unusedCommitment(
  fleet: PlacedFleet,
  termMonths: number | null,
  horizonMonths: number,
  termPaysFromMonths?: number,
): Purchase[] {
  return fleet.nodes.flatMap((nodes, index): Purchase[] => {
    const { offering, count, low, high, ...held } = heldOf(nodes, termMonths);
    const left = Math.max(0, held.termMonths - horizonMonths);
    const canOwe = fleet.grows === true && nodes.committed === undefined && held.termMonths > 0;
    const months = left === 0 && canOwe ? held.termMonths : left;
    if (offering.price === null || months === 0) return [];
    const perNode =
      (offering.price.unit === 'accelerator-hour' ? offering.gpus : 1) * HOURS_PER_MONTH * months;
    return [
      {
        kind: 'recurring',
        key: index === 0 ? 'commitment.unused' : `commitment.unused-${index + 1}`,
        label: 'Commitment left after the horizon',
        category: 'exit',
        quantityPerMonth: count * perNode,
        quantityBand: { low: low * perNode, high: high * perNode },
        price: offering.price,
        ...(offering.priceFactor === undefined ? {} : { priceFactor: offering.priceFactor }),
        when: 'at-end',
        ...(nodes.committed === undefined
          ? {
              follows: {
                by: 'nodes',
                leftOfTerm: { termMonths: held.termMonths, countedMonths: months },
                ...(termPaysFromMonths === undefined ? {} : { monthsLeft: { atLeast: termPaysFromMonths } }),
              },
            }
          : {}),
        basis:
          left === 0
            ? `${count} nodes × the ${months} months of a term, as far as those of added nodes outlast the horizon`
            : `${count} nodes × ${months} months left of ${held.termMonths}, nobody to use them`,
        resources: [],
      },
    ];
  });
}

/** Nodes under a term: the base load that is committed to, or all of them. */
function heldOf({ offering, count, low, high, committed }: PlacedFleet['nodes'][number], all: number | null) {
  if (committed === undefined) return { offering, count, low, high, termMonths: all ?? 0 };
  return { ...committed, low: committed.count, high: committed.count };
}
