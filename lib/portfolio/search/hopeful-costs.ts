import type { SetBounds } from '#lib/portfolio/search/set-bounds';

/** What a search asks of an option that carries a set of items, and what bounds it from below. */
export interface HopefulCosts {
  /** Scenarios are the first bits of a set; trainings, which cost something more, the others. */
  readonly scenarios: number;
  readonly options: number;
  /** What a set costs if that is below a limit, else infinite. */
  readonly cost: (option: number, set: number, below: number) => number;
  /** Of a scenario's cost on an option what it shares with nobody; all sets with it cost at least so much more. */
  readonly own: (option: number, scenario: number) => number;
  /** Whether what a set costs on an option bounds every larger one there. */
  readonly isMonotone: (option: number) => boolean;
  readonly bounds: SetBounds;
  /** What some assignment of all items costs. */
  readonly known: number;
}

/** Sums of the same money in another order differ by less: a share of it, and USD/month. */
const ROUNDING = { share: 1e-9, usd: 1e-5 } as const;

/**
 * Costs of sets, priced only where an assignment with the set may still be the cheapest; infinite elsewhere. A set costs
 * no less than its bound, nor than any of its parts and what the scenario beside it has for itself; the scenarios beyond
 * it cost their least on other options. Where that is above a known assignment no search needs the set.
 */
export function hopefulCosts({
  scenarios,
  options,
  cost,
  own,
  isMonotone,
  bounds,
  known,
}: HopefulCosts): (option: number, set: number) => number {
  const limit = known + Math.max(Math.abs(known) * ROUNDING.share, ROUNDING.usd);
  const served = 2 ** scenarios - 1;
  const each = Array.from({ length: options }, (_, option) => ({
    grows: isMonotone(option),
    owns: Array.from({ length: scenarios }, (_, scenario) => own(option, scenario)),
    least: new Float64Array(2 ** scenarios).fill(Number.NaN),
    costs: new Float64Array(2 ** scenarios).fill(Infinity),
  }));

  /** The cost of a set of scenarios where it was priced, else a bound of it. */
  const boundOf = (option: number, set: number): number => {
    const here = each[option];
    if (set === 0 || here === undefined) return 0;
    const found = here.least[set] ?? Number.NaN;
    if (!Number.isNaN(found)) return found;
    let bound = bounds.ofSet(option, set);
    for (let left = here.grows ? set : 0; left > 0; left &= left - 1) {
      const bit = left & -left;
      const scenario = 31 - Math.clz32(bit);
      bound = Math.max(bound, boundOf(option, set ^ bit) + (here.owns[scenario] ?? 0));
    }
    const below = limit - bounds.beyond(option, set);
    if (bound <= below) {
      const usd = cost(option, set, below);
      here.costs[set] = usd;
      bound = Math.max(bound, Math.min(usd, below));
    }
    here.least[set] = bound;
    return bound;
  };
  return (option, set) => {
    const serving = set & served;
    const least = boundOf(option, serving);
    if (serving === set) return each[option]?.costs[set] ?? Infinity;
    const below = limit - bounds.beyond(option, serving);
    return least <= below ? cost(option, set, below) : Infinity;
  };
}
