import type { Bands, Corrections } from '#lib/catalog/calibration';
import type { Catalog } from '#lib/catalog/catalog';
import { missesOf } from '#lib/calibration/calibrate';
import { fitCorrections, type CorrectionSettings, type Misses } from '#lib/calibration/correction-fit';
import { bandSteps, VERSIONLESS_STEPS } from '#lib/calibration/band-steps';
import { asDemands, leftOutBy, sweepFold, type LeftOut } from '#lib/calibration/cross-validation';
import { errorLine, type ErrorLine } from '#lib/calibration/error-table';
import { gainOf, isMoreThanChance, type Gain } from '#lib/calibration/gain';
import type { PreparedRun } from '#lib/calibration/prepared-run';
import type { SizingMethod } from '#lib/sizing/predictor';

/** Fewer runs or sweeps than these say nothing about the next one. */
const LEAST = { runs: 8, sweeps: 3 } as const;
const FOLDS = 5;
/** How much a site differs from what others measured, beyond what runs differ among themselves. */
const SITE = { cell: 0.12, platform: 0.08, engine: 0.08, model: 0.05 } as const;

/** Day of a calibration and name of the file that its runs come from. */
export interface Named {
  readonly asOf: string;
  readonly source: string;
}

/** What own measurements bought, each run predicted by a fit that did not see its sweep. */
export interface OwnValidation {
  readonly runs: number;
  readonly sweeps: number;
  readonly before: ErrorLine;
  readonly after: ErrorLine;
}

export type OwnCalibration =
  | { readonly state: 'calibrated'; readonly corrections: Corrections; readonly validation: OwnValidation }
  | { readonly state: 'refused'; readonly why: string; readonly validation: OwnValidation | null };

/**
 * Corrections from a user's own runs, laid over the catalog's: a site's own engine version, flags and machines. Refused
 * where the runs are too few, or where leaving sweeps out shows that the corrections would not help.
 */
export function calibrateOwn(runs: readonly PreparedRun[], catalog: Catalog, named: Named): OwnCalibration {
  const sweeps = new Set(runs.map(({ sweep }) => sweep)).size;
  if (runs.length < LEAST.runs || sweeps < LEAST.sweeps) {
    const why = `${runs.length} runs of ${sweeps} sweeps; ${LEAST.runs} runs of ${LEAST.sweeps} sweeps (deployment and lengths) are the least that can be cross-validated`;
    return { state: 'refused', why, validation: null };
  }
  const before = runs.map((run) => missesOf(run, catalog));
  const settings = siteSettings(catalog, named);
  const fitted = onlyBetter(runs, before, validate(runs, before, before, catalog, settings));
  const leftOut = validate(runs, before, fitted, catalog, settings);
  const bands = bandSteps(leftOut);
  const versionlessBands = bandSteps(asDemands(leftOut), VERSIONLESS_STEPS);
  const validation = { runs: runs.length, sweeps, ...linesOf(leftOut, bands) };
  const [was, is] = [validation.before.throughput?.median ?? 0, validation.after.throughput?.median ?? 0];
  if (is > was) {
    const why = `the median error of the throughput would rise from ${percent(was)} to ${percent(is)} on sweeps left out`;
    return { state: 'refused', why, validation };
  }
  const gain = gainOf(leftOut, 'throughput');
  if (!isMoreThanChance(gain)) return { state: 'refused', why: byChance(was, is, gain), validation };
  const corrections = {
    ...settings,
    groups: fitCorrections(runs, fitted, settings),
    bands,
    versionlessBands,
  };
  return { state: 'calibrated', corrections, validation };
}

export function siteSettings(catalog: Catalog, named: Named): CorrectionSettings {
  const [bundled] = catalog.corrections();
  if (bundled === undefined) throw new Error('a catalog without corrections has no settings for them');
  const { similarity, scale, noise } = bundled;
  return { version: 'own-corrections.v1', ...named, similarity: { ...similarity, ...SITE }, scale, noise };
}

export const UNBANDED: Bands = { throughput: [], tpot: [], ttft: [] };

function linesOf(leftOut: readonly LeftOut[], bands: Bands): Pick<OwnValidation, 'before' | 'after'> {
  return {
    before: errorLine('before', leftOut, bands, ({ plainMisses }) => plainMisses),
    after: errorLine('after', leftOut, bands),
  };
}

/**
 * Leaves TPOT and TTFT of an engine as they were where its runs would make them worse. The throughput decides about the
 * whole instead.
 */
function onlyBetter(
  runs: readonly PreparedRun[],
  before: readonly Misses[],
  leftOut: readonly LeftOut[],
): readonly Misses[] {
  const engines = [...new Set(runs.map(engineOf))];
  const better = new Set(
    engines.flatMap((engine) => {
      const own = leftOut.filter(({ run }) => engineOf(run) === engine);
      const { before: was, after: is } = linesOf(own, UNBANDED);
      return (['tpot', 'ttft'] as const)
        .filter((quantity) => (is[quantity]?.median ?? 0) <= (was[quantity]?.median ?? 0))
        .filter((quantity) => isMoreThanChance(gainOf(own, quantity)))
        .map((quantity) => `${engine} ${quantity}`);
    }),
  );
  return before.map((misses, index) => {
    const run = runs[index];
    const engine = run === undefined ? '' : engineOf(run);
    return {
      ...misses,
      tpot: better.has(`${engine} tpot`) ? misses.tpot : null,
      ttft: better.has(`${engine} ttft`) ? misses.ttft : null,
    };
  });
}

function engineOf({ run }: PreparedRun): string {
  return run.engine;
}

function validate(
  runs: readonly PreparedRun[],
  before: readonly Misses[],
  fitted: readonly Misses[],
  catalog: Catalog,
  settings: CorrectionSettings,
): LeftOut[] {
  const foldOf = sweepFold(FOLDS, 1);
  return [...new Set(runs.map(foldOf))].toSorted().flatMap((fold) => {
    const kept = runs.flatMap((run, index) => (foldOf(run) === fold ? [] : [index]));
    const groups = fitCorrections(
      kept.flatMap((index) => runs[index] ?? []),
      kept.flatMap((index) => fitted[index] ?? []),
      settings,
    );
    const own: Corrections = { ...settings, groups, bands: UNBANDED };
    const method: SizingMethod = { ...catalog, corrections: () => [...catalog.corrections(), own] };
    const alone: SizingMethod = { ...catalog, corrections: () => [own] };
    return runs.flatMap((run, index): LeftOut[] => {
      const plainMisses = before[index];
      if (foldOf(run) !== fold || plainMisses === undefined) return [];
      return [{ ...leftOutBy(run, method, alone), plainMisses }];
    });
  });
}

function byChance(was: number, is: number, gain: Gain | null): string {
  const { better, sweeps } = gain ?? { better: 0, sweeps: 0 };
  return `the median error of the throughput would go from ${percent(was)} to ${percent(is)} on sweeps left out, but only ${better} of ${sweeps} sweeps would come out nearer, or by little: no better than chance`;
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`;
}
