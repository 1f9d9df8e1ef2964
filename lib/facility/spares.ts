/** Failures in this many days of `units` parts that each fail `sharePerYear` times a year. */
export function expectedFailures(units: number, sharePerYear: number, days: number): number {
  return (units * sharePerYear * days) / 365;
}

/**
 * The fewest spares of which one is there with the wanted chance whenever a part fails, while a used spare is on order:
 * the smallest s with P(X ≤ s) ≥ `serviceShare` for Poisson failures X during the replenishment. 0 where nothing fails.
 */
export function sparesFor(expected: number, serviceShare: number): number {
  if (expected <= 0) return 0;
  let term = Math.exp(-expected);
  // Below the smallest double the sum could never reach the share: such means are taken as normal.
  if (term === 0) return Math.ceil(expected + normalQuantile(serviceShare) * Math.sqrt(expected));
  let sum = term;
  let spares = 0;
  while (sum < serviceShare) {
    spares += 1;
    term *= expected / spares;
    sum += term;
  }
  return spares;
}

/** Standard normal quantile, within 4.5e-4 (Abramowitz and Stegun 26.2.23), for shares of at least one half. */
function normalQuantile(share: number): number {
  const t = Math.sqrt(-2 * Math.log(1 - share));
  const numerator = 2.515517 + t * (0.802853 + t * 0.010328);
  return t - numerator / (1 + t * (1.432788 + t * (0.189269 + t * 0.001308)));
}
