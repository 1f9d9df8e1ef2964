import { solveSymmetric } from '#lib/fitting/solve';

/** Student's t with so many degrees of freedom: a run far off all others of its kind hardly counts. */
const DEGREES_OF_FREEDOM = 4;
/** The same for versions of an engine; 1 and 4 do as well on sweeps left out. */
const VERSION_DEGREES_OF_FREEDOM = 2;
const REWEIGHTINGS = 5;

export type Matrix = readonly (readonly number[])[];

export interface RobustWeights {
  readonly weights: readonly number[];
  /** By version, as multiples of what most versions differ by. */
  readonly variances: ReadonlyMap<string, number>;
}

/**
 * Weights of runs under a Gaussian process, by iterative reweighting: runs and versions that are far off all others have
 * larger variances, so that the one hardly count and the other say little of the rest.
 *
 * @param covariances - Before the scale: what versions share apart, at the variance of most
 * @param misses - `ln(measured ÷ predicted)`
 * @param versions - Of each run
 */
export function robustWeights(
  { rest, version }: { readonly rest: Matrix; readonly version: Matrix },
  misses: readonly number[],
  versions: readonly string[],
  { scale, noise }: { readonly scale: number; readonly noise: number },
): RobustWeights {
  let trust = misses.map(() => 1);
  let variances = new Map<string, number>();
  let weights: number[] = [];
  for (let round = 0; round < REWEIGHTINGS; round += 1) {
    const varianceAt = versions.map((each) => variances.get(each) ?? 1);
    const matrix = rest.map((row, index) =>
      row.map(
        (value, column) =>
          scale ** 2 * (value + (varianceAt[index] ?? 1) * (version[index]?.[column] ?? 0)) +
          (index === column ? noise ** 2 / (trust[index] ?? 1) : 0),
      ),
    );
    weights = solveSymmetric(matrix, misses);
    if (round === REWEIGHTINGS - 1) break;
    // The miss that the process leaves to a run: its noise variance times its weight.
    const left = weights.map((weight, index) => (weight * noise ** 2) / (trust[index] ?? 1));
    trust = left.map((miss) => (DEGREES_OF_FREEDOM + 1) / (DEGREES_OF_FREEDOM + (miss / noise) ** 2));
    variances = versionVariances(versions, version, weights, varianceAt, scale);
  }
  return { weights, variances };
}

/** Of each version by what the process lays to it; never less than of most. */
function versionVariances(
  versions: readonly string[],
  covariances: Matrix,
  weights: readonly number[],
  varianceAt: readonly number[],
  scale: number,
): Map<string, number> {
  const squares = new Map<string, number[]>();
  for (const [index, each] of versions.entries()) {
    const row = covariances[index] ?? [];
    const usual = scale ** 2 * (row[index] ?? 0);
    if (usual === 0) continue;
    const laid =
      scale ** 2 *
      (varianceAt[index] ?? 1) *
      row.reduce((sum, value, column) => sum + value * (weights[column] ?? 0), 0);
    const of = squares.get(each) ?? [];
    squares.set(each, of);
    of.push(laid ** 2 / usual);
  }
  return new Map(
    [...squares].map(([each, of]) => {
      const mean = of.reduce((sum, value) => sum + value, 0) / of.length;
      return [each, Math.max(1, (VERSION_DEGREES_OF_FREEDOM + mean) / (VERSION_DEGREES_OF_FREEDOM + 1))];
    }),
  );
}
