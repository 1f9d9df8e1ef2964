import type { RunGroup, Similarity } from '#lib/catalog/calibration';

/** What the similarity of two runs depends on; the numbers are base-2 logarithms. */
export interface RunTraits extends RunGroup {
  readonly input: number;
  readonly output: number;
  /** Running sequences of one attention group. */
  readonly sequences: number;
  readonly gpus: number;
  readonly expertParallel: number;
}

/** The parts of a covariance that depend on the number of sequences (`cell`, `shared`) and the one that does not. */
export interface Alike {
  readonly cell: number;
  readonly shared: number;
  readonly constant: number;
}

/** Covariance of two runs without the part of their sequences. */
export function alike(a: RunTraits, b: RunTraits, similarity: Similarity): Alike {
  if (a.engine !== b.engine || a.precision !== b.precision) return { cell: 0, shared: 0, constant: 0 };
  const { cellLengths: lengths, sharedLengths } = similarity;
  const isSameGpu = a.gpu === b.gpu;
  const isSameModel = a.model === b.model;
  const variance =
    (a.family === b.family ? similarity.engine ** 2 : 0) + (isSameModel ? similarity.model ** 2 : 0);
  const shared =
    variance === 0
      ? 0
      : variance *
        fade(
          squared(a.input, b.input, sharedLengths.tokens) +
            squared(a.output, b.output, sharedLengths.tokens) +
            squared(a.gpus, b.gpus, sharedLengths.gpus),
        );
  const isCell = isSameGpu && isSameModel && a.isMaximum === b.isMaximum;
  const cell = isCell
    ? similarity.cell ** 2 *
      fade(
        squared(a.input, b.input, lengths.input) +
          squared(a.output, b.output, lengths.output) +
          squared(a.gpus, b.gpus, lengths.gpus) +
          squared(a.expertParallel, b.expertParallel, lengths.expertParallel),
      )
    : 0;
  const constant = isSameGpu && a.isMoe === b.isMoe ? similarity.platform ** 2 : 0;
  return { cell, shared, constant };
}

/** Covariance of two runs: `constant + shared × fade + cell × fade`, each with its own length in sequences. */
export function covariance(a: RunTraits, b: RunTraits, similarity: Similarity): number {
  return atDistance(alike(a, b, similarity), a.sequences - b.sequences, similarity);
}

export function atDistance(
  { cell, shared, constant }: Alike,
  doublings: number,
  similarity: Similarity,
): number {
  let sum = constant;
  if (cell !== 0) sum += cell * fade((doublings / similarity.cellLengths.sequences) ** 2);
  if (shared !== 0) sum += shared * fade((doublings / similarity.sharedLengths.sequences) ** 2);
  return sum;
}

/** Variance of a run before anything was measured. */
export function priorVariance(similarity: Similarity): number {
  return similarity.cell ** 2 + similarity.engine ** 2 + similarity.model ** 2 + similarity.platform ** 2;
}

function squared(a: number, b: number, length: number): number {
  return ((a - b) / length) ** 2;
}

export function fade(squaredDistance: number): number {
  return Math.exp(-0.5 * squaredDistance);
}
