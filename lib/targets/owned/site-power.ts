import type { Catalog } from '#lib/catalog/catalog';
import type { PriceBook } from '#lib/catalog/prices';
import type { Purchase } from '#lib/catalog/purchase';
import { HOURS_PER_MONTH, roundTo } from '#lib/units/money';
import type { Market, PlacedFleet } from '#lib/targets/target';

const DEMAND = 'electricity.demand-usd-per-kw-month';

/** Nameplate kW of a fleet's servers, and of the fleet at the ends of its band. */
export function fleetKw(fleet: PlacedFleet, catalog: Catalog): { low: number; base: number; high: number } {
  const sum = (count: (node: PlacedFleet['nodes'][number]) => number) =>
    fleet.nodes.reduce(
      (kw, node) => kw + count(node) * (catalog.servers.get(node.offering.shape)?.powerKw.base ?? 0),
      0,
    );
  return { low: sum(({ low }) => low), base: sum(({ count }) => count), high: sum(({ high }) => high) };
}

export function serverCount(fleet: PlacedFleet): number {
  return fleet.nodes.reduce((sum, { count }) => sum + count, 0);
}

function energyAssumptions(region: string, pue: string): string[] {
  return ['power.load-factor', pue, `electricity.${region}.usd-per-kwh`];
}

/** USD of energy for one kW of nameplate in a month: load × PUE × 730 h × tariff. */
export function energyUsdPerKwMonth(region: string, pue: string, prices: PriceBook): number {
  return energyAssumptions(region, pue).reduce(
    (usd, id) => usd * prices.assumption(id).base,
    HOURS_PER_MONTH,
  );
}

/** The meter: nameplate kW × 730 h, at load, PUE and tariff. */
export function energyPurchase(fleet: PlacedFleet, catalog: Catalog, region: string, pue: string): Purchase {
  const kw = fleetKw(fleet, catalog);
  return {
    kind: 'assumed',
    key: 'energy.electricity',
    label: 'Electricity',
    category: 'power',
    tangible: true,
    follows: { by: 'nodes' },
    quantity: roundTo(kw.base * HOURS_PER_MONTH, 4),
    quantityBand: {
      low: roundTo(kw.low * HOURS_PER_MONTH, 4),
      high: roundTo(kw.high * HOURS_PER_MONTH, 4),
    },
    unit: 'kWh',
    assumptions: energyAssumptions(region, pue),
    when: 'monthly',
    basis: `${roundTo(kw.base, 3)} kW × ${HOURS_PER_MONTH} h × load × PUE`,
    resources: [],
  };
}

/** What the utility bills for the highest draw, where the energy price does not hold it already. */
export function demandCharge(fleet: PlacedFleet, { catalog, prices }: Market, pue: string): Purchase {
  const kw = fleetKw(fleet, catalog);
  const head = {
    key: 'energy.demand',
    label: 'Demand charge',
    category: 'power',
    resources: [],
  } as const;
  if (prices.assumption(DEMAND).high === 0) {
    const why = 'the tariff is revenue ÷ kWh and holds it; finance.demandUsdPerKwMonth bills it apart';
    return { kind: 'free', ...head, why, basis: `${roundTo(kw.base, 3)} kW nameplate` };
  }
  return {
    kind: 'assumed',
    ...head,
    tangible: true,
    follows: { by: 'nodes' },
    quantity: roundTo(kw.base, 4),
    quantityBand: { low: roundTo(kw.low, 4), high: roundTo(kw.high, 4) },
    unit: 'kW-month',
    assumptions: [pue, DEMAND],
    when: 'monthly',
    basis: `${roundTo(kw.base, 3)} kW nameplate × PUE: the highest quarter of an hour draws it all`,
  };
}

/** Water that cooling evaporates: nameplate kW × 730 h × load × litres per kWh. */
export function waterPurchase(fleet: PlacedFleet, { catalog }: Market): Purchase {
  const kw = fleetKw(fleet, catalog);
  const hours = (power: number) => roundTo(power * HOURS_PER_MONTH, 4);
  return {
    kind: 'assumed',
    key: 'cooling.water',
    label: 'Water for cooling',
    category: 'power',
    tangible: true,
    follows: { by: 'nodes' },
    quantity: hours(kw.base),
    quantityBand: { low: hours(kw.low), high: hours(kw.high) },
    unit: 'kWh',
    assumptions: ['power.load-factor', 'facility.water-litres-per-kwh', 'water.usd-per-litre'],
    when: 'monthly',
    basis: `${roundTo(kw.base, 3)} kW × ${HOURS_PER_MONTH} h × load × litres per kWh`,
    resources: [],
  };
}
