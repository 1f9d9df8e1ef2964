/** What a search asks of an option that carries a set of scenarios, and what bounds it from below. */
export interface HopefulCosts {
  readonly scenarios: number;
  readonly options: number;
  readonly cost: (option: number, set: number) => number;
  /** Of a scenario's cost on an option what it shares with nobody; all sets with it cost at least so much more. */
  readonly own: (option: number, scenario: number) => number;
  /** Whether what a set costs on an option bounds every larger one there. */
  readonly isMonotone: (option: number) => boolean;
  /** What a scenario costs on an option at the very least, however many share with it; infinite where it may not be. */
  readonly least: (option: number, scenario: number) => number;
  /** What some assignment of all scenarios costs. */
  readonly known: number;
}

/** Sums of the same money in another order differ by less: a share of it. */
const ROUNDING = 1e-9;

/**
 * Costs of sets, priced only where an assignment with the set may still be the cheapest; infinite elsewhere. A set costs
 * no less than any of its parts and what the scenario beside it has for itself, nor than the least of all its scenarios;
 * the scenarios beyond it cost their least somewhere. Where that is above a known assignment no search needs the set.
 */
export function hopefulCosts({
  scenarios,
  options,
  cost,
  own,
  isMonotone,
  least,
  known,
}: HopefulCosts): (option: number, set: number) => number {
  const all = Array.from({ length: scenarios }, (_, scenario) => scenario);
  const byOption = Array.from({ length: options }, (_, option) =>
    all.map((scenario) => least(option, scenario)),
  );
  const ownByOption = Array.from({ length: options }, (_, option) =>
    all.map((scenario) => own(option, scenario)),
  );
  const somewhere = all.map((scenario) =>
    Math.min(...byOption.map((values) => values[scenario] ?? Infinity)),
  );
  const everywhereUsd = somewhere.reduce((sum, usd) => sum + usd, 0);
  const limit = known + Math.abs(known) * ROUNDING;
  const bounds = byOption.map(() => new Float64Array(2 ** scenarios).fill(Number.NaN));
  const costs = byOption.map(() => new Float64Array(2 ** scenarios).fill(Infinity));

  /** The cost of a set where it was priced, else a bound of it. */
  const boundOf = (option: number, set: number): number => {
    const [before, priced, leasts, owns] = [
      bounds[option],
      costs[option],
      byOption[option],
      ownByOption[option],
    ];
    if (set === 0 || before === undefined || priced === undefined) return 0;
    const found = before[set] ?? Number.NaN;
    if (!Number.isNaN(found)) return found;
    const grows = isMonotone(option);
    let [part, sum, rest] = [0, 0, everywhereUsd];
    for (let left = set; left > 0; left &= left - 1) {
      const bit = left & -left;
      const scenario = 31 - Math.clz32(bit);
      if (grows) part = Math.max(part, boundOf(option, set ^ bit) + (owns?.[scenario] ?? 0));
      sum += leasts?.[scenario] ?? 0;
      rest -= somewhere[scenario] ?? 0;
    }
    const bound = Math.max(part, sum);
    const isHopeful = bound + rest <= limit;
    const value = isHopeful ? cost(option, set) : bound;
    if (isHopeful) priced[set] = value;
    before[set] = value;
    return value;
  };
  return (option, set) => {
    boundOf(option, set);
    return costs[option]?.[set] ?? Infinity;
  };
}
