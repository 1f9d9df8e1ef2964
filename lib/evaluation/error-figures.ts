import type { ErrorFigures } from '#lib/evaluation/evaluation';
import { quantile } from '#lib/units/quantile';

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
  return figuresOfRatios(pairs.map(({ measured, predicted }) => predicted / measured));
}

/** The same over predicted ÷ measured. */
export function figuresOfRatios(unsorted: ArrayLike<number>): ErrorFigures {
  const n = unsorted.length;
  if (n === 0) return { n, medianApe: null, p90Ape: null, within25: null, bias: null };
  // Sorted as numbers of a fixed width: a file may hold a million runs, and comparing by a function takes ten times as long.
  const ratios = Float64Array.from(unsorted).sort();
  const errors = ratios.map((ratio) => Math.abs(ratio - 1)).sort();
  return {
    n,
    medianApe: rounded(quantile(errors, 0.5)),
    p90Ape: rounded(quantile(errors, 0.9)),
    within25: rounded(errors.filter((error) => error <= GOOD).length / n),
    bias: rounded(quantile(ratios, 0.5)),
  };
}

function rounded(value: number): number {
  return Math.round(value * DECIMALS) / DECIMALS;
}
