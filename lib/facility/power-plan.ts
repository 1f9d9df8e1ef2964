import type { PriceBook } from '#lib/catalog/prices';
import type { CircuitShape } from '#lib/catalog/site-equipment';
import type { PowerPlan } from '#lib/facility/facility';
import type { Networks } from '#lib/facility/networks';
import { rackFeeds, uninterruptiblePower } from '#lib/facility/power';
import type { FacilityPlan } from '#lib/plan/plan';
import type { Premises } from '#lib/targets/port/premises';
import { mapBand, scaleBand, type Band } from '#lib/units/band';
import { roundTo } from '#lib/units/money';

/** Heat that a litre of water takes per kelvin, kJ: 4.186 kJ/kg at 1 kg a litre. */
const KJ_PER_LITRE_KELVIN = 4.186;
const HOURS_PER_YEAR = 8760;
const LITRES_PER_CUBIC_METRE = 1000;

export interface PowerRequest {
  readonly facility: FacilityPlan;
  readonly networks: Networks;
  readonly hostsKw: number;
  readonly premises: Premises;
  readonly circuits: readonly CircuitShape[];
}

/** What the racks draw, the circuits that reach them, what stands behind those, and what the utility must deliver. */
export function powerPlan(request: PowerRequest, prices: PriceBook): PowerPlan {
  const { facility, networks, hostsKw, premises, circuits } = request;
  const networkKw = kwOf(networks);
  const itKw = facility.itKw + networkKw + hostsKw;
  const { low, base, high } = prices.assumption(premises.pue);
  const feeds = rackFeeds(facility.kwPerRack, circuits, premises.powerArea);
  const ups = uninterruptiblePower(itKw, premises.redundancy);
  return {
    itKw: roundTo(itKw, 3),
    serversKw: roundTo(facility.itKw, 3),
    networkKw: roundTo(networkKw, 3),
    hostsKw: roundTo(hostsKw, 3),
    pue: { low, base, high },
    utilityKw: mapBand({ low, base, high }, (pue) => roundTo(itKw * pue, 1)),
    feeds:
      feeds === null
        ? null
        : {
            circuit: feeds.circuit.name,
            perSide: feeds.perSide,
            sides: feeds.sides,
            sideKw: roundTo(feeds.sideKw, 2),
            failoverShare: roundTo(feeds.failoverShare, 4),
          },
    ups: { ...ups, failoverShare: roundTo(ups.failoverShare, 4) },
    coolantLitresPerMinute: facility.cooling === 'liquid' ? coolant(facility.itKw, prices) : null,
    waterCubicMetresPerYear: evaporated(itKw, prices),
  };
}

function kwOf({ compute, frontEnd, outOfBand }: Networks): number {
  return [...(compute === null ? [] : [compute]), frontEnd, outOfBand].reduce(
    (kw, { switches, switchShape }) => kw + switches * switchShape.powerKw.base,
    0,
  );
}

/** Flow of water that takes the liquid's share of the heat: kW × share × 60 ÷ (4.186 kJ/(l K) × rise). */
function coolant(kw: number, prices: PriceBook): Band {
  const share = prices.assumption('cooling.liquid-heat-share');
  const rise = prices.assumption('cooling.coolant-rise-kelvin');
  const flow = (heatShare: number, riseKelvin: number) =>
    roundTo((kw * heatShare * 60) / (KJ_PER_LITRE_KELVIN * riseKelvin), 1);
  return {
    low: flow(share.low, rise.high),
    base: flow(share.base, rise.base),
    high: flow(share.high, rise.low),
  };
}

/** At the average load of the bill. */
function evaporated(itKw: number, prices: PriceBook): Band {
  const { low, base, high } = prices.assumption('cooling.water-litres-per-kwh');
  const kwhPerYear = itKw * prices.assumption('power.load-factor').base * HOURS_PER_YEAR;
  return mapBand(scaleBand({ low, base, high }, kwhPerYear / LITRES_PER_CUBIC_METRE), (value) =>
    roundTo(value, 1),
  );
}
