import { trafficMultiple, type TrafficPath } from '#lib/plan/traffic-path';

/**
 * Patterns in time of one USD. Index 0 is the launch, index t the end of month t; every series has `horizonMonths` + 1
 * entries, so that they add up entry by entry.
 */
function cashSeries(horizonMonths: number, usdOf: (month: number) => number): number[] {
  return Array.from({ length: horizonMonths + 1 }, (_, month) => usdOf(month));
}

/** Cash of USD 1 a month over the horizon, paid at the end of each month: nothing now, then 1 × (1 + growth)^(t − 1). */
export function monthlyCash(horizonMonths: number, growthPerMonth = 0): number[] {
  return trafficCash(horizonMonths, { growthPerMonth });
}

/** Cash of what is paid by use: USD 1 in a month of the described traffic, more or less as it grows, ramps and swings. */
export function trafficCash(horizonMonths: number, path: TrafficPath): number[] {
  return cashSeries(horizonMonths, (month) => (month === 0 ? 0 : trafficMultiple(path, month)));
}

/** Cash of USD 1 paid now and never again. */
export function onceCash(horizonMonths: number): number[] {
  return cashSeries(horizonMonths, (month) => (month === 0 ? 1 : 0));
}

/** Cash of USD 1 paid at the end of the horizon: what leaving costs. */
export function endCash(horizonMonths: number): number[] {
  return cashSeries(horizonMonths, (month) => (month === horizonMonths ? 1 : 0));
}

/** Cash of USD 1 paid now and again every so many months, but not at the horizon itself: a licence, a new adapter. */
export function renewedCash(horizonMonths: number, everyMonths: number): number[] {
  return cashSeries(horizonMonths, (month) => (month < horizonMonths && month % everyMonths === 0 ? 1 : 0));
}

/**
 * Cash of USD 1 a month under a contract that takes `upfrontShare` of each term in advance and the rest monthly. The last
 * term is prepaid for the months that are left of the horizon.
 */
export function prepaidCash(horizonMonths: number, termMonths: number, upfrontShare: number): number[] {
  return cashSeries(horizonMonths, (month) => {
    const level = month === 0 ? 0 : 1 - upfrontShare;
    const startsTerm = month < horizonMonths && month % termMonths === 0;
    return level + (startsTerm ? upfrontShare * Math.min(termMonths, horizonMonths - month) : 0);
  });
}
