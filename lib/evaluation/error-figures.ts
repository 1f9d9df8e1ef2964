import type { ErrorFigures } from '#lib/evaluation/evaluation';

/** A figure beside its measurement, in one unit. */
export interface Pair {
  readonly measured: number;
  readonly predicted: number;
}

/** Error within which a prediction counts as good. */
const GOOD = 0.25;
const DECIMALS = 1e6;

/** Medians and shares over pairs; measurements must be above 0. */
export function errorFigures(pairs: readonly Pair[]): ErrorFigures {
  const n = pairs.length;
  if (n === 0) return { n, medianApe: null, p90Ape: null, within25: null, bias: null };
  const ratios = pairs.map(({ measured, predicted }) => predicted / measured).toSorted((a, b) => a - b);
  const errors = ratios.map((ratio) => Math.abs(ratio - 1)).toSorted((a, b) => a - b);
  return {
    n,
    medianApe: rounded(quantile(errors, 0.5)),
    p90Ape: rounded(quantile(errors, 0.9)),
    within25: rounded(errors.filter((error) => error <= GOOD).length / n),
    bias: rounded(quantile(ratios, 0.5)),
  };
}

/** Linear between the neighbours, of ascending values of which there is at least one. */
export function quantile(ascending: readonly number[], share: number): number {
  const position = (ascending.length - 1) * share;
  const below = ascending[Math.floor(position)];
  const above = ascending[Math.ceil(position)];
  if (below === undefined || above === undefined) throw new Error('the quantile of no values was asked for');
  return below + (above - below) * (position - Math.floor(position));
}

function rounded(value: number): number {
  return Math.round(value * DECIMALS) / DECIMALS;
}
