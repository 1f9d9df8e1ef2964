import type { OperatingPoint } from '#lib/sizing/predictor';

/** Concurrencies between two doublings: a step of a quarter moves throughput by less than any band. */
const STEPS = [1, 1.25, 1.5, 1.75] as const;

/**
 * The highest concurrency up to `limit` whose point passes, on a grid of quarter steps and at the limit itself; latencies
 * grow with it. `null` when not even 1 passes.
 */
export function highestPassing(
  limit: number,
  at: (concurrency: number) => OperatingPoint,
  passes: (point: OperatingPoint) => boolean,
): OperatingPoint | null {
  if (limit < 1) return null;
  // Memory is the usual limit: then the search is over.
  const most = at(Math.floor(limit));
  if (passes(most)) return most;
  const grid = concurrenciesBelow(Math.floor(limit));
  let best: OperatingPoint | null = null;
  let [low, high] = [0, grid.length - 1];
  while (low <= high) {
    const middle = Math.floor((low + high) / 2);
    const point = at(grid[middle] ?? 1);
    if (passes(point)) {
      best = point;
      low = middle + 1;
    } else high = middle - 1;
  }
  return best;
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
