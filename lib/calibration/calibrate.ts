import type { Corrections, KernelConstants, SizingConstants } from '#lib/catalog/calibration';
import type { KernelTable } from '#lib/catalog/kernel-curves';
import { fitKernelConstants, fitRoofline } from '#lib/calibration/constants-fit';
import { fitCorrections, type CorrectionSettings, type Misses } from '#lib/calibration/correction-fit';
import type { PreparedRun } from '#lib/calibration/prepared-run';
import { pointUnder } from '#lib/sizing/measured-run';
import { predictorFor, type OperatingPoint, type Predictor, type SizingMethod } from '#lib/sizing/predictor';

/** Where a calibration starts: constants whose fitted parts are replaced, and the settings of the corrections. */
export interface CalibrationStart {
  readonly constants: SizingConstants;
  readonly kernelConstants: KernelConstants;
  readonly settings: CorrectionSettings;
  readonly banded: Pick<Corrections, 'bands' | 'versionlessBands' | 'unseenBands'>;
  readonly kernelTable: (accelerator: string) => KernelTable | null;
  /** A fit of nearly the same runs, where the search may begin: a tenth of the time for the same end. */
  readonly near?: Pick<SizingMethod, 'constants' | 'kernelConstants'>;
}

/** Fits all constants on the runs, then the corrections on what the constants leave. */
export function calibrate(runs: readonly PreparedRun[], start: CalibrationStart): SizingMethod {
  const { kernelTable, settings, banded, near } = start;
  const constants = fitRoofline(runs, start.constants, near === undefined ? {} : { near: near.constants });
  const kernelConstants = fitKernelConstants(
    runs,
    start.kernelConstants,
    near === undefined ? {} : { near: near.kernelConstants },
  );
  const plain = { constants, kernelConstants, kernelTable, corrections: () => [] };
  const misses = runs.map((run) => missesOf(run, plain));
  const corrections = { ...settings, groups: fitCorrections(runs, misses, settings), ...banded };
  return { ...plain, corrections: () => [corrections] };
}

/** What a method says of a run. */
export function pointOfRun(
  run: PreparedRun,
  method: SizingMethod,
): { point: OperatingPoint; predictor: Predictor } {
  const predictor = predictorFor(run.piece, method);
  if (predictor === null) throw new Error(`the dimensions of ${run.model.id} are not published`);
  return { point: pointUnder(run.load, run.run, predictor), predictor };
}

export function missesOf(run: PreparedRun, method: SizingMethod): Misses {
  const { point } = pointOfRun(run, method);
  const miss = (measured: number | null, predicted: number) =>
    measured === null ? null : Math.log(measured / predicted);
  return {
    throughput: miss(run.tokensPerSecondPerGpu, point.tokensPerSecond / run.run.gpus),
    tpot: miss(run.tpotMs, point.tpotMs),
    ttft: miss(run.ttftMs, point.ttftMs),
  };
}
