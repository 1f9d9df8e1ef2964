import { CORRECTED, type BandStep, type Corrected } from '#lib/catalog/calibration';
import { calibrate, missesOf, pointOfRun, type CalibrationStart } from '#lib/calibration/calibrate';
import type { PreparedRun } from '#lib/calibration/prepared-run';
import { quantile } from '#lib/units/quantile';

/** One run, predicted by a method that never saw its group. */
export interface LeftOut {
  readonly run: PreparedRun;
  /** `ln(measured ÷ predicted)` of each quantity. */
  readonly misses: Readonly<Record<Corrected, number | null>>;
  /** The same without what measured runs say. */
  readonly plainMisses: Readonly<Record<Corrected, number | null>>;
  /** Share of the variance that runs nearby left unexplained. */
  readonly unexplained: number;
}

/** Leaves out every value of `groupOf` in turn and predicts its runs by what the others say. */
export function leaveOut(
  runs: readonly PreparedRun[],
  groupOf: (run: PreparedRun) => string,
  start: CalibrationStart,
): LeftOut[] {
  const groups = [...new Set(runs.map(groupOf))].toSorted();
  return groups.flatMap((group) => {
    const method = calibrate(
      runs.filter((run) => groupOf(run) !== group),
      start,
    );
    return runs
      .filter((run) => groupOf(run) === group)
      .map((run) => ({
        run,
        misses: missesOf(run, method),
        plainMisses: missesOf(run, { ...method, corrections: () => [] }),
        unexplained: pointOfRun(run, method).predictor.unexplainedAt(run.load.running),
      }));
  });
}

/** Puts sweeps into `folds` by a hash of their name and a seed, so that rows of one sweep stay together. */
export function sweepFold(folds: number, seed: number): (run: PreparedRun) => string {
  return ({ sweep }) => {
    let hash = 2166136261 ^ seed;
    for (let index = 0; index < sweep.length; index += 1) {
      hash = Math.imul(hash ^ sweep.charCodeAt(index), 16777619);
    }
    // FNV leaves the low bits of similar names alike; a last mix spreads them.
    hash = Math.imul(hash ^ (hash >>> 15), 2246822519);
    return String(((hash ^ (hash >>> 13)) >>> 0) % folds);
  };
}

/** Shares of unexplained variance up to which a band holds. */
const STEPS = [0.05, 0.15, 0.35, 0.65, 1] as const;

/** The 10 % and 90 % quantiles of measured ÷ predicted by how well runs nearby explain a point. */
export function bandSteps(leftOut: readonly LeftOut[]): Readonly<Record<Corrected, readonly BandStep[]>> {
  const stepsOf = (quantity: Corrected): BandStep[] => {
    let from = -1;
    let widest: BandStep = { unexplained: 0, p10: 1, p90: 1 };
    return STEPS.flatMap((unexplained): BandStep[] => {
      const misses = leftOut
        .filter((each) => each.unexplained > from && each.unexplained <= unexplained)
        .flatMap(({ misses: of }) => of[quantity] ?? [])
        .toSorted((a, b) => a - b);
      from = unexplained;
      if (misses.length === 0) return [];
      // A point that runs explain less is never banded more narrowly.
      widest = {
        unexplained,
        p10: Math.min(widest.p10, factor(misses, 0.1)),
        p90: Math.max(widest.p90, factor(misses, 0.9)),
      };
      return [widest];
    });
  };
  const entries = CORRECTED.map((quantity) => [quantity, stepsOf(quantity)] as const);
  const [throughput, tpot, ttft] = entries.map(([, steps]) => steps);
  return { throughput: throughput ?? [], tpot: tpot ?? [], ttft: ttft ?? [] };
}

function factor(ascending: readonly number[], share: number): number {
  return Number(Math.exp(quantile(ascending, share)).toPrecision(3));
}
