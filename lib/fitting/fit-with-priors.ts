/** What is known of a parameter before any row is seen: its mean and how far it may lie from it. */
export interface Prior {
  readonly mean: number;
  readonly deviation: number;
}

export interface Observation {
  /** What `predict` should give; both are logarithms. */
  readonly measured: number;
  /** Places of the parameters that the prediction depends on. */
  readonly depends: readonly number[];
  readonly predict: (parameters: readonly number[]) => number;
}

/** Error that counts as ordinary, in logarithm: about 25 %. */
const ORDINARY_ERROR = 0.25;
/** Ordinary errors from which a row pulls less and less (pseudo-Huber loss). */
const ROBUST_FROM = 1.5;
const NUDGE = 1e-5;
const MAX_ROUNDS = 200;
const MAX_TRIES = 12;
const CONVERGED = 1e-7;

/**
 * The parameters that explain the observations best without straying from what was known before: least squares with
 * normal priors and a loss that bounds the pull of outliers, by Levenberg and Marquardt. It starts at the priors' means
 * and draws nothing at random, so the same rows give the same figures.
 */
export function fitWithPriors(priors: readonly Prior[], observations: readonly Observation[]): number[] {
  let parameters = priors.map(({ mean }) => mean);
  let cost = costOf(parameters, priors, observations);
  let damping = 1e-2;
  for (let round = 0; round < MAX_ROUNDS; round += 1) {
    const { matrix, gradient } = normalEquations(parameters, priors, observations);
    let gain = 0;
    for (let attempt = 0; attempt < MAX_TRIES && gain === 0; attempt += 1) {
      const step = solve(damped(matrix, damping), gradient);
      const moved = parameters.map((value, place) => value + (step[place] ?? 0));
      const movedCost = costOf(moved, priors, observations);
      if (movedCost < cost) {
        gain = cost - movedCost;
        [parameters, cost] = [moved, movedCost];
        damping = Math.max(1e-6, damping / 3);
      } else {
        damping *= 4;
      }
    }
    if (gain <= CONVERGED * cost) break;
  }
  return parameters;
}

function costOf(
  parameters: readonly number[],
  priors: readonly Prior[],
  observations: readonly Observation[],
): number {
  let cost = 0;
  for (const { measured, predict } of observations) {
    const error = (measured - predict(parameters)) / ORDINARY_ERROR;
    cost += 2 * ROBUST_FROM ** 2 * (Math.sqrt(1 + (error / ROBUST_FROM) ** 2) - 1);
  }
  for (const [place, prior] of priors.entries()) {
    cost += (((parameters[place] ?? 0) - prior.mean) / prior.deviation) ** 2;
  }
  return cost;
}

function normalEquations(
  parameters: readonly number[],
  priors: readonly Prior[],
  observations: readonly Observation[],
): { matrix: number[][]; gradient: number[] } {
  const matrix = priors.map(() => priors.map(() => 0));
  const gradient = priors.map(() => 0);
  const add = (row: number, column: number, value: number) => {
    const line = matrix[row];
    if (line !== undefined) line[column] = (line[column] ?? 0) + value;
  };
  for (const { measured, depends, predict } of observations) {
    const predicted = predict(parameters);
    const error = (measured - predicted) / ORDINARY_ERROR;
    const weight = 1 / Math.sqrt(1 + (error / ROBUST_FROM) ** 2);
    const slopes = depends.map((place) => {
      const nudged = parameters.with(place, (parameters[place] ?? 0) + NUDGE);
      return (predict(nudged) - predicted) / NUDGE / ORDINARY_ERROR;
    });
    for (const [a, row] of depends.entries()) {
      const slope = slopes[a] ?? 0;
      gradient[row] = (gradient[row] ?? 0) + weight * slope * error;
      for (const [b, column] of depends.entries()) add(row, column, weight * slope * (slopes[b] ?? 0));
    }
  }
  for (const [place, { mean, deviation }] of priors.entries()) {
    add(place, place, 1 / deviation ** 2);
    gradient[place] = (gradient[place] ?? 0) - ((parameters[place] ?? 0) - mean) / deviation ** 2;
  }
  return { matrix, gradient };
}

function damped(matrix: readonly (readonly number[])[], damping: number): number[][] {
  return matrix.map((line, row) =>
    line.map((value, column) => (row === column ? value * (1 + damping) : value)),
  );
}

/** Gauss with the largest pivot. The priors make every diagonal positive, so there is always a solution. */
function solve(matrix: readonly (readonly number[])[], right: readonly number[]): number[] {
  const lines = matrix.map((line, row) => [...line, right[row] ?? 0]);
  const size = lines.length;
  for (let at = 0; at < size; at += 1) {
    let pivot = at;
    for (let row = at + 1; row < size; row += 1) {
      if (Math.abs(lines[row]?.[at] ?? 0) > Math.abs(lines[pivot]?.[at] ?? 0)) pivot = row;
    }
    const [top, swapped] = [lines[pivot], lines[at]];
    if (top === undefined || swapped === undefined) break;
    lines[pivot] = swapped;
    lines[at] = top;
    for (const line of lines.slice(at + 1)) {
      const factor = (line[at] ?? 0) / (top[at] ?? 1);
      if (factor === 0) continue;
      for (let column = at; column <= size; column += 1) {
        line[column] = (line[column] ?? 0) - factor * (top[column] ?? 0);
      }
    }
  }
  const solution = lines.map(() => 0);
  for (let row = size - 1; row >= 0; row -= 1) {
    const line = lines[row] ?? [];
    let rest = line[size] ?? 0;
    for (let column = row + 1; column < size; column += 1) {
      rest -= (line[column] ?? 0) * (solution[column] ?? 0);
    }
    solution[row] = rest / (line[row] ?? 1);
  }
  return solution;
}
