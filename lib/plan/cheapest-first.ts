/** Of a fleet: USD a month, infinite without a price, and accelerators. */
export interface Cost {
  readonly usdPerMonth: number;
  readonly gpus: number;
}

/**
 * Candidates by their rough cost, cheapest first; of equals the one whose bound is lower. The rough cost is asked for
 * only when a candidate's bound comes up, and never of one that is closed by then: no rough cost may be below its bound.
 *
 * @param isOpen - Asked again each time, since what was found meanwhile closes candidates
 */
export function* cheapestFirst<T extends { readonly least: Cost }>(
  candidates: readonly T[],
  roughCost: (candidate: T) => Cost,
  isOpen: (candidate: T) => boolean,
): Generator<T> {
  const byBound = candidates.toSorted((a, b) => compareCost(a.least, b.least));
  const asked: { readonly candidate: T; readonly cost: Cost }[] = [];
  for (let next = 0; next < byBound.length || asked.length > 0;) {
    const [cheapest] = asked;
    const bound = byBound[next];
    if (bound !== undefined && (cheapest === undefined || compareCost(bound.least, cheapest.cost) <= 0)) {
      next += 1;
      if (!isOpen(bound)) continue;
      const cost = roughCost(bound);
      const place = asked.findIndex((other) => compareCost(cost, other.cost) < 0);
      asked.splice(place === -1 ? asked.length : place, 0, { candidate: bound, cost });
    } else if (cheapest !== undefined) {
      asked.shift();
      if (isOpen(cheapest.candidate)) yield cheapest.candidate;
    }
  }
}

function compareCost(a: Cost, b: Cost): number {
  return compareUsd(a.usdPerMonth, b.usdPerMonth) || compareUsd(a.gpus, b.gpus);
}

/** Two infinities are equal; their difference is not a number. */
export function compareUsd(a: number, b: number): number {
  return a === b ? 0 : a - b;
}
