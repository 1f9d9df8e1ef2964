import type { ServerShape } from '#lib/catalog/instances';
import type { Price, PriceBook, PriceReference } from '#lib/catalog/prices';
import type { Purchase } from '#lib/catalog/purchase';
import { HOURS_PER_MONTH, roundTo } from '#lib/units/money';
import { ADDRESSES } from '#lib/targets/port/addresses';
import { hostUnits, hostUnitsBasis } from '#lib/targets/purchases/cpu-hosts';
import type { NodeOffering } from '#lib/targets/port/offering';
import { referenceOf } from '#lib/targets/purchases/price-references';
import { rdmaFabric, type RdmaKnobs } from '#lib/targets/knobs/rdma';
import type { Market, PlacedFleet } from '#lib/targets/target';

const SURCHARGES = ['hardware.network-share', 'hardware.spare-share'] as const;
/** Switches are under contract like servers; parts on a shelf are under none. */
const MAINTAINED = ['hardware.network-share'] as const;

/** What a kW of servers costs in a month besides the servers: space, its upkeep, energy. In USD. */
export type UsdPerKwMonth = (prices: PriceBook) => number;

interface OwnedKnobs extends RdmaKnobs {
  readonly server?: string | undefined;
  readonly powerRegion: string;
}

/** Servers that one buys. `hourly` is a monthly equivalent ÷ 730 and serves the choice only. */
export function ownedOfferings(
  { server: pinned, powerRegion: region, ...rdma }: OwnedKnobs,
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
      fabric: rdmaFabric(fabricGbps(server), rdma),
      region,
      purchase: 'purchase',
      hourly: ownedHourly(server, prices, placeUsdPerKwMonth),
      price: null,
      minimumNodes: 1,
    }));
}

/** All its links to other servers, one direction. */
function fabricGbps({ fabric: { hosts, rails, planes, linkGbps } }: ServerShape): number {
  return hosts * rails * planes * linkGbps;
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
  const including = (ids: readonly string[]) => 1 + ids.reduce((sum, id) => sum + base(id), 0);
  const perMonth = (usd: number) =>
    (usd * including(SURCHARGES)) / (base('server.life-years') * 12) +
    (usd * including(MAINTAINED) * base('server.maintenance-share-per-year')) / 12 +
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
    return [
      {
        kind: 'capital',
        key: `servers.purchase${suffix}`,
        label: server.name,
        category: 'hardware',
        quantity: count,
        quantityBand: { low, high },
        follows: { by: 'nodes' },
        price: reference,
        surcharges: SURCHARGES,
        lifeMonths,
        lifeAssumption: 'server.life-years',
        residual: 'server',
        paidBefore: 'lead-time.server-purchase.days',
        basis: `${count} servers, with fabric and spares`,
        resources: hosts,
      },
      {
        ...upkeep(
          reference,
          { low, base: count, high },
          `servers.maintenance${suffix}`,
          'server.maintenance-share-per-year',
        ),
        label: 'Maintenance of the servers and their fabric',
        category: 'maintenance',
        surcharges: MAINTAINED,
        follows: { by: 'nodes' },
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
      everyMonths: lifeMonths,
      basis: hostUnitsBasis(cpu),
      resources: hosts,
    },
  ];
}

/** A yearly share of a purchase price, monthly; unpriced where that price is. */
export function upkeep(
  shareOf: PriceReference,
  units: { readonly low: number; readonly base: number; readonly high: number },
  key: string,
  assumption: string,
) {
  return {
    kind: 'assumed',
    key,
    tangible: true,
    quantity: units.base / 12,
    quantityBand: { low: units.low / 12, high: units.high / 12 },
    unit: `${shareOf.unit}-year`,
    assumptions: [assumption],
    shareOf,
    when: 'monthly',
    basis: `${roundTo(units.base, 6)} ÷ 12, at a share of the price a year`,
  } as const;
}
