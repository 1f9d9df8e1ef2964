import type { Corrected } from '#lib/catalog/calibration';
import { calibrate, missesOf, pointOfRun, type CalibrationStart } from '#lib/calibration/calibrate';
import type { PreparedRun } from '#lib/calibration/prepared-run';
import type { SizingMethod } from '#lib/sizing/predictor';

/** One run, predicted by a method that never saw its group. */
export interface LeftOut {
  readonly run: PreparedRun;
  /** `ln(measured ÷ predicted)` of each quantity. */
  readonly misses: Readonly<Record<Corrected, number | null>>;
  /** The same without what measured runs say. */
  readonly plainMisses: Readonly<Record<Corrected, number | null>>;
  /** Share of the variance that runs nearby left unexplained. */
  readonly unexplained: number;
  /** The same for a point that names no version of the engine, as a demand asks. */
  readonly versionless: Pick<LeftOut, 'misses' | 'unexplained'>;
}

/** How left-out runs are predicted. */
type Ask = (run: PreparedRun, method: SizingMethod) => { run: PreparedRun; method: SizingMethod };

/** Leaves out every value of `groupOf` in turn and predicts its runs by what the others say. */
export function leaveOut(
  runs: readonly PreparedRun[],
  groupOf: (run: PreparedRun) => string,
  start: CalibrationStart,
  ask: Ask = (run, method) => ({ run, method }),
): LeftOut[] {
  const groups = [...new Set(runs.map(groupOf))].toSorted();
  return groups.flatMap((group) => {
    const method = calibrate(
      runs.filter((run) => groupOf(run) !== group),
      start,
    );
    return runs
      .filter((run) => groupOf(run) === group)
      .map((run) => {
        const asked = ask(run, method);
        const plainMisses = missesOf(asked.run, { ...asked.method, corrections: () => [] });
        return { ...leftOutBy(asked.run, asked.method), run, plainMisses };
      });
  });
}

/** What a method that never saw a run says of it. */
export function leftOutBy(
  run: PreparedRun,
  method: SizingMethod,
  known = method,
): Omit<LeftOut, 'plainMisses'> {
  const asked = (each: PreparedRun) => ({
    misses: missesOf(each, method),
    unexplained: pointOfRun(each, known).predictor.unexplainedAt(each.load.running),
  });
  const { engineVersion: _, ...piece } = run.piece;
  return { run, ...asked(run), versionless: asked({ ...run, piece }) };
}

/** The same predictions, asked without the version of the engine. */
export function asDemands(leftOut: readonly LeftOut[]): LeftOut[] {
  return leftOut.map((each) => ({ ...each, ...each.versionless }));
}

/** As accelerators are predicted whose family nobody measured: by the roofline, with the constants of another family. */
export const asUnmeasured: Ask = (run, method) => {
  const accelerator: PreparedRun['accelerator'] = { ...run.accelerator, family: 'other' };
  return {
    run: { ...run, accelerator, piece: { ...run.piece, accelerator } },
    method: { ...method, kernelTable: () => null },
  };
};

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
