import type { Corrections, KernelConstants, SizingConstants } from '#lib/catalog/calibration';
import type { Catalog } from '#lib/catalog/catalog';
import { missesOf } from '#lib/calibration/calibrate';
import { fitKernelConstants, fitRoofline } from '#lib/calibration/constants-fit';
import { fitCorrections, type CorrectionSettings } from '#lib/calibration/correction-fit';
import { bandSteps, VERSIONLESS_STEPS } from '#lib/calibration/band-steps';
import { asDemands, leftOutBy, sweepFold, type LeftOut } from '#lib/calibration/cross-validation';
import { errorLine } from '#lib/calibration/error-table';
import {
  calibrateOwn,
  siteSettings,
  UNBANDED,
  type Named,
  type OwnValidation,
} from '#lib/calibration/own-calibration';
import type { PreparedRun } from '#lib/calibration/prepared-run';
import type { SizingMethod } from '#lib/sizing/predictor';

/** Fewer runs or sweeps than these do not tell 59 constants apart. */
const LEAST = { runs: 40, sweeps: 8 } as const;
const FOLDS = 5;

/** All of a method that is fitted, by a user's own runs alone. */
export interface OwnConstants {
  readonly constants: SizingConstants;
  readonly kernelConstants: KernelConstants;
  readonly corrections: Corrections;
  readonly validation: OwnValidation;
}

export type Refit =
  | ({ readonly state: 'calibrated' } & OwnConstants)
  | { readonly state: 'refused'; readonly why: string; readonly validation: OwnValidation | null };

/**
 * Every constant refitted on a user's own runs, expected near the catalog's, with corrections from the own runs alone
 * instead of the catalog's. Refused where the runs are too few, or where on sweeps left out the median error of the
 * throughput is no lower than without, or than with corrections alone.
 */
export function refitOwn(runs: readonly PreparedRun[], catalog: Catalog, named: Named): Refit {
  const sweeps = new Set(runs.map(({ sweep }) => sweep)).size;
  if (runs.length < LEAST.runs || sweeps < LEAST.sweeps) {
    const why = `${runs.length} runs of ${sweeps} sweeps; ${LEAST.runs} runs of ${LEAST.sweeps} sweeps are the least that all constants can be fitted on`;
    return { state: 'refused', why, validation: null };
  }
  const settings = siteSettings(catalog, named);
  const leftOut = validate(runs, catalog, settings);
  const bands = bandSteps(leftOut);
  const validation: OwnValidation = {
    runs: runs.length,
    sweeps,
    before: errorLine('before', leftOut, bands, ({ plainMisses }) => plainMisses),
    after: errorLine('after', leftOut, bands),
  };
  const [was, is] = [validation.before.throughput?.median ?? 0, validation.after.throughput?.median ?? 0];
  if (is >= was) return refused(`rise from ${percent(was)} to ${percent(is)}`, validation);
  const alone = calibrateOwn(runs, catalog, named);
  const corrected = alone.validation?.after.throughput?.median ?? Number.POSITIVE_INFINITY;
  if (alone.state === 'calibrated' && is >= corrected) {
    return refused(
      `be ${percent(is)}, and ${percent(corrected)} with corrections alone (without --all)`,
      validation,
    );
  }
  const { corrections, ...fitted } = fit(runs, catalog, settings);
  return {
    state: 'calibrated',
    ...fitted,
    corrections: {
      ...corrections,
      bands,
      versionlessBands: bandSteps(asDemands(leftOut), VERSIONLESS_STEPS),
    },
    validation,
  };
}

function refused(would: string, validation: OwnValidation): Refit {
  const why = `the median error of the throughput would ${would} on sweeps left out`;
  return { state: 'refused', why, validation };
}

function fit(
  runs: readonly PreparedRun[],
  catalog: Catalog,
  settings: CorrectionSettings,
): Omit<OwnConstants, 'validation'> {
  const { version, asOf, source } = settings;
  const named = { version, asOf, source };
  const { constants: expected, kernelConstants: expectedKernels, kernelTable } = catalog;
  const constants = { ...fitRoofline(runs, expected, { expected }), ...named };
  const kernelConstants = {
    ...fitKernelConstants(runs, expectedKernels, { expected: expectedKernels }),
    ...named,
  };
  const plain: SizingMethod = { constants, kernelConstants, kernelTable, corrections: () => [] };
  const misses = runs.map((run) => missesOf(run, plain));
  const groups = fitCorrections(runs, misses, settings);
  return { constants, kernelConstants, corrections: { ...settings, groups, bands: UNBANDED } };
}

function validate(runs: readonly PreparedRun[], catalog: Catalog, settings: CorrectionSettings): LeftOut[] {
  const foldOf = sweepFold(FOLDS, 1);
  return [...new Set(runs.map(foldOf))].toSorted().flatMap((fold) => {
    const { corrections, ...fitted } = fit(
      runs.filter((run) => foldOf(run) !== fold),
      catalog,
      settings,
    );
    const method: SizingMethod = {
      ...fitted,
      kernelTable: catalog.kernelTable,
      corrections: () => [corrections],
    };
    return runs
      .filter((run) => foldOf(run) === fold)
      .map((run) => ({ ...leftOutBy(run, method), plainMisses: missesOf(run, catalog) }));
  });
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`;
}
