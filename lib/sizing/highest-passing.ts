import type { OperatingPoint } from '#lib/sizing/predictor';

/** Concurrencies between two doublings: a step of a quarter moves throughput by less than any band. */
const STEPS = [1, 1.25, 1.5, 1.75] as const;

/**
 * The highest concurrency up to `limit` whose TPOT is within `tpotMs`; TPOT grows with it, nearly in a line. The whole
 * number itself, since a coarser one would depend on the limit: more memory would then make for fewer sequences.
 *
 * @returns `null` when not even 1 is within
 */
export function highestWithin(
  limit: number,
  at: (concurrency: number) => OperatingPoint,
  tpotMs: number,
): OperatingPoint | null {
  if (limit < 1) return null;
  // Memory is the usual limit: then the search is over.
  const most = at(Math.floor(limit));
  if (most.tpotMs <= tpotMs) return most;
  const single = at(1);
  if (single.tpotMs > tpotMs) return null;
  let [within, beyond] = [single, most];
  // Weights of the two ends in the line between them (Illinois method): an end that stays twice counts half.
  let [low, high] = [tpotMs - within.tpotMs, beyond.tpotMs - tpotMs];
  let stayed: 'low' | 'high' | null = null;
  while (beyond.concurrency - within.concurrency > 1) {
    const span = beyond.concurrency - within.concurrency;
    const share = Math.round((span * low) / (low + high));
    const point = at(within.concurrency + Math.min(span - 1, Math.max(1, share)));
    if (point.tpotMs <= tpotMs) {
      [within, low] = [point, tpotMs - point.tpotMs];
      if (stayed === 'high') high /= 2;
      stayed = 'high';
    } else {
      [beyond, high] = [point, point.tpotMs - tpotMs];
      if (stayed === 'low') low /= 2;
      stayed = 'low';
    }
  }
  return within;
}

/** The grid of quarter steps below a limit, ascending. */
export function concurrenciesBelow(limit: number): readonly number[] {
  const grid = new Set<number>();
  for (let octave = 1; octave < limit; octave *= 2) {
    for (const step of STEPS) {
      const concurrency = Math.round(octave * step);
      if (concurrency < limit) grid.add(concurrency);
    }
  }
  return [...grid];
}
