import { solveSymmetric } from '#lib/fitting/solve';

/** A positive constant to be fitted: where it is expected, and how far from there, as a logarithm. */
export interface FittedConstant {
  readonly name: string;
  readonly start: number;
  readonly spread: number;
}

export interface FitOptions {
  /** Logarithmic error from which on a row counts less than quadratically. */
  readonly softness: number;
  /** Weight of the expectation against one row. */
  readonly priorWeight: number;
  readonly iterations: number;
  /** Where the search begins, in the order of the constants. @default - where each is expected */
  readonly from?: readonly number[];
}

const STEP = 1e-4;
const DAMPING = { start: 1e-2, grow: 8, shrink: 0.35, most: 1e8 } as const;
const CONVERGED = 1e-9;

/**
 * Fits positive constants to rows by Levenberg–Marquardt on logarithms, with the soft L1 loss
 * `2 s² (√(1 + (e ÷ s)²) − 1)` and a log-normal expectation of every constant. Deterministic.
 *
 * @param errorsOf - `ln(predicted ÷ measured)` of every row under given constants, in the order of `constants`
 * @returns the constants, in that order
 */
export function robustFit(
  constants: readonly FittedConstant[],
  errorsOf: (values: readonly number[]) => readonly number[],
  options: FitOptions,
): number[] {
  const { softness, priorWeight } = options;
  const starts = constants.map(({ start }) => Math.log(start));
  const pull = constants.map(({ spread }) => priorWeight / spread);
  const errorsAt = (logs: readonly number[]) => errorsOf(logs.map((log) => Math.exp(log)));
  const lossOf = (errors: readonly number[], logs: readonly number[]) => {
    let loss = 0;
    for (const error of errors) loss += 2 * softness ** 2 * (Math.sqrt(1 + (error / softness) ** 2) - 1);
    for (const [index, log] of logs.entries()) {
      loss += ((log - (starts[index] ?? 0)) * (pull[index] ?? 0)) ** 2;
    }
    return loss;
  };
  let logs = options.from?.map(Math.log) ?? starts;
  let errors = errorsAt(logs);
  let loss = lossOf(errors, logs);
  let damping: number = DAMPING.start;
  for (let iteration = 0; iteration < options.iterations; iteration += 1) {
    const { matrix, right } = normalEquations(logs, errors, { starts, pull, softness, errorsAt });
    let improved = false;
    while (!improved && damping < DAMPING.most) {
      const damped = matrix.map((row, index) =>
        row.map((value, column) => (column === index ? value * (1 + damping) : value)),
      );
      const move = solveSymmetric(damped, right);
      const next = logs.map((log, index) => log - (move[index] ?? 0));
      const nextErrors = errorsAt(next);
      const nextLoss = lossOf(nextErrors, next);
      if (nextLoss < loss) {
        const gain = (loss - nextLoss) / loss;
        [logs, errors, loss] = [next, nextErrors, nextLoss];
        damping *= DAMPING.shrink;
        improved = true;
        if (gain < CONVERGED) return logs.map((log) => Math.exp(log));
      } else damping *= DAMPING.grow;
    }
    if (!improved) break;
  }
  return logs.map((log) => Math.exp(log));
}

interface Normal {
  readonly starts: readonly number[];
  readonly pull: readonly number[];
  readonly softness: number;
  readonly errorsAt: (logs: readonly number[]) => readonly number[];
}

/** Normal equations of the weighted least squares that the loss is at this point; derivatives by differences. */
function normalEquations(
  logs: readonly number[],
  errors: readonly number[],
  { starts, pull, softness, errorsAt }: Normal,
): { matrix: number[][]; right: number[] } {
  const slopes = logs.map((log, index) => {
    const moved = errorsAt(logs.with(index, log + STEP));
    return errors.map((error, row) => ((moved[row] ?? 0) - error) / STEP);
  });
  const weights = errors.map((error) => 1 / Math.sqrt(1 + (error / softness) ** 2));
  const matrix = logs.map(() => logs.map(() => 0));
  const right = logs.map(() => 0);
  for (let a = 0; a < logs.length; a += 1) {
    const slopeA = slopes[a] ?? [];
    let toward = ((logs[a] ?? 0) - (starts[a] ?? 0)) * (pull[a] ?? 0) ** 2;
    for (let row = 0; row < errors.length; row += 1) {
      toward += (weights[row] ?? 0) * (slopeA[row] ?? 0) * (errors[row] ?? 0);
    }
    right[a] = toward;
    for (let b = 0; b <= a; b += 1) {
      const slopeB = slopes[b] ?? [];
      let sum = a === b ? (pull[a] ?? 0) ** 2 : 0;
      for (let row = 0; row < errors.length; row += 1) {
        sum += (weights[row] ?? 0) * (slopeA[row] ?? 0) * (slopeB[row] ?? 0);
      }
      const [rowA, rowB] = [matrix[a], matrix[b]];
      if (rowA !== undefined) rowA[b] = sum;
      if (rowB !== undefined) rowB[a] = sum;
    }
  }
  return { matrix, right };
}
