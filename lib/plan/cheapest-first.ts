/** Of a fleet: USD a month, infinite without a price, and accelerators, infinite where there is none. */
export interface Cost {
  readonly usdPerMonth: number;
  readonly gpus: number;
}

/**
 * The cheapest candidate, `undefined` where none has a fleet. Of all that are left the one that may be cheapest is looked
 * at more closely, until what it may cost is what it costs. Nothing is looked at that is dearer by its bound than the
 * cheapest costs: no order could look at less.
 *
 * @param costOf - What a candidate costs at least, as far as it was looked at
 * @param closer - Looks at it more closely; false where that is what it costs already
 */
export function cheapestOf<T>(
  candidates: readonly T[],
  costOf: (candidate: T) => Cost,
  closer: (candidate: T) => boolean,
): T | undefined {
  const untouched = candidates
    .map((candidate) => ({ candidate, cost: costOf(candidate) }))
    .sort((a, b) => compareCost(a.cost, b.cost));
  /** Those that were looked at, cheapest first. */
  const begun: { readonly candidate: T; readonly cost: Cost }[] = [];
  for (let next = 0; next < untouched.length || begun.length > 0;) {
    const [first, cheapest] = [untouched[next], begun[0]];
    let candidate: T;
    if (first !== undefined && (cheapest === undefined || compareCost(first.cost, cheapest.cost) < 0)) {
      next += 1;
      candidate = first.candidate;
    } else {
      if (cheapest === undefined) break;
      begun.shift();
      candidate = cheapest.candidate;
    }
    if (!closer(candidate)) {
      if (costOf(candidate).gpus !== Number.POSITIVE_INFINITY) return candidate;
      continue;
    }
    const cost = costOf(candidate);
    const place = begun.findIndex((other) => compareCost(cost, other.cost) < 0);
    begun.splice(place === -1 ? begun.length : place, 0, { candidate, cost });
  }
  return undefined;
}

function compareCost(a: Cost, b: Cost): number {
  return compareUsd(a.usdPerMonth, b.usdPerMonth) || compareUsd(a.gpus, b.gpus);
}

/** Two infinities are equal; their difference is not a number. */
export function compareUsd(a: number, b: number): number {
  return a === b ? 0 : a - b;
}
