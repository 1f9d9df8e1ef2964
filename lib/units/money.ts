/** Hours in a month, once: 8,760 h a year ÷ 12. Every hourly price becomes a monthly one through it. */
export const HOURS_PER_MONTH = 730;

/** Seconds in such a month; turns requests per second into requests per month. */
export const SECONDS_PER_MONTH = HOURS_PER_MONTH * 3600;

/** Documents carry USD with at most 4 decimals. */
export function roundUsd(usd: number): number {
  return roundTo(usd, 4);
}

/** Rounds half away from zero at `decimals`; never returns -0. */
export function roundTo(value: number, decimals: number): number {
  const factor = 10 ** decimals;
  const rounded = Math.round((Math.abs(value) + Number.EPSILON) * factor) / factor;
  return value < 0 && rounded !== 0 ? -rounded : rounded;
}
