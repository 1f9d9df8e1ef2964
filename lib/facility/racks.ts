import type { ServerShape } from '#lib/catalog/instances';
import type { PriceBook } from '#lib/catalog/prices';
import type { RackChoice, RacksPlan } from '#lib/facility/facility';
import type { Networks } from '#lib/facility/networks';
import { COOLING_CLASSES, fillRack, USABLE_RACK_UNITS } from '#lib/plan/nodes/facility';
import type { FacilityPlan } from '#lib/plan/plan';
import { roundTo } from '#lib/units/money';

export interface RackContents {
  readonly server: ServerShape;
  readonly facility: FacilityPlan;
  readonly networks: Networks;
  readonly cpuHosts: number;
  readonly hostsKw: number;
}

/** GPU racks as the plan filled them, racks for everything else, and what other rack powers would ask for. */
export function racksOf(contents: RackContents, prices: PriceBook): RacksPlan {
  const { server, facility } = contents;
  const networkRacks = racksBesides(contents, prices);
  const racks = facility.racks + networkRacks;
  const floor = floorPerRack(prices);
  return {
    gpuRacks: facility.racks,
    networkRacks,
    racks,
    serversPerRack: facility.serversPerRack,
    kwPerRack: roundTo(facility.kwPerRack, 3),
    kgPerRack: kgPerRack(server, facility.serversPerRack, prices),
    limitedBy: facility.limitedBy,
    cooling: facility.cooling,
    choices: rackChoices(contents, prices),
    floorM2: {
      low: roundTo(floor.low * racks, 1),
      base: roundTo(floor.base * racks, 1),
      high: roundTo(floor.high * racks, 1),
    },
  };
}

/** Switches and CPU hosts in air-cooled racks of their own, by height and by power. */
function racksBesides({ networks, cpuHosts, hostsKw }: RackContents, prices: PriceBook): number {
  const { compute, frontEnd, outOfBand } = networks;
  const groups = [...(compute === null ? [] : [compute]), frontEnd, outOfBand];
  const units =
    groups.reduce((sum, { switches, switchShape }) => sum + switches * switchShape.rackUnits, 0) +
    cpuHosts * prices.assumption('cpu-host.rack-units').base;
  const kw =
    groups.reduce((sum, { switches, switchShape }) => sum + switches * switchShape.powerKw.base, 0) + hostsKw;
  const airKw = prices.assumption('rack.kw-air').base;
  return Math.max(Math.ceil(units / USABLE_RACK_UNITS), Math.ceil(kw / airKw));
}

/** Floor with aisles and plant, m². */
function floorPerRack(prices: PriceBook) {
  const rack = prices.assumption('rack.floor-m2');
  const support = prices.assumption('floor.support-factor');
  return {
    low: rack.low * support.low,
    base: rack.base * support.base,
    high: rack.high * support.high,
  };
}

/** A rack-scale system weighs its own rack; servers stand in an empty one. */
function kgPerRack(server: ServerShape, serversPerRack: number, prices: PriceBook): number | null {
  if (server.weightKg === null) return null;
  const isWholeRack = server.rackUnits > USABLE_RACK_UNITS;
  const empty = isWholeRack ? 0 : prices.assumption('rack.empty-kg').base;
  return roundTo(server.weightKg * serversPerRack + empty, 1);
}

/** The plan's own filling, and one for each class of cooling that carries at least one server. */
function rackChoices({ server, facility }: RackContents, prices: PriceBook): RackChoice[] {
  const powers = COOLING_CLASSES.map(({ limit }) => prices.assumption(limit).base).filter(
    (kw) => kw >= server.powerKw.base,
  );
  const besides = floorPerRack(prices).base;
  const choices = powers.map((rackKw) => ({ rackKw, ...fillRack(server, rackKw, prices) }));
  const own = { rackKw: facility.kwPerRack, ...facility };
  const seen = new Set<number>();
  return [own, ...choices]
    .filter(({ serversPerRack }) => !seen.has(serversPerRack) && seen.add(serversPerRack))
    .toSorted((a, b) => a.serversPerRack - b.serversPerRack)
    .map(({ rackKw, cooling, serversPerRack, kwPerRack }) => ({
      rackKw: roundTo(rackKw, 1),
      cooling,
      serversPerRack,
      racks: Math.ceil(facility.servers / serversPerRack),
      kwPerRack: roundTo(kwPerRack, 3),
      floorM2: roundTo(Math.ceil(facility.servers / serversPerRack) * besides, 1),
      chosen: serversPerRack === facility.serversPerRack,
    }));
}
