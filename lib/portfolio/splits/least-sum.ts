/** A cut between two parts and what both cost together. */
export interface CutCost {
  readonly cut: number;
  readonly cost: number;
}

export interface CutQuestion {
  /** Whole cuts from 1 to this one. */
  readonly last: number;
  /** Cost of what is below the cut, which never falls with it; infinite where it cannot be. */
  readonly below: (cut: number) => number;
  /** Cost of what is above, at least 0, which never rises with it; infinite where it cannot be. */
  readonly above: (cut: number) => number;
  /** Only a sum that is less counts. */
  readonly lessThan: number;
}

/**
 * The cut with the least sum, as asking for every one would find it: between two cuts no sum is less than the lower one's
 * `below` + the upper one's `above`, so that most ranges are never looked into. `null` where none is less.
 */
export function leastSum({ last, below, above, lessThan }: CutQuestion): CutCost | null {
  let best: CutCost | null = null;
  let limit = lessThan;
  const remembered = (cost: (cut: number) => number) => {
    const known = new Map<number, number>();
    return (cut: number) => {
      const usd = known.get(cut) ?? cost(cut);
      known.set(cut, usd);
      return usd;
    };
  };
  const [belowAt, aboveAt] = [remembered(below), remembered(above)];
  const take = (cut: number) => {
    const cost = belowAt(cut) + aboveAt(cut);
    if (cost < limit) {
      limit = cost;
      best = { cut, cost };
    }
  };
  const look = (from: number, to: number): void => {
    if (from > to || belowAt(from) >= limit || belowAt(from) + aboveAt(to) >= limit) return;
    const middle = (from + to) >> 1;
    take(middle);
    look(from, middle - 1);
    look(middle + 1, to);
  };
  look(1, last);
  return best;
}
