import type { Catalog } from '#lib/catalog/catalog';
import type { ServerShape } from '#lib/catalog/instances';
import type { PriceBook, PriceReference } from '#lib/catalog/prices';
import type { BomLine } from '#lib/facility/bom';
import type { PhysicalPlan, SparePart } from '#lib/facility/facility';
import { linkPrice } from '#lib/facility/network-parts';
import { networkPrice, pieceOfPriced, pricedPart, type Part } from '#lib/facility/part-price';
import { serverPrice } from '#lib/targets/owned/owned-servers';

const LABELS: Readonly<Record<SparePart['part'], string>> = {
  servers: 'Spare servers',
  'compute-trays': 'Spare compute trays',
  'link-switch-trays': 'Spare trays of NVLink switches',
  links: 'Spare links',
  switches: 'Spare switches',
};

/**
 * Spares at the price of what they replace; switches at that of the network between GPUs, where there is one; compute
 * trays by their share of a rack, whose price holds its other parts too.
 */
export function spareLines(
  { spares, fabric }: PhysicalPlan,
  server: ServerShape,
  catalog: Catalog,
  prices: PriceBook,
): BomLine[] {
  const [first] = fabric.switches;
  const price: Readonly<Record<SparePart['part'], PriceReference | null>> = {
    servers: serverPrice(server, prices),
    'compute-trays': serverPrice(server, prices),
    'link-switch-trays': null,
    links: linkPrice(fabric.linkGbps, prices),
    switches: networkPrice(catalog.switches().get(first?.shape ?? '')?.priceId ?? null, prices),
  };
  return spares
    .filter(({ spares: { base } }) => base > 0)
    .map(({ part, spares: { base }, expectedFailures, units }) => {
      const line: Part = {
        key: `spares.${part}`,
        label: LABELS[part],
        group: 'spares',
        quantity: base,
        unit: 'unit',
        basis: `${expectedFailures.base} failures of ${units} while one is on order`,
      };
      if (part !== 'compute-trays') return pricedPart(line, price[part], prices);
      const rack = { reference: price[part], pieces: server.fabric.hosts, name: server.id };
      return pieceOfPriced(line, rack, prices);
    });
}
