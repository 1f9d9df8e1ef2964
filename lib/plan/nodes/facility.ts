import type { Catalog } from '#lib/catalog/catalog';
import type { ServerShape } from '#lib/catalog/instances';
import type { PriceBook } from '#lib/catalog/prices';
import type { FacilityPlan } from '#lib/plan/plan';
import type { Placement } from '#lib/plan/nodes/place';
import type { NodeOffering } from '#lib/targets/port/offering';
import type { Site } from '#lib/targets/port/site';

/** 42 U, less two for the switches at the top. */
export const USABLE_RACK_UNITS = 40;

/** Classes of cooling from the cheapest, with the assumption that is the most power of such a rack, kW. */
export const COOLING_CLASSES = [
  { id: 'air', limit: 'rack.kw-air' },
  { id: 'rear-door', limit: 'rack.kw-rear-door' },
  { id: 'liquid', limit: 'rack.kw-liquid' },
] as const;
export type CoolingClass = (typeof COOLING_CLASSES)[number]['id'];

/** How servers are put into racks of one power. */
export interface RackFill {
  readonly serversPerRack: number;
  readonly kwPerRack: number;
  readonly cooling: CoolingClass;
  readonly limitedBy: FacilityPlan['limitedBy'];
}

/** As many servers in a rack as its power, its height and the floor below it carry; one at least. */
export function fillRack(server: ServerShape, rackKw: number, prices: PriceBook): RackFill {
  const kw = server.powerKw.base;
  const byPower = Math.floor(rackKw / kw);
  const byHeight = Math.floor(USABLE_RACK_UNITS / server.rackUnits);
  const bearableKg = prices.assumption('rack.floor-load-kg').base - prices.assumption('rack.empty-kg').base;
  const byWeight =
    server.weightKg === null ? Number.POSITIVE_INFINITY : Math.floor(bearableKg / server.weightKg);
  const serversPerRack = Math.max(1, Math.min(byPower, byHeight, byWeight));
  const kwPerRack = serversPerRack * kw;
  return {
    serversPerRack,
    kwPerRack,
    cooling: coolingOf(kwPerRack, prices),
    limitedBy: byPower <= Math.min(byHeight, byWeight) ? 'power' : byHeight <= byWeight ? 'height' : 'weight',
  };
}

/** The cheapest class of cooling that carries a rack of this power; the strongest beyond all of them. */
function coolingOf(rackKw: number, prices: PriceBook): CoolingClass {
  return COOLING_CLASSES.find(({ limit }) => rackKw <= prices.assumption(limit).base)?.id ?? 'liquid';
}

/** Power of a rack where the place sets none: the most of the cheapest cooling that carries one server, kW. */
function usualRackKw(server: ServerShape, prices: PriceBook): number {
  const limits = COOLING_CLASSES.map(({ limit }) => prices.assumption(limit).base);
  return limits.find((limit) => server.powerKw.base <= limit) ?? server.powerKw.base;
}

/** Whether a rack of the place powers one such machine; true where the place sets no limit. */
export function fitsRackPower({ shape }: NodeOffering, { premises }: Site, catalog: Catalog): boolean {
  const kw = catalog.servers.get(shape)?.powerKw.base ?? 0;
  return premises === null || premises.rackKw === null || kw <= premises.rackKw;
}

/** Racks for owned servers. */
export function facilityOf(
  placement: Placement,
  rackKw: number | null,
  catalog: Catalog,
  prices: PriceBook,
): FacilityPlan | null {
  const server = catalog.servers.get(placement.offering.shape);
  if (server === undefined) return null;
  const servers = placement.nodes.base;
  const { serversPerRack, kwPerRack, ...fill } = fillRack(
    server,
    rackKw ?? usualRackKw(server, prices),
    prices,
  );
  return {
    servers,
    itKw: servers * server.powerKw.base,
    racks: Math.ceil(servers / serversPerRack),
    serversPerRack,
    kwPerRack,
    ...fill,
  };
}
