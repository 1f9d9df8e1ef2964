import * as z from 'zod';
import type { PriceBook, PriceReference } from '#lib/catalog/prices';
import type { CapitalPurchase, Purchase } from '#lib/catalog/purchase';
import { mapBand } from '#lib/units/band';
import { roundTo } from '#lib/units/money';
import { knob } from '#lib/targets/port/knob';
import type { Premises, PreparationStep } from '#lib/targets/port/premises';
import { ownedOfferings, serverPurchases, upkeep } from '#lib/targets/owned/owned-servers';
import { licencePurchases, NvidiaAiEnterprise } from '#lib/targets/purchases/licence';
import { ownedRisks, sharedStorage } from '#lib/targets/owned/owned-risks';
import { MIRROR_KNOBS, mirrorsOf } from '#lib/targets/knobs/mirrors';
import { RDMA_KNOB_NEEDS, RDMA_KNOBS } from '#lib/targets/knobs/rdma';
import { READERS_ON_OWN_MACHINES } from '#lib/targets/port/reader-support';
import { staffed } from '#lib/targets/layers/staffed';
import { listedReference } from '#lib/targets/purchases/price-references';
import {
  IN_CLUSTER_STORES,
  PowerRegion,
  RackKw,
  SELF_RUN_LAYERS,
  SELF_RUN_SITE,
  Server,
} from '#lib/targets/layers/self-run';
import {
  demandCharge,
  energyPurchase,
  energyUsdPerKwMonth,
  fleetKw,
  serverCount,
  waterPurchase,
} from '#lib/targets/owned/site-power';
import { standsStill } from '#lib/targets/port/scaling-support';
import { defineTarget, type Market, type PlacedFleet, type Operates } from '#lib/targets/target';

const PUE = 'facility.pue';
const KW_PER_MW = 1000;
const NEW_BUILDING = [
  { id: 'building', label: 'Building with grid connection', assumption: 'lead-time.new-build.days' },
] as const;
const ROOM = [
  { id: 'design', label: 'Design, permits and orders', assumption: 'lead-time.step.design.days' },
  { id: 'room', label: 'Power and cooling of the room', assumption: 'lead-time.step.room.days' },
] as const;

const FIT_OUT_SHARE = 'facility.fit-out-share';

/** What each kind of place lacks: how long that takes, which line pays it, what a reader must know. */
const PLANT = {
  'new-build': {
    leadTime: 'lead-time.new-build.days',
    preparation: NEW_BUILDING,
    builds: { key: 'facility.construction', label: 'Power, cooling and space' },
    paid: { billedAs: 'facility.construction' },
    notes: [],
  },
  'existing-room': {
    leadTime: 'lead-time.own-room.days',
    preparation: ROOM,
    builds: { key: 'facility.fit-out', label: 'Power and cooling of the room', priceShare: FIT_OUT_SHARE },
    paid: { billedAs: 'facility.fit-out' },
    notes: [
      'the room is there and costs nothing; its power and cooling are built for these servers (facility: fitted-room if they are free)',
    ],
  },
  'fitted-room': {
    leadTime: 'lead-time.server-purchase.days',
    preparation: [],
    builds: null,
    paid: 'there',
    notes: [
      'room, power and cooling are taken as there and free, for all servers of the horizon: their upkeep is counted, what else they could serve is not',
    ],
  },
} as const satisfies Record<string, Plant>;
type Facility = keyof typeof PLANT;

interface Plant {
  readonly leadTime: string;
  readonly preparation: readonly PreparationStep[];
  readonly builds: Pick<CapitalPurchase, 'key' | 'label' | 'priceShare'> | null;
  readonly paid: Premises['plant'];
  readonly notes: readonly string[];
}

const OPERATES: Operates = { facility: 'you', hardware: 'you', ...SELF_RUN_LAYERS };

