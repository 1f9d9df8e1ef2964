import {
  CORRECTED,
  type Corrected,
  type CorrectedGroup,
  type Corrections,
  type RunGroup,
} from '#lib/catalog/calibration';
import type { PreparedRun } from '#lib/calibration/prepared-run';
import { robustWeights, type Matrix } from '#lib/calibration/robust-weights';
import { covariance, covarianceOfVersion, type RunTraits } from '#lib/sizing/corrections/similarity';
import { groupOfPiece, traitsOfPiece } from '#lib/sizing/predicted-piece';

/** Everything of corrections that is chosen rather than fitted. */
export type CorrectionSettings = Omit<Corrections, 'groups' | 'bands'>;

/** What the method without corrections says of a run, and what was measured: `ln(measured ÷ predicted)`, or `null`. */
export type Misses = Readonly<Record<Corrected, number | null>>;

/**
 * Weights of a Gaussian process over the misses of runs, each quantity by itself, robust against single runs and against
 * single versions of an engine by iterative reweighting. Time grows with the cube of the runs of one engine and format:
 * others are never alike.
 */
export function fitCorrections(
  runs: readonly PreparedRun[],
  misses: readonly Misses[],
  settings: CorrectionSettings,
): readonly CorrectedGroup[] {
  const traits = runs.map(traitsOfRun);
  const weights = runs.map(() => ({ throughput: 0, tpot: 0, ttft: 0 }));
  const variances = new Map<string, Readonly<Record<Corrected, number>>>();
  for (const block of blocksOf(traits)) {
    const of = block.flatMap((run) => traits[run] ?? []);
    const ofVersion = of.map((a) => of.map((b) => covarianceOfVersion(a, b, settings.similarity)));
    const ofRest = of.map((a, row) =>
      of.map((b, column) => covariance(a, b, settings.similarity) - (ofVersion[row]?.[column] ?? 0)),
    );
    for (const quantity of CORRECTED) {
      const known = block.flatMap((run, at) => {
        const miss = misses[run]?.[quantity] ?? null;
        return miss === null ? [] : [{ run, at, miss }];
      });
      if (known.length === 0) continue;
      const among = (matrix: Matrix) =>
        known.map(({ at: row }) => known.map(({ at }) => matrix[row]?.[at] ?? 0));
      const solved = robustWeights(
        { rest: among(ofRest), version: among(ofVersion) },
        known.map(({ miss }) => miss),
        known.map(({ run }) => versionOf(traits[run])),
        { scale: settings.scale[quantity], noise: settings.noise[quantity] },
      );
      for (const [version, variance] of solved.variances) {
        const ofQuantities = variances.get(version) ?? { throughput: 1, tpot: 1, ttft: 1 };
        variances.set(version, { ...ofQuantities, [quantity]: rounded(variance) });
      }
      for (const [index, { run }] of known.entries()) {
        const into = weights[run];
        if (into !== undefined) into[quantity] = rounded(solved.weights[index] ?? 0);
      }
    }
  }
  return grouped(runs, weights, variances);
}

/** One version of an engine running one model in one format, on any accelerator. */
function versionOf(traits: RunGroup | undefined): string {
  if (traits === undefined) return '';
  const { architecture, engine, precision, isMaximum, engineVersion } = traits;
  return [architecture, engine, precision, isMaximum, engineVersion].join(' ');
}

/** Indices of runs that can be alike at all: of one engine and format. */
function blocksOf(traits: readonly RunTraits[]): readonly (readonly number[])[] {
  const blocks = new Map<string, number[]>();
  for (const [index, { engine, precision }] of traits.entries()) {
    const key = `${engine} ${precision}`;
    const block = blocks.get(key);
    if (block === undefined) blocks.set(key, [index]);
    else block.push(index);
  }
  return [...blocks.values()];
}

function traitsOfRun({ piece, load }: PreparedRun): RunTraits {
  const groups = Math.max(1, piece.shape.attentionData);
  return { ...traitsOfPiece(piece), sequences: Math.log2(load.running / groups) };
}

function grouped(
  runs: readonly PreparedRun[],
  weights: readonly Readonly<Record<Corrected, number>>[],
  variances: ReadonlyMap<string, Readonly<Record<Corrected, number>>>,
): readonly CorrectedGroup[] {
  const groups = new Map<string, { head: RunGroup; runs: number[][] }>();
  for (const [index, run] of runs.entries()) {
    const { piece } = run;
    const head = groupOfPiece(piece);
    const key = JSON.stringify(head);
    const group = groups.get(key) ?? { head, runs: [] };
    groups.set(key, group);
    const { throughput = 0, tpot = 0, ttft = 0 } = weights[index] ?? {};
    const { shape, inputTokens, outputTokens } = piece;
    group.runs.push([
      inputTokens,
      outputTokens,
      rounded(run.load.running / Math.max(1, shape.attentionData)),
      run.run.gpus,
      shape.expertParallel ?? 1,
      throughput,
      tpot,
      ttft,
    ]);
  }
  return [...groups.entries()]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([, { head, runs: of }]) => {
      const known = variances.get(versionOf(head));
      const each = CORRECTED.map((quantity) => known?.[quantity] ?? 1);
      return { ...head, ...(each.some((one) => one !== 1) ? { versionVariances: each } : {}), runs: of };
    });
}

function rounded(value: number): number {
  return Number(value.toPrecision(5));
}
