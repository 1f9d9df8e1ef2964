import { cheapestUnderCap } from '#lib/portfolio/search/capped-assignment';
import { completions } from '#lib/portfolio/search/completions';

/** Which scenario goes to which option, as a problem of numbers: scenarios are bits of a set. */
export interface AssignmentProblem {
  readonly scenarios: number;
  readonly options: number;
  /** Scenarios that an option may carry, as a set. */
  readonly allowed: readonly number[];
  /** Cost of an option that carries exactly this set, which is not empty and allowed. */
  readonly cost: (option: number, set: number) => number;
  /** A second cost that must stay below a cap. @default - none */
  readonly capped?: {
    readonly cost: (option: number, set: number) => number;
    readonly cap: number;
  };
}

export interface Assignment {
  /** Option of each scenario. */
  readonly optionOf: readonly number[];
  readonly cost: number;
  readonly cappedCost: number;
}

/** Set operations that the exact search makes at most: about a second. */
const EXACT_LIMIT = 150_000_000;

/** Whether the exact search is made: 3 to the number of scenarios, for each option. */
export function isExact(scenarios: number, options: number): boolean {
  return scenarios <= 20 && 3 ** scenarios * options <= EXACT_LIMIT;
}

/** The cheapest assignment, exactly; with a cap, the cheapest that keeps to it. `null` where none is possible. */
export function cheapestAssignment(problem: AssignmentProblem): Assignment | null {
  const { scenarios, allowed, cost, capped } = problem;
  const sets = 2 ** scenarios;
  if (capped !== undefined) {
    const best = cheapestUnderCap({ sets, allowed, cost, capped: capped.cost, cap: capped.cap });
    return best === null
      ? null
      : { optionOf: optionsOf(best.parts, scenarios), cost: best.cost, cappedCost: best.cappedCost };
  }
  const table = completions({ sets, allowed, price: cost });
  const parts = table.best();
  return parts === null
    ? null
    : { optionOf: optionsOf(parts, scenarios), cost: table.least(0, sets - 1), cappedCost: 0 };
}

function optionsOf(parts: readonly number[], scenarios: number): number[] {
  return Array.from({ length: scenarios }, (_, scenario) =>
    parts.findIndex((part) => (part & (1 << scenario)) !== 0),
  );
}
