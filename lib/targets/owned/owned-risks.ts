import type { Purchase } from '#lib/catalog/purchase';
import { serverPrice, upkeep } from '#lib/targets/owned/owned-servers';
import type { Market, PlacedFleet } from '#lib/targets/target';
import { roundTo } from '#lib/units/money';

/** What owning servers brings besides the servers: their insurance, and the next generation taking from their value. */
export function ownedRisks(fleet: PlacedFleet, { catalog, prices }: Market): Purchase[] {
  return fleet.nodes.flatMap(({ offering, count, low, high }, index): Purchase[] => {
    const server = catalog.servers.get(offering.shape);
    if (server === undefined) throw new Error(`no server ${offering.shape}`);
    const suffix = index === 0 ? '' : `-${index + 1}`;
    const reference = serverPrice(server, prices);
    return [
      {
        ...upkeep(
          reference,
          { low, base: count, high },
          `servers.insurance${suffix}`,
          'hardware.insurance-share-per-year',
        ),
        label: 'Insurance of the servers',
        category: 'insurance',
        follows: { by: 'nodes' },
        resources: [],
      },
      {
        kind: 'assumed',
        key: `servers.generation-risk${suffix}`,
        label: 'Value lost to a new generation',
        category: 'risk',
        tangible: false,
        quantity: count,
        quantityBand: { low, high },
        follows: { by: 'nodes' },
        unit: reference.unit,
        assumptions: ['server.generation-risk-share'],
        shareOf: reference,
        when: 'at-end',
        basis: `${count} servers at a share of their price, beyond the second-hand curve`,
        resources: [],
      },
    ];
  });
}

const GIB_PER_TB = 1e12 / 2 ** 30;

/** Shared storage from which nodes load the weights, bought again at the end of each life. */
export function sharedStorage(fleet: PlacedFleet, { prices }: Market): Purchase {
  const terabytes = roundTo(fleet.weightsGib / GIB_PER_TB, 6);
  return {
    kind: 'assumed',
    key: 'storage.shared',
    label: 'Shared storage of the weights',
    category: 'storage',
    tangible: true,
    quantity: terabytes,
    follows: { by: 'nodes' },
    unit: 'TB',
    assumptions: ['storage.shared-copies', 'storage.nvme.usd-per-tb'],
    when: 'once',
    everyMonths: Math.round(prices.assumption('server.life-years').base * 12),
    basis: `${terabytes} TB of weights × copies`,
    resources: [],
  };
}
