import type { Assignment } from '#lib/portfolio/search/assignment';
import { leastTogether, type LeastLoad } from '#lib/portfolio/search/least-load';
import { leastOf } from '#lib/portfolio/search/set-bounds';

/** The same problem for more scenarios than can be searched exactly: sets are lists. */
export interface LargeProblem {
  readonly scenarios: number;
  readonly options: number;
  readonly allowed: (option: number, scenario: number) => boolean;
  readonly cost: (option: number, scenarios: readonly number[]) => number;
  /** What a scenario costs on an option at the very least, however many share its fleet; in as many parts as others. */
  readonly least: (option: number, scenario: number) => LeastLoad;
  /** Whether every start is improved, or only the best of them. */
  readonly isThorough: boolean;
  /** A second cost that must stay below a cap. @default - none */
  readonly capped?: {
    readonly cost: (option: number, scenarios: readonly number[]) => number;
    readonly cap: number;
  };
}

/** What one must be below another by: sums of the same money in another order differ by less. */
const ROUNDING = 1e-9;

export interface BoundedAssignment extends Assignment {
  /** No assignment costs less. */
  readonly lowerBound: number;
}

/**
 * A good assignment and a proven bound. From each start (every scenario on its cheapest option alone; as many as can on
 * one option), or from the best of them, single scenarios and whole options are moved while that lowers what is beyond the cap, or else the cost. The
 * bound is what all scenarios cost at the very least. `null` where a scenario fits no option, or where nothing
 * within the cap was found, which does not prove that there is nothing.
 */
export function goodAssignment(problem: LargeProblem): BoundedAssignment | null {
  const { scenarios, options, allowed, cost, least, isThorough } = problem;
  const all = Array.from({ length: scenarios }, (_, index) => index);
  const ways = all.map((scenario) =>
    Array.from({ length: options }, (_, option) => option).filter((option) => allowed(option, scenario)),
  );
  if (ways.some((own) => own.length === 0)) return null;
  const cheapestBy = (value: (option: number, scenario: number) => number) =>
    all.map((scenario) =>
      (ways[scenario] ?? []).reduce((a, b) => (value(b, scenario) < value(a, scenario) ? b : a)),
    );
  const alone = cheapestBy((option, scenario) => cost(option, [scenario]));
  const starts = [
    alone,
    cheapestBy((option, scenario) => leastTogether([least(option, scenario)])),
    ...Array.from({ length: options }, (_, option) =>
      alone.map((own, scenario) => (allowed(option, scenario) ? option : own)),
    ),
  ];
  const money = moneyOf(problem);
  const bestOf = (found: readonly number[][]) =>
    found.reduce((best, one) => (isLess(money(one), money(best)) ? one : best));
  const tried = isThorough ? starts : [bestOf(starts)];
  const best = bestOf(tried.map((start) => improved(start, ways, money, options)));
  const { cost: usd, cappedCost, excess } = money(best);
  if (excess > 0) return null;
  const lowerBound = leastTogether(
    all.flatMap((scenario) => leastOf((ways[scenario] ?? []).map((option) => least(option, scenario))) ?? []),
  );
  return { optionOf: best, cost: usd, cappedCost, lowerBound };
}

/** Money of an assignment; `excess` is what the second cost has beyond its cap. */
interface Money {
  readonly cost: number;
  readonly cappedCost: number;
  readonly excess: number;
}
type MoneyOf = (optionOf: readonly number[]) => Money;

function moneyOf({ options, cost, capped }: LargeProblem): MoneyOf {
  const total = (price: LargeProblem['cost']) => {
    const priced = remembered(price);
    return (optionOf: readonly number[]) => {
      let sum = 0;
      for (let option = 0; option < options; option += 1) sum += priced(option, membersOf(optionOf, option));
      return sum;
    };
  };
  const costOf = total(cost);
  const cappedOf = capped === undefined ? () => 0 : total(capped.cost);
  return (optionOf) => {
    const cappedCost = cappedOf(optionOf);
    return {
      cost: costOf(optionOf),
      cappedCost,
      excess: Math.max(0, cappedCost - (capped?.cap ?? Infinity)),
    };
  };
}

function remembered(price: LargeProblem['cost']): LargeProblem['cost'] {
  const known = new Map<string, number>();
  return (option, scenarios) => {
    if (scenarios.length === 0) return 0;
    const key = `${option}:${scenarios.join(',')}`;
    const found = known.get(key) ?? price(option, scenarios);
    known.set(key, found);
    return found;
  };
}

/** Less beyond the cap, or as much and cheaper. */
function isLess(a: Money, b: Money): boolean {
  return a.excess < b.excess - ROUNDING || (a.excess <= b.excess + ROUNDING && a.cost < b.cost - ROUNDING);
}

function membersOf(optionOf: readonly number[], option: number): number[] {
  return optionOf.flatMap((own, scenario) => (own === option ? [scenario] : []));
}

/** Moves single scenarios, then all scenarios of one option, as long as either makes it less. */
function improved(
  start: readonly number[],
  ways: readonly (readonly number[])[],
  money: MoneyOf,
  options: number,
): number[] {
  let at = [...start];
  let now = money(at);
  for (let isBetter = true; isBetter;) {
    isBetter = false;
    for (const next of neighbours(at, ways, options)) {
      const then = money(next);
      if (!isLess(then, now)) continue;
      [at, now, isBetter] = [next, then, true];
      break;
    }
  }
  return at;
}

function* neighbours(
  at: readonly number[],
  ways: readonly (readonly number[])[],
  options: number,
): Generator<number[]> {
  for (const [scenario, own] of ways.entries()) {
    for (const option of own) {
      if (option !== at[scenario]) yield at.map((held, index) => (index === scenario ? option : held));
    }
  }
  for (let from = 0; from < options; from += 1) {
    for (let to = 0; to < options; to += 1) {
      if (from === to) continue;
      yield at.map((held, scenario) => (held === from && (ways[scenario] ?? []).includes(to) ? to : held));
    }
  }
}
