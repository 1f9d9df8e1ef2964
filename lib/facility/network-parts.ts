import type { Catalog } from '#lib/catalog/catalog';
import type { PriceBook, PriceReference } from '#lib/catalog/prices';
import type { BomLine } from '#lib/facility/bom';
import type { PhysicalPlan, SwitchCount } from '#lib/facility/facility';
import { networkPrice, pricedPart } from '#lib/facility/part-price';

const LABELS: Readonly<Record<SwitchCount['role'], string>> = {
  'compute-leaf': 'Leaf switches between GPUs',
  'compute-spine': 'Spine switches between GPUs',
  'compute-core': 'Core switches between GPUs',
  'front-end': 'Front-end switches',
  'out-of-band': 'Out-of-band switches',
};

/** Switches, links and cables of the three networks. */
export function networkParts({ fabric }: PhysicalPlan, catalog: Catalog, prices: PriceBook): BomLine[] {
  const switches = fabric.switches.map(({ role, shape, name, switches: quantity }) =>
    pricedPart(
      {
        key: `network.${role}`,
        label: LABELS[role],
        group: 'network',
        quantity,
        unit: 'unit',
        basis: name,
      },
      networkPrice(catalog.switches().get(shape)?.priceId ?? null, prices),
      prices,
    ),
  );
  const cables = (
    key: string,
    label: string,
    quantity: number,
    basis: string,
    price: PriceReference | null,
  ) =>
    quantity === 0
      ? []
      : [pricedPart({ key, label, group: 'network', quantity, unit: 'link', basis }, price, prices)];
  return [
    ...switches,
    ...cables(
      'network.compute-links',
      `Links of ${fabric.linkGbps} Gb/s between GPUs`,
      fabric.fibres,
      `${fabric.transceivers} transceivers, ${fabric.fibres} fibres`,
      linkPrice(fabric.linkGbps, prices),
    ),
    ...cables('network.front-end-cables', 'Front-end cables', fabric.frontEndCables, '200 Gb/s', null),
    ...cables('network.out-of-band-cables', 'Out-of-band cables', fabric.outOfBandCables, '1 Gb/s', null),
  ];
}

/** A link with both its transceivers and its fibre. */
export function linkPrice(linkGbps: number, prices: PriceBook): PriceReference | null {
  return networkPrice(`hardware/network/${linkGbps}g-link/*/purchase/unit`, prices);
}
