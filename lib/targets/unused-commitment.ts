import type { Purchase } from '#lib/catalog/purchase';
import type { PlacedFleet } from '#lib/targets/target';
import { HOURS_PER_MONTH } from '#lib/units/money';

/**
 * What a commitment still asks for after the horizon: the months of its first term that the horizon leaves over, at the
 * committed rate. Later terms are taken only as long as they are needed.
 */
export function unusedCommitment(
  fleet: PlacedFleet,
  termMonths: number | null,
  horizonMonths: number,
): Purchase[] {
  const months = Math.max(0, (termMonths ?? 0) - horizonMonths);
  if (months === 0) return [];
  return fleet.nodes.flatMap(({ offering, count, low, high }, index): Purchase[] => {
    if (offering.price === null) return [];
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
        basis: `${count} nodes × ${months} months left of ${termMonths ?? 0}, nobody to use them`,
        resources: [],
      },
    ];
  });
}
