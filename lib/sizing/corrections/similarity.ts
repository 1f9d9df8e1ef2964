import type { RunGroup, Similarity } from '#lib/catalog/calibration';

/**
 * Stands for the release where a publisher names none: its runs come from few images, and are as alike as those of one
 * release. A demand, which asks about any release, names nothing instead.
 */
export const UNSTATED_RELEASE = 'unstated';

/** What the similarity of two runs depends on; the numbers are base-2 logarithms. */
export interface RunTraits extends RunGroup {
  readonly input: number;
  readonly output: number;
  /** Running sequences of one attention group. */
  readonly sequences: number;
  readonly gpus: number;
  readonly expertParallel: number;
}

/** The parts of a covariance that fade with the number of sequences, each by its own length, and the one that does not. */
export interface Alike {
  readonly cell: number;
  readonly shared: number;
  readonly release: number;
  /** Fades as `release` does. */
  readonly version: number;
  readonly constant: number;
}

/** Same architecture, accelerator, engine, format and kind of run. */
export function isCellOf(a: RunGroup, b: RunGroup): boolean {
  return a.gpu === b.gpu && isCellAnywhere(a, b);
}

/** The same on any accelerator. */
function isCellAnywhere(a: RunGroup, b: RunGroup): boolean {
  return (
    a.architecture === b.architecture &&
    a.engine === b.engine &&
    a.precision === b.precision &&
    a.isMaximum === b.isMaximum
  );
}

/** What two groups share, whatever their runs: variances before any distance. */
export interface Kinship {
  readonly cell: number;
  readonly shared: number;
  readonly release: number;
  readonly version: number;
  readonly constant: number;
}

const NO_KINSHIP: Kinship = { cell: 0, shared: 0, release: 0, version: 0, constant: 0 };

/** @param engineVersion - Of the engine that runs `a` */
export function kinshipOf(
  a: RunGroup,
  b: RunGroup,
  similarity: Similarity,
  engineVersion = a.engineVersion,
): Kinship {
  if (a.engine !== b.engine || a.precision !== b.precision) return NO_KINSHIP;
  if (a.isMaximum !== b.isMaximum) return NO_KINSHIP;
  // What an engine does to mixtures says nothing of dense models.
  const isSameKind = a.family === b.family && a.isMoe === b.isMoe;
  const isAnywhere = isCellAnywhere(a, b);
  // Another version of an engine can run the same configuration 1.7 times as fast.
  const isVersion = isAnywhere && engineVersion === b.engineVersion && engineVersion !== '';
  const isCell = isAnywhere && a.gpu === b.gpu;
  const isDesign = isAnywhere && a.family === b.family;
  const within = (accelerator: number, design = 0) =>
    (isCell ? accelerator ** 2 : 0) + (isDesign ? design ** 2 : 0);
  return {
    cell: within(similarity.cell, similarity.design),
    shared:
      (isSameKind ? similarity.engine ** 2 : 0) +
      (a.architecture === b.architecture ? similarity.model ** 2 : 0),
    release: isVersion ? within(similarity.release, similarity.designRelease) : 0,
    version: isVersion ? (similarity.version ?? 0) ** 2 : 0,
    constant: a.gpu === b.gpu && a.isMoe === b.isMoe ? similarity.platform ** 2 : 0,
  };
}

/** What the similarity of runs of two groups depends on, but for their sequences. */
export type Lengths = Pick<RunTraits, 'input' | 'output' | 'gpus' | 'expertParallel'>;

/** Covariance of two runs of such groups without the part of their sequences. */
export function alike(kinship: Kinship, a: Lengths, b: Lengths, similarity: Similarity): Alike {
  const { cellLengths, sharedLengths, releaseLengths } = similarity;
  const shared =
    kinship.shared === 0
      ? 0
      : kinship.shared *
        fade(
          squared(a.input, b.input, sharedLengths.tokens) +
            squared(a.output, b.output, sharedLengths.tokens) +
            squared(a.gpus, b.gpus, sharedLengths.gpus),
        );
  const cell =
    kinship.cell === 0
      ? 0
      : kinship.cell *
        fade(
          squared(a.input, b.input, cellLengths.input) +
            squared(a.output, b.output, cellLengths.output) +
            squared(a.gpus, b.gpus, cellLengths.gpus) +
            squared(a.expertParallel, b.expertParallel, cellLengths.expertParallel),
        );
  const inVersion =
    kinship.release + kinship.version === 0
      ? 0
      : fade(
          squared(a.input, b.input, releaseLengths.tokens) +
            squared(a.output, b.output, releaseLengths.tokens) +
            squared(a.gpus, b.gpus, releaseLengths.gpus),
        );
  const [release, version] = [kinship.release * inVersion, kinship.version * inVersion];
  return { cell, shared, release, version, constant: kinship.constant };
}

/** Covariance of two runs: `constant + (shared + cell + release + version) × fade`, each with its own length in sequences. */
export function covariance(a: RunTraits, b: RunTraits, similarity: Similarity): number {
  return atDistance(
    alike(kinshipOf(a, b, similarity), a, b, similarity),
    a.sequences - b.sequences,
    similarity,
  );
}

export function atDistance(
  { cell, shared, release, version, constant }: Alike,
  doublings: number,
  similarity: Similarity,
): number {
  let sum = constant;
  if (cell !== 0) sum += cell * fade((doublings / similarity.cellLengths.sequences) ** 2);
  if (shared !== 0) sum += shared * fade((doublings / similarity.sharedLengths.sequences) ** 2);
  if (release + version !== 0) {
    sum += (release + version) * fade((doublings / similarity.releaseLengths.sequences) ** 2);
  }
  return sum;
}

/** Of a covariance what two runs share by their version alone. */
export function covarianceOfVersion(a: RunTraits, b: RunTraits, similarity: Similarity): number {
  const { version } = alike(kinshipOf(a, b, similarity), a, b, similarity);
  const only: Alike = { cell: 0, shared: 0, release: 0, version, constant: 0 };
  return version === 0 ? 0 : atDistance(only, a.sequences - b.sequences, similarity);
}

/** Variance of a run before anything was measured. */
export function priorVariance(similarity: Similarity): number {
  const { cell, design = 0, engine, model, platform, release, designRelease = 0, version = 0 } = similarity;
  return [cell, design, engine, model, platform, release, designRelease, version].reduce(
    (sum, deviation) => sum + deviation ** 2,
    0,
  );
}

function squared(a: number, b: number, length: number): number {
  return ((a - b) / length) ** 2;
}

export function fade(squaredDistance: number): number {
  return Math.exp(-0.5 * squaredDistance);
}
