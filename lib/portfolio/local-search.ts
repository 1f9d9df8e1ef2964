import type { Assignment } from '#lib/portfolio/assignment';

/** The same problem for more scenarios than can be searched exactly: sets are lists. */
export interface LargeProblem {
  readonly scenarios: number;
  readonly options: number;
  readonly allowed: (option: number, scenario: number) => boolean;
  readonly cost: (option: number, scenarios: readonly number[]) => number;
  /** What a scenario costs on an option at the very least, however many share its fleet. */
  readonly least: (option: number, scenario: number) => number;
}

export interface BoundedAssignment extends Assignment {
  /** No assignment costs less. */
  readonly lowerBound: number;
}

/**
 * A good assignment and a proven bound. From each start (every scenario on its cheapest option alone; as many as can on
 * one option) single scenarios and whole options are moved while that lowers the cost. The bound is the sum of what each
 * scenario costs at the very least. `null` where a scenario fits no option.
 */
export function goodAssignment(problem: LargeProblem): BoundedAssignment | null {
  const { scenarios, options, allowed, cost, least } = problem;
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
    cheapestBy(least),
    ...Array.from({ length: options }, (_, option) =>
      alone.map((own, scenario) => (allowed(option, scenario) ? option : own)),
    ),
  ];
  const priced = rememberedCosts(problem);
  let best: number[] = alone;
  for (const start of starts) {
    const found = improved(start, ways, priced, options);
    if (totalOf(found, priced, options) < totalOf(best, priced, options)) best = found;
  }
  const lowerBound = all.reduce(
    (sum, scenario) => sum + Math.min(...(ways[scenario] ?? []).map((option) => least(option, scenario))),
    0,
  );
  return { optionOf: best, cost: totalOf(best, priced, options), cappedCost: 0, lowerBound };
}

type Priced = (option: number, scenarios: readonly number[]) => number;

function rememberedCosts({ cost }: LargeProblem): Priced {
  const known = new Map<string, number>();
  return (option, scenarios) => {
    if (scenarios.length === 0) return 0;
    const key = `${option}:${scenarios.join(',')}`;
    const found = known.get(key) ?? cost(option, scenarios);
    known.set(key, found);
    return found;
  };
}

function totalOf(optionOf: readonly number[], priced: Priced, options: number): number {
  let total = 0;
  for (let option = 0; option < options; option += 1) total += priced(option, membersOf(optionOf, option));
  return total;
}

function membersOf(optionOf: readonly number[], option: number): number[] {
  return optionOf.flatMap((own, scenario) => (own === option ? [scenario] : []));
}

/** Moves single scenarios, then all scenarios of one option, as long as either lowers the cost. */
function improved(
  start: readonly number[],
  ways: readonly (readonly number[])[],
  priced: Priced,
  options: number,
): number[] {
  let at = [...start];
  let cost = totalOf(at, priced, options);
  for (let isBetter = true; isBetter;) {
    isBetter = false;
    for (const next of neighbours(at, ways, options)) {
      const total = totalOf(next, priced, options);
      if (total >= cost - 1e-9) continue;
      [at, cost, isBetter] = [next, total, true];
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
