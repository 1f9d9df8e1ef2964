import * as z from 'zod';
import { roundTo } from '#lib/units/money';
import { knob } from '#lib/targets/port/knob';
import { ownedOfferings, serverPurchases } from '#lib/targets/owned/owned-servers';
import { coloServices } from '#lib/targets/owned/colo-services';
import { licencePurchases, NvidiaAiEnterprise } from '#lib/targets/purchases/licence';
import { ownedRisks, sharedStorage } from '#lib/targets/owned/owned-risks';
import { MIRROR_KNOBS, mirrorsOf } from '#lib/targets/knobs/mirrors';
import { RDMA_KNOB_NEEDS, RDMA_KNOBS } from '#lib/targets/knobs/rdma';
import { READERS_ON_OWN_MACHINES } from '#lib/targets/port/reader-support';
import { staffed } from '#lib/targets/layers/staffed';
import {
  IN_CLUSTER_STORES,
  PowerRegion,
  RackKw,
  SELF_RUN_LAYERS,
  SELF_RUN_SITE,
  Server,
} from '#lib/targets/layers/self-run';
import { energyPurchase, energyUsdPerKwMonth, fleetKw, serverCount } from '#lib/targets/owned/site-power';
import { standsStill } from '#lib/targets/port/scaling-support';
import { defineTarget, type Operates } from '#lib/targets/target';

const PUE = 'colo.pue';
/** Rate per committed kW; the retail one has the energy in it. */
const SPACE = { wholesale: 'colo.usd-per-kw-month', retail: 'colo.retail-usd-per-kw-month' } as const;
/** Two carriers on separate ways, and the out-of-band network. */
const CROSS_CONNECTS = 3;

const OPERATES: Operates = { facility: 'provider', hardware: 'you', ...SELF_RUN_LAYERS };

export const colo = defineTarget({
  id: 'colo',
  title: 'Own servers in a colocation site',
  mode: 'colocation',
  supplies: 'node',
  scaling: standsStill('servers that are owned stand whether they work or not'),
  provisioner: 'terraform',
  operates: OPERATES,
  readers: READERS_ON_OWN_MACHINES,
  vectorStores: IN_CLUSTER_STORES,
  engines: ['vllm', 'sglang', 'triton'],
  difficulty: 4,
  customisable: 'everything',
  cutsAccelerators: true,
  knobNeeds: RDMA_KNOB_NEEDS,
  knobs: z.strictObject({
    server: Server,
    powerRegion: PowerRegion,
    nvidiaAiEnterprise: NvidiaAiEnterprise,
    contract: knob(z.enum(['wholesale', 'retail']).default('wholesale'), {
      description:
        'Wholesale bills the committed kW and meters the energy; retail has the energy in its rate',
      unit: 'id',
      example: 'wholesale',
    }),
    rackKw: RackKw,
    ...RDMA_KNOBS,
    ...MIRROR_KNOBS,
  }),
  regions: () => [],
  leadTime: () => ({ assumption: 'lead-time.server-purchase.days' }),
  site: ({ powerRegion, rackKw, ...mirrors }) => ({
    ...SELF_RUN_SITE,
    ...mirrorsOf(mirrors),
    premises: {
      pue: PUE,
      powerArea: powerRegion,
      redundancy: 'n-plus-1',
      rackKw: rackKw ?? null,
      preparation: [{ id: 'cabinet', label: 'Cabinets with power', assumption: 'lead-time.leased.days' }],
      delivery: 'lead-time.server-purchase.days',
      crossConnects: CROSS_CONNECTS,
      plant: 'provider',
    },
  }),
  offerings: (chosen, market) =>
    ownedOfferings(
      chosen,
      market,
      (prices) =>
        prices.assumption(SPACE[chosen.contract]).base +
        (chosen.contract === 'wholesale' ? energyUsdPerKwMonth(chosen.powerRegion, PUE, prices) : 0),
    ),
  purchases: (fleet, { powerRegion, contract, nvidiaAiEnterprise }, market) => {
    const kw = fleetKw(fleet, market.catalog);
    const servers = serverCount(fleet);
    return [
      ...serverPurchases(fleet, market),
      {
        kind: 'assumed',
        key: 'colo.commitment',
        label: `Committed power, ${contract}`,
        category: 'space',
        tangible: true,
        quantity: roundTo(kw.base, 6),
        quantityBand: { low: roundTo(kw.low, 6), high: roundTo(kw.high, 6) },
        follows: { by: 'nodes' },
        unit: 'kW-month',
        assumptions: [SPACE[contract]],
        when: 'monthly',
        basis: `${servers} servers: ${roundTo(kw.base, 3)} kW nameplate`,
        resources: [],
      },
      contract === 'wholesale'
        ? energyPurchase(fleet, market.catalog, powerRegion, PUE)
        : {
            kind: 'free',
            key: 'energy.electricity',
            label: 'Electricity',
            category: 'power',
            why: 'in the retail rate',
            basis: 'no meter',
            resources: [],
          },
      ...coloServices(servers),
      ...ownedRisks(fleet, market),
      sharedStorage(fleet, market),
      ...licencePurchases(nvidiaAiEnterprise, fleet.gpus),
      ...staffed(OPERATES, fleet, market, servers),
    ];
  },
});
