import {
  CORRECTED,
  type Corrected,
  type CorrectedGroup,
  type Corrections,
  type RunGroup,
} from '#lib/catalog/calibration';
import type { PreparedRun } from '#lib/calibration/prepared-run';
import { solveSymmetric } from '#lib/fitting/solve';
import { covariance, type RunTraits } from '#lib/sizing/corrections/similarity';
import { groupOfPiece, traitsOfPiece } from '#lib/sizing/predictor';

/** Everything of corrections that is chosen rather than fitted. */
export type CorrectionSettings = Omit<Corrections, 'groups' | 'bands'>;

/** What the method without corrections says of a run, and what was measured: `ln(measured ÷ predicted)`, or `null`. */
export type Misses = Readonly<Record<Corrected, number | null>>;

/** Student's t with so many degrees of freedom: a run far off all others of its kind hardly counts. */
const DEGREES_OF_FREEDOM = 4;
const REWEIGHTINGS = 3;

/**
 * Weights of a Gaussian process over the misses of runs, each quantity by itself, robust against single runs by
 * iterative reweighting. Time grows with the cube of the runs of one engine and format: others are never alike.
 */
export function fitCorrections(
  runs: readonly PreparedRun[],
  misses: readonly Misses[],
  settings: CorrectionSettings,
): readonly CorrectedGroup[] {
  const traits = runs.map(traitsOfRun);
  const weights = runs.map(() => ({ throughput: 0, tpot: 0, ttft: 0 }));
  for (const block of blocksOf(traits)) {
    const matrix = block.map((a) => block.map((b) => covarianceAt(traits, a, b, settings)));
    for (const quantity of CORRECTED) {
      const known = block.flatMap((run, at) => {
        const miss = misses[run]?.[quantity] ?? null;
        return miss === null ? [] : [{ run, at, miss }];
      });
      if (known.length === 0) continue;
      const solved = robustWeights(
        known.map(({ at: row }) => known.map(({ at: column }) => matrix[row]?.[column] ?? 0)),
        known.map(({ miss }) => miss),
        settings.scale[quantity],
        settings.noise[quantity],
      );
      for (const [index, { run }] of known.entries()) {
        const into = weights[run];
        if (into !== undefined) into[quantity] = rounded(solved[index] ?? 0);
      }
    }
  }
  return grouped(runs, weights);
}

function covarianceAt(
  traits: readonly RunTraits[],
  a: number,
  b: number,
  { similarity }: CorrectionSettings,
): number {
  const [one, other] = [traits[a], traits[b]];
  return one === undefined || other === undefined ? 0 : covariance(one, other, similarity);
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

function robustWeights(
  covariances: readonly (readonly number[])[],
  misses: readonly number[],
  scale: number,
  noise: number,
): readonly number[] {
  let trust = misses.map(() => 1);
  let solved: number[] = [];
  for (let round = 0; round < REWEIGHTINGS; round += 1) {
    const matrix = covariances.map((row, index) =>
      row.map(
        (value, column) => scale ** 2 * value + (index === column ? noise ** 2 / (trust[index] ?? 1) : 0),
      ),
    );
    solved = solveSymmetric(matrix, misses);
    // The miss that the process leaves to a run: its noise variance times its weight.
    const left = solved.map((weight, index) => (weight * noise ** 2) / (trust[index] ?? 1));
    trust = left.map((miss) => (DEGREES_OF_FREEDOM + 1) / (DEGREES_OF_FREEDOM + (miss / noise) ** 2));
  }
  return solved;
}

export function traitsOfRun({ piece, load }: PreparedRun): RunTraits {
  const groups = Math.max(1, piece.shape.attentionData);
  return { ...traitsOfPiece(piece), sequences: Math.log2(load.running / groups) };
}

function grouped(
  runs: readonly PreparedRun[],
  weights: readonly Readonly<Record<Corrected, number>>[],
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
    .map(([, { head, runs: of }]) => ({ ...head, runs: of }));
}

function rounded(value: number): number {
  return Number(value.toPrecision(5));
}
