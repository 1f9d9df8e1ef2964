import * as z from 'zod';
import type { PriceBook, PriceReference } from '#lib/catalog/prices';
import type { Purchase } from '#lib/catalog/purchase';
import { mapBand } from '#lib/units/band';
import { roundTo } from '#lib/units/money';
import { knob } from '#lib/targets/knob';
import { ownedOfferings, serverPurchases, upkeep } from '#lib/targets/owned-servers';
import { licencePurchases, NvidiaAiEnterprise } from '#lib/targets/licence';
import { ownedRisks, sharedStorage } from '#lib/targets/owned-risks';
import { READERS_ON_OWN_MACHINES } from '#lib/targets/reader-support';
import { staffed } from '#lib/targets/staffed';
import { listedReference } from '#lib/targets/price-references';
import {
  IN_CLUSTER_STORES,
  PowerRegion,
  RackKw,
  SELF_RUN_LAYERS,
  SELF_RUN_SITE,
  Server,
} from '#lib/targets/self-run';
import {
  demandCharge,
  energyPurchase,
  energyUsdPerKwMonth,
  fleetKw,
  serverCount,
  waterPurchase,
} from '#lib/targets/site-power';
import { standsStill } from '#lib/targets/scaling-support';
import { defineTarget, type Market, type PlacedFleet, type Operates } from '#lib/targets/target';

const PUE = 'facility.pue';
const KW_PER_MW = 1000;
const NEW_BUILDING = [
  { id: 'building', label: 'Building with grid connection', assumption: 'lead-time.new-build.days' },
] as const;
const EXISTING_ROOM = [
  { id: 'design', label: 'Design, permits and orders', assumption: 'lead-time.step.design.days' },
  { id: 'room', label: 'Power and cooling of the room', assumption: 'lead-time.step.room.days' },
] as const;

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
  knobs: z.strictObject({
    server: Server,
    powerRegion: PowerRegion,
    nvidiaAiEnterprise: NvidiaAiEnterprise,
    facility: knob(z.enum(['existing-room', 'new-build']).default('existing-room'), {
      description: 'A room that is there and is fitted out, or a building that is not; decides the lead time',
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
  leadTime: ({ facility }) => ({
    assumption: facility === 'new-build' ? 'lead-time.new-build.days' : 'lead-time.own-room.days',
  }),
  site: ({ facility, powerRegion, rackKw, redundancy }) => ({
    ...SELF_RUN_SITE,
    premises: {
      pue: PUE,
      powerArea: powerRegion,
      redundancy,
      rackKw: rackKw ?? null,
      preparation: facility === 'new-build' ? NEW_BUILDING : EXISTING_ROOM,
      delivery: 'lead-time.server-purchase.days',
      crossConnects: 0,
      plantBilledAs: 'facility.construction',
    },
    ownPremises: true,
    notes:
      facility === 'existing-room'
        ? ['power and cooling of an existing room are costed like new ones: its capacity is not free']
        : [],
  }),
  offerings: ({ server, powerRegion }, market) =>
    ownedOfferings(
      server,
      powerRegion,
      market,
      (prices) => facilityUsdPerKwMonth(prices) + energyUsdPerKwMonth(powerRegion, PUE, prices),
    ),
  purchases: (fleet, { powerRegion, nvidiaAiEnterprise }, market) => [
    ...serverPurchases(fleet, market),
    ...facilityPurchases(fleet, market),
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
function facilityUsdPerKwMonth(prices: PriceBook): number {
  const price = prices.price(constructionPrice(prices));
  if (price.state === 'unpriced') return 0;
  const perYear =
    1 / prices.assumption('facility.life-years').base +
    prices.assumption('facility.maintenance-share-per-year').base;
  return (price.usd.base / KW_PER_MW) * (perYear / 12);
}

function facilityPurchases(fleet: PlacedFleet, { catalog, prices }: Market): Purchase[] {
  const kw = fleetKw(fleet, catalog);
  const mw = mapBand(kw, (each) => roundTo(each / KW_PER_MW, 9));
  const reference = constructionPrice(prices);
  return [
    {
      kind: 'capital',
      key: 'facility.construction',
      label: 'Power, cooling and space',
      category: 'space',
      quantity: mw.base,
      quantityBand: { low: mw.low, high: mw.high },
      follows: { by: 'nodes-of-the-year' },
      price: reference,
      lifeMonths: Math.round(prices.assumption('facility.life-years').base * 12),
      lifeAssumption: 'facility.life-years',
      residual: 'annuity',
      basis: `${roundTo(kw.base, 3)} kW of IT`,
      resources: [],
    },
    {
      ...upkeep(reference, mw, 'facility.maintenance', 'facility.maintenance-share-per-year'),
      label: 'Maintenance of the facility',
      category: 'maintenance',
      follows: { by: 'nodes-of-the-year' },
      resources: [],
    },
  ];
}
