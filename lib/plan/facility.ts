import type { Catalog } from '#lib/catalog/catalog';
import type { PriceBook } from '#lib/catalog/prices';
import type { FacilityPlan } from '#lib/plan/plan';
import type { Placement } from '#lib/plan/place';

/** A breaker carries 80 % of its rating continuously (NEC 210.20). */
const BREAKER_SHARE = 0.8;
/** 42 U, less two for the switches at the top. */
const USABLE_RACK_UNITS = 40;

/** Racks for owned servers: as many in each as its power and its height allow. */
export function facilityOf(placement: Placement, catalog: Catalog, prices: PriceBook): FacilityPlan | null {
  const server = catalog.servers.get(placement.offering.shape);
  if (server === undefined) return null;
  const servers = placement.nodes.base;
  const kw = server.powerKw.base;
  const airKw = prices.assumption('rack.kw-air').base * BREAKER_SHARE;
  const cooling = kw > airKw ? 'liquid' : 'air';
  const rackKw = cooling === 'air' ? airKw : prices.assumption('rack.kw-liquid').base;
  const byPower = Math.floor(rackKw / kw);
  const byHeight = Math.floor(USABLE_RACK_UNITS / server.rackUnits);
  const serversPerRack = Math.max(1, Math.min(byPower, byHeight));
  return {
    servers,
    itKw: servers * kw,
    racks: Math.ceil(servers / serversPerRack),
    serversPerRack,
    kwPerRack: serversPerRack * kw,
    cooling,
  };
}