export const selfBuilt = defineTarget({
  id: 'self-built',
  title: 'Own servers in an own data centre',
  mode: 'own data centre',
  supplies: 'node',
  scaling: standsStill('servers that are owned stand whether they work or not'),
  provisioner: 'terraform',
  operates: OPERATES,
  readers: READERS_ON_OWN_MACHINES,
  vectorStores: IN_CLUSTER_STORES,
  engines: ['vllm', 'sglang', 'triton'],
  difficulty: 5,
  customisable: 'everything',
  cutsAccelerators: true,
  knobNeeds: RDMA_KNOB_NEEDS,
  knobs: z.strictObject({
    server: Server,
    powerRegion: PowerRegion,
    nvidiaAiEnterprise: NvidiaAiEnterprise,
    ...RDMA_KNOBS,
    ...MIRROR_KNOBS,
    facility: knob(z.enum(['fitted-room', 'existing-room', 'new-build']).default('existing-room'), {
      description:
        'A room with free power and cooling, a room that gets them, or a building that is not there; decides the lead time and what is built',
      unit: 'id',
      example: 'existing-room',
    }),
    rackKw: RackKw,
    redundancy: knob(z.enum(['n-plus-1', '2n']).default('n-plus-1'), {
      description: 'Uninterruptible power: one module more than the load needs, or every path twice',
      unit: 'id',
      example: '2n',
    }),
  }),
  regions: () => [],
  leadTime: ({ facility }) => ({ assumption: PLANT[facility].leadTime }),
  site: ({ facility, powerRegion, rackKw, redundancy, ...mirrors }) => ({
    ...SELF_RUN_SITE,
    ...mirrorsOf(mirrors),
    premises: {
      pue: PUE,
      powerArea: powerRegion,
      redundancy,
      rackKw: rackKw ?? null,
      preparation: PLANT[facility].preparation,
      delivery: 'lead-time.server-purchase.days',
      crossConnects: 0,
      plant: PLANT[facility].paid,
    },
    ownPremises: true,
    notes: PLANT[facility].notes,
  }),
  offerings: (chosen, market) =>
    ownedOfferings(
      chosen,
      market,
      (prices) =>
        facilityUsdPerKwMonth(prices, chosen.facility) + energyUsdPerKwMonth(chosen.powerRegion, PUE, prices),
    ),
  purchases: (fleet, { powerRegion, nvidiaAiEnterprise, facility }, market) => [
    ...serverPurchases(fleet, market),
    ...facilityPurchases(fleet, market, facility),
    ...ownedRisks(fleet, market),
    sharedStorage(fleet, market),
    energyPurchase(fleet, market.catalog, powerRegion, PUE),
    demandCharge(fleet, market, PUE),
    waterPurchase(fleet, market),
    ...licencePurchases(nvidiaAiEnterprise, fleet.gpus),
    ...staffed(OPERATES, fleet, market, serverCount(fleet)),
  ],
});

function constructionPrice(prices: PriceBook): PriceReference {
  const found = prices
    .listed({ seller: 'datacentre', service: 'construction' })
    .find(({ sku }) => sku === 'Data-centre shell+core build');
  return listedReference(prices, {
    seller: 'datacentre',
    service: 'construction',
    sku: 'Data-centre shell+core build',
    region: '*',
    term: found?.term ?? 'purchase',
    unit: 'MW-IT',
  });
}

/** The building's share of a kW-month, straight line with upkeep; nothing where construction has no price. */
function facilityUsdPerKwMonth(prices: PriceBook, facility: Facility): number {
  const price = prices.price(constructionPrice(prices));
  if (price.state === 'unpriced') return 0;
  const { builds } = PLANT[facility];
  const bought = facility === 'new-build' ? 1 : prices.assumption(FIT_OUT_SHARE).base;
  const perYear =
    (builds === null ? 0 : 1 / prices.assumption('facility.life-years').base) +
    prices.assumption('facility.maintenance-share-per-year').base;
  return (price.usd.base / KW_PER_MW) * bought * (perYear / 12);
}

function facilityPurchases(fleet: PlacedFleet, { catalog, prices }: Market, facility: Facility): Purchase[] {
  const { builds, leadTime } = PLANT[facility];
  const kw = fleetKw(fleet, catalog);
  const mw = mapBand(kw, (each) => roundTo(each / KW_PER_MW, 9));
  const reference = constructionPrice(prices);
  const maintenance = upkeep(reference, mw, 'facility.maintenance', 'facility.maintenance-share-per-year');
  return [
    ...(builds === null
      ? []
      : [
          {
            kind: 'capital',
            ...builds,
            category: 'space',
            quantity: mw.base,
            quantityBand: { low: mw.low, high: mw.high },
            follows: { by: 'nodes-of-the-year' },
            price: reference,
            lifeMonths: Math.round(prices.assumption('facility.life-years').base * 12),
            lifeAssumption: 'facility.life-years',
            residual: 'annuity',
            paidBefore: leadTime,
            basis: `${roundTo(kw.base, 3)} kW of IT`,
            resources: [],
          } as const,
        ]),
    {
      ...maintenance,
      // A room's own upkeep is there with or without these servers.
      assumptions: [...maintenance.assumptions, ...(facility === 'new-build' ? [] : [FIT_OUT_SHARE])],
      label: 'Maintenance of the facility',
      category: 'maintenance',
      follows: { by: 'nodes-of-the-year' },
      resources: [],
    },
  ];
}
