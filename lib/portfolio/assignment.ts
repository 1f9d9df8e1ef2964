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

/** Way of one stage: the set that this option takes, and the label that it extends. */
interface Label {
  readonly cost: number;
  readonly cappedCost: number;
  readonly taken: number;
  readonly before: Label | null;
}

/** Set operations that the exact search makes at most: about a second. */
export const EXACT_LIMIT = 150_000_000;

/** Whether the exact search is made: 3 to the number of scenarios, for each option. */
export function isExact(scenarios: number, options: number): boolean {
  return scenarios <= 20 && 3 ** scenarios * options <= EXACT_LIMIT;
}

/**
 * The cheapest assignment, exactly. Options are taken one after the other; for each the cheapest way to serve every set
 * of scenarios with the options so far is the minimum over what this option takes of the set. Every assignment is one
 * path through these stages, so the minimum is over all of them: options^scenarios assignments in 3^scenarios × options
 * steps. With a cap the ways to serve a set that no other beats in both costs are kept. `null` where none is possible.
 */
export function cheapestAssignment(problem: AssignmentProblem): Assignment | null {
  return problem.capped === undefined ? cheapest(problem) : cheapestUnderCap(problem, problem.capped);
}

function cheapest({ scenarios, options, allowed, cost }: AssignmentProblem): Assignment | null {
  const sets = 2 ** scenarios;
  let served = new Float64Array(sets).fill(Number.POSITIVE_INFINITY);
  served[0] = 0;
  const taken: Int32Array[] = [];
  for (let option = 0; option < options; option += 1) {
    const own = costsOf(sets, allowed[option] ?? 0, (set) => cost(option, set));
    const next = Float64Array.from(served);
    const choice = new Int32Array(sets);
    for (let set = 1; set < sets; set += 1) {
      const mine = set & (allowed[option] ?? 0);
      for (let part = mine; part > 0; part = (part - 1) & mine) {
        const total = (own[part] ?? 0) + (served[set ^ part] ?? 0);
        if (total < (next[set] ?? 0)) {
          next[set] = total;
          choice[set] = part;
        }
      }
    }
    served = next;
    taken.push(choice);
  }
  const best = served[sets - 1] ?? Number.POSITIVE_INFINITY;
  if (best === Number.POSITIVE_INFINITY) return null;
  const parts: number[] = [];
  let left = sets - 1;
  for (let option = options - 1; option >= 0; option -= 1) {
    const part = taken[option]?.[left] ?? 0;
    parts[option] = part;
    left ^= part;
  }
  return { optionOf: optionsOf(parts, scenarios), cost: best, cappedCost: 0 };
}

function cheapestUnderCap(
  { scenarios, options, allowed, cost }: AssignmentProblem,
  capped: NonNullable<AssignmentProblem['capped']>,
): Assignment | null {
  const sets = 2 ** scenarios;
  let stage: (readonly Label[])[] = Array.from({ length: sets }, () => []);
  stage[0] = [{ cost: 0, cappedCost: 0, taken: 0, before: null }];
  for (let option = 0; option < options; option += 1) {
    const mine = allowed[option] ?? 0;
    const own = costsOf(sets, mine, (set) => cost(option, set));
    const second = costsOf(sets, mine, (set) => capped.cost(option, set));
    const before = stage;
    stage = before.map((labels, set) => {
      const extended: Label[] = labels.map((label) => ({ ...label, taken: 0, before: label }));
      const possible = set & mine;
      for (let part = possible; part > 0; part = (part - 1) & possible) {
        for (const label of before[set ^ part] ?? []) {
          const cappedCost = label.cappedCost + (second[part] ?? 0);
          if (cappedCost > capped.cap) continue;
          extended.push({ cost: label.cost + (own[part] ?? 0), cappedCost, taken: part, before: label });
        }
      }
      return unbeaten(extended);
    });
  }
  const best = stage[sets - 1]?.[0];
  if (best === undefined || best.cost === Number.POSITIVE_INFINITY) return null;
  const parts: number[] = [];
  for (let label: Label | null = best, option = options - 1; label !== null && option >= 0; option -= 1) {
    parts[option] = label.taken;
    label = label.before;
  }
  return { optionOf: optionsOf(parts, scenarios), cost: best.cost, cappedCost: best.cappedCost };
}

/** Cheapest first; each after it is cheaper in the capped cost. */
function unbeaten(labels: readonly Label[]): Label[] {
  let least = Number.POSITIVE_INFINITY;
  return labels
    .toSorted((a, b) => a.cost - b.cost || a.cappedCost - b.cappedCost)
    .filter(({ cappedCost }) => {
      if (cappedCost >= least) return false;
      least = cappedCost;
      return true;
    });
}

function costsOf(sets: number, allowed: number, cost: (set: number) => number): Float64Array {
  const costs = new Float64Array(sets);
  for (let set = allowed; set > 0; set = (set - 1) & allowed) costs[set] = cost(set);
  return costs;
}

function optionsOf(parts: readonly number[], scenarios: number): number[] {
  return Array.from({ length: scenarios }, (_, scenario) =>
    parts.findIndex((part) => ((part ?? 0) & (1 << scenario)) !== 0),
  );
}
