import type { ServerShape } from '#lib/catalog/instances';
import { priceId, type Price, type PriceBook, type PriceReference } from '#lib/catalog/prices';
import type { Purchase } from '#lib/catalog/purchase';
import { HOURS_PER_MONTH, roundTo } from '#lib/units/money';
import { ADDRESSES } from '#lib/targets/addresses';
import { hostUnits, hostUnitsBasis } from '#lib/targets/cpu-hosts';
import type { NodeOffering } from '#lib/targets/offering';
import { referenceOf } from '#lib/targets/price-references';
import type { Market, PlacedFleet } from '#lib/targets/target';

const SURCHARGES = ['hardware.network-share', 'hardware.spare-share'] as const;

/** What a kW of servers costs in a month besides the servers: space, its upkeep, energy. In USD. */
export type UsdPerKwMonth = (prices: PriceBook) => number;

/** Servers that one buys. `hourly` is a monthly equivalent ÷ 730 and serves the choice only. */
export function ownedOfferings(
  pinned: string | undefined,
  region: string,
  { catalog, prices }: Market,
  usdPerKwMonth: UsdPerKwMonth,
): NodeOffering[] {
  const placeUsdPerKwMonth = usdPerKwMonth(prices);
  return [...catalog.servers.values()]
    .filter(({ id }) => pinned === undefined || pinned === id)
    .map((server) => ({
      kind: 'node',
      id: `${server.id}/purchase`,
      shape: server.id,
      accelerator: server.accelerator,
      gpus: server.gpus,
      vcpus: server.vcpus,
      memoryGib: server.memoryGib,
      localDiskGb: server.localDiskGb,
      region,
      purchase: 'purchase',
      hourly: ownedHourly(server, prices, placeUsdPerKwMonth),
      price: null,
      minimumNodes: 1,
    }));
}

/** The record of a server's purchase price; a reference that finds nothing where there is none. */
export function serverPrice(server: ServerShape, prices: PriceBook): PriceReference {
  const record = prices
    .listed({ seller: 'hardware', service: 'server purchase' })
    .find(({ id }) => id === server.priceId);
  if (record !== undefined) return referenceOf(record);
  return {
    seller: 'hardware',
    service: 'server purchase',
    sku: server.id,
    region: '*',
    term: 'purchase',
    unit: 'unit',
  };
}

function ownedHourly(server: ServerShape, prices: PriceBook, placeUsdPerKwMonth: number): Price {
  const price = prices.price(serverPrice(server, prices));
  if (price.state === 'unpriced') return price;
  const base = (id: string) => prices.assumption(id).base;
  const surcharge = 1 + SURCHARGES.reduce((sum, id) => sum + base(id), 0);
  const perMonth = (usd: number) =>
    (usd * surcharge) / (base('server.life-years') * 12) +
    (usd * base('server.maintenance-share-per-year')) / 12 +
    server.powerKw.base * placeUsdPerKwMonth;
  return {
    ...price,
    unit: 'instance-hour',
    usd: {
      low: perMonth(price.usd.low) / HOURS_PER_MONTH,
      base: perMonth(price.usd.base) / HOURS_PER_MONTH,
      high: perMonth(price.usd.high) / HOURS_PER_MONTH,
    },
    derived: true,
    basis: `${price.usd.base} USD spread over its life, with upkeep, space and energy, ÷ ${HOURS_PER_MONTH} h`,
  };
}

/** Servers, their maintenance, and the CPU hosts of the cluster. */
export function serverPurchases(fleet: PlacedFleet, { catalog, prices }: Market): Purchase[] {
  const hosts = [ADDRESSES.hardware.hosts];
  const lifeMonths = Math.round(prices.assumption('server.life-years').base * 12);
  const servers = fleet.nodes.flatMap(({ offering, count, low, high }, index): Purchase[] => {
    const server = catalog.servers.get(offering.shape);
    if (server === undefined) throw new Error(`no server ${offering.shape}`);
    const suffix = index === 0 ? '' : `-${index + 1}`;
    const reference = serverPrice(server, prices);
    const price = prices.price(reference);
    return [
      {
        kind: 'capital',
        key: `servers.purchase${suffix}`,
        label: server.name,
        category: 'hardware',
        quantity: count,
        quantityBand: { low, high },
        price: reference,
        surcharges: SURCHARGES,
        lifeMonths,
        residual: 'server',
        basis: `${count} servers, with fabric and spares`,
        resources: hosts,
      },
      {
        ...upkeep(
          price,
          reference,
          count,
          `servers.maintenance${suffix}`,
          'server.maintenance-share-per-year',
        ),
        label: 'Maintenance of the servers',
        category: 'maintenance',
        resources: [],
      },
    ];
  });
  const cpu = fleet.cpuNodes;
  if (cpu.count === 0) return servers;
  return [
    ...servers,
    {
      kind: 'assumed',
      key: 'cpu-hosts.purchase',
      label: 'CPU hosts: control plane, system pods and store',
      category: 'hardware',
      tangible: true,
      quantity: hostUnits(cpu),
      unit: 'unit',
      assumptions: ['cpu-host.purchase-usd-per-unit'],
      when: 'once',
      basis: hostUnitsBasis(cpu),
      resources: hosts,
    },
  ];
}

/** A yearly share of a purchase price, monthly. Without that price there is no upkeep to compute: unpriced, not 0. */
export function upkeep(
  price: Price,
  reference: PriceReference,
  units: number,
  key: string,
  assumption: string,
) {
  if (price.state === 'unpriced') {
    return {
      kind: 'recurring',
      key,
      quantityPerMonth: units / 12,
      price: { ...reference, term: `${reference.term}-upkeep` },
      basis: `a share of ${priceId(reference)}, which has no price`,
    } as const;
  }
  return {
    kind: 'assumed',
    key,
    tangible: true,
    quantity: roundTo((price.usd.base * units) / 12, 4),
    unit: 'USD of value a month',
    assumptions: [assumption],
    when: 'monthly',
    basis: `${roundTo(units, 6)} × ${price.usd.base} USD × share a year ÷ 12`,
  } as const;
}
