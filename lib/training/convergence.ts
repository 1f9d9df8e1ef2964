import type { Convergence, ConvergenceRecord } from '#lib/training/speed-constants';
import type { TrainingRow } from '#lib/training/training-row';

/**
 * Samples until an MLPerf benchmark reaches its target, for each benchmark that was run with several batches:
 * `minimum × (1 + batch ÷ critical batch)` (McCandlish et al.), by least squares of relative errors.
 */
export function convergenceRecords(rows: readonly TrainingRow[]): readonly ConvergenceRecord[] {
  const benchmarks = [...new Set(rows.filter(isConverged).map(({ model }) => model))].toSorted();
  return benchmarks.flatMap((model) => {
    const points = rows
      .filter((row) => row.model === model)
      .filter(isConverged)
      .map(({ globalBatchSize, samplesToConvergeMedian }) => ({
        batch: globalBatchSize,
        samples: samplesToConvergeMedian,
      }));
    const fitted = fitLine(points);
    return fitted === null ? [] : [{ id: `convergence/${model}`, benchmark: model, ...fitted }];
  });
}

/** Sequences that a benchmark needs at a global batch. */
export function samplesNeeded({ minimumSequences, criticalBatch }: Convergence, globalBatch: number): number {
  return minimumSequences * (1 + globalBatch / criticalBatch);
}

type Converged = TrainingRow & {
  readonly globalBatchSize: number;
  readonly samplesToConvergeMedian: number;
};

function isConverged(row: TrainingRow): row is Converged {
  return row.globalBatchSize !== undefined && row.samplesToConvergeMedian !== undefined;
}

/** `null` where all batches are one, or where more samples went with a smaller batch. */
function fitLine(
  points: readonly { readonly batch: number; readonly samples: number }[],
): Convergence | null {
  let [weight, x, y, xx, xy] = [0, 0, 0, 0, 0];
  for (const { batch, samples } of points) {
    const relative = 1 / samples ** 2;
    weight += relative;
    x += relative * batch;
    y += relative * samples;
    xx += relative * batch * batch;
    xy += relative * batch * samples;
  }
  const spread = weight * xx - x * x;
  if (spread <= 1e-9 * weight * xx) return null;
  const slope = (weight * xy - x * y) / spread;
  const start = (y - slope * x) / weight;
  if (slope <= 0 || start <= 0) return null;
  return { minimumSequences: Math.round(start), criticalBatch: Number((start / slope).toPrecision(4)) };
}
