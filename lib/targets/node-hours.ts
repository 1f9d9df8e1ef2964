import type { Purchase } from '#lib/catalog/purchase';
import { HOURS_PER_MONTH } from '#lib/units/money';
import type { PlacedFleet } from '#lib/targets/target';

/** Rented nodes by the hour, by the node or by its accelerators as the price list has it. */
export function nodeHours(
  fleet: PlacedFleet,
  line: { readonly key: string; readonly resources: readonly string[] },
): Purchase[] {
  return fleet.nodes.flatMap(({ offering, count, low, high }, index): Purchase[] => {
    if (offering.price === null) return [];
    const perNode = offering.price.unit === 'accelerator-hour' ? offering.gpus : 1;
    const hours = perNode * HOURS_PER_MONTH;
    return [
      {
        kind: 'recurring',
        key: index === 0 ? line.key : `${line.key}-${index + 1}`,
        label: `${offering.shape}, ${offering.purchase}`,
        category: 'compute',
        quantityPerMonth: count * hours,
        quantityBand: { low: low * hours, high: high * hours },
        price: offering.price,
        ...(offering.priceFactor === undefined ? {} : { priceFactor: offering.priceFactor }),
        basis:
          perNode === 1
            ? `${count} nodes × ${HOURS_PER_MONTH} h`
            : `${count} nodes × ${perNode} accelerators × ${HOURS_PER_MONTH} h`,
        resources: line.resources,
      },
    ];
  });
}
