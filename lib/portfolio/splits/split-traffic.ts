import { hourlyRates, HOURS_OF_DAY, type TrafficProfile } from '#lib/spec/schema/traffic-profile';
import type { Scenario } from '#lib/spec/schema/scenario';
import { hoursPerMonth } from '#lib/plan/scaling/week';

/** A scenario's traffic in two: what a base carries in each hour, and what is beyond it. */
export interface SplitTraffic {
  readonly base: Scenario;
  readonly rest: Scenario;
  /** Of the requests, and so of the tokens. */
  readonly baseShare: number;
}

/**
 * Both parts of a scenario whose base carries at most this share of the peak (above 0, below 1), in every hour and, as the
 * traffic grows, in every month. An hour's planned peak is peak × rate(h) ÷ busiest rate: the base keeps min(that, share ×
 * peak) of it and the same part of the hour's requests. Of all arrivals with that mean and that peak none sends more
 * beyond the base: one that has its peak or nothing does, and the excess is convex in the arrivals.
 */
export function splitTraffic(scenario: Scenario, shareOfPeak: number): SplitTraffic {
  const { traffic } = scenario;
  const { mean, peak } = traffic.requestsPerSecond;
  const { profile } = traffic;
  const cut = profile === undefined ? null : cutProfile(mean, profile, shareOfPeak);
  const baseShare = cut?.baseShare ?? shareOfPeak;
  const part = (share: number, ofPeak: number, shape: TrafficProfile | undefined): Scenario => ({
    ...scenario,
    traffic: {
      ...traffic,
      requestsPerSecond: { mean: mean * share, peak: peak * ofPeak },
      profile: shape,
    },
  });
  return {
    base: part(baseShare, shareOfPeak, cut?.base),
    rest: part(1 - baseShare, 1 - shareOfPeak, cut?.rest),
    baseShare,
  };
}

function cutProfile(mean: number, profile: TrafficProfile, shareOfPeak: number) {
  const { workingDay, weekendDay } = hourlyRates(mean, profile);
  const rates = [...workingDay, ...weekendDay];
  const kept = shareOfPeak * Math.max(...rates);
  const below = rates.map((rate) => Math.min(rate, kept));
  const perMonth = (hourly: readonly number[]) =>
    hourly.reduce((sum, rate, kind) => sum + rate * hoursPerMonth(kind), 0);
  return {
    base: profileOf(below),
    rest: profileOf(rates.map((rate, kind) => rate - (below[kind] ?? 0))),
    baseShare: perMonth(below) / perMonth(rates),
  };
}

function profileOf(rates: readonly number[]): TrafficProfile {
  return { workingDay: rates.slice(0, HOURS_OF_DAY), weekendDay: rates.slice(HOURS_OF_DAY) };
}
