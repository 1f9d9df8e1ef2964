import {
  CORRECTED,
  type Bands,
  type Corrected,
  type CorrectedGroup,
  type Corrections,
  type RunGroup,
  type Similarity,
} from '#lib/catalog/calibration';
import { solveSymmetric } from '#lib/fitting/solve';
import { kinOf, likenessOf, type Kin } from '#lib/sizing/corrections/kin';
import { ofKnownRelease } from '#lib/sizing/corrections/release';
import {
  atDistance,
  covariance,
  fade,
  priorVariance,
  type Alike,
  type Lengths,
  type RunTraits,
} from '#lib/sizing/corrections/similarity';

/** Runs that decide how much of the variance at a point is explained: the nearest say nearly all. */
const NEAREST = 12;

/** Covariances below it move no figure that is shown. */
const NEGLIGIBLE = 1e-9;

/** Factor on each quantity; 1 where no run is alike. */
export type Factors = Readonly<Record<Corrected, number>>;
/** Ends of the 80 % band as factors on the corrected value. */
export type BandFactors = Readonly<Record<Corrected, { readonly low: number; readonly high: number }>>;

export interface Correction {
  /** @param sequences - Running sequences of one attention group */
  factorsAt(sequences: number): Factors;
  /** How wide the estimate is at a point: by what runs nearby explain. */
  bandsAt(sequences: number): BandFactors;
  /** Share of the variance that runs nearby leave unexplained, 0–1. */
  unexplainedAt(sequences: number): number;
}

/**
 * What measured runs say about a run; everything but the number of sequences is fixed.
 *
 * @param hasOperators - False where the roofline alone predicts
 */
export function correctionFor(
  asked: Omit<RunTraits, 'sequences'>,
  corrections: Corrections,
  hasOperators = true,
): Correction {
  const { similarity, scale, groups } = corrections;
  const traits = ofKnownRelease(asked, groups);
  const here = (sequences: number): RunTraits => ({ ...traits, sequences: Math.log2(sequences) });
  const kin = kinOf(here(1), corrections);
  const collected = collect(traits, kin, similarity);
  // A search asks for factors alone.
  let bands: Bands | undefined;
  // Bands ask for it too, and it solves a system of equations.
  const left = new Map<number, number>();
  const unexplainedAt = (sequences: number) => {
    let share = left.get(sequences);
    if (share === undefined) {
      left.set(sequences, (share = unexplained(here(sequences), kin, corrections)));
    }
    return share;
  };
  return {
    factorsAt: (sequences) => {
      const logs = expected(collected, Math.log2(sequences), similarity);
      const factor = (quantity: Corrected) =>
        Math.exp(scale[quantity] ** 2 * (logs[CORRECTED.indexOf(quantity)] ?? 0));
      return { throughput: factor('throughput'), tpot: factor('tpot'), ttft: factor('ttft') };
    },
    bandsAt: (sequences) => {
      const share = unexplainedAt(sequences);
      const ofKind = (bands ??= bandsFor(traits, corrections, hasOperators));
      const band = (quantity: Corrected) => {
        const steps = ofKind[quantity];
        const step = steps.find(({ unexplained: limit }) => share <= limit) ?? steps.at(-1);
        return { low: Math.min(1, step?.p10 ?? 1), high: Math.max(1, step?.p90 ?? 1) };
      };
      return { throughput: band('throughput'), tpot: band('tpot'), ttft: band('ttft') };
    },
    unexplainedAt,
  };

  function unexplained(point: RunTraits, groups: readonly Kin[], { noise: noises }: Corrections): number {
    const prior = priorVariance(similarity);
    const near = nearest(
      groups.flatMap((one) =>
        one.runs.map((run) => ({
          group: one.group,
          run,
          shared: atDistance(
            ofMostVersions(likenessOf(point, one, run, similarity), one),
            point.sequences - run.sequences,
            similarity,
          ),
        })),
      ),
    ).map(({ group, run, shared }): Near => ({ run: { ...kindOf(group), ...run }, shared }));
    if (near.length === 0) return 1;
    const matrix: number[][] = [];
    for (const [row, { run: a }] of near.entries()) {
      // It is the same seen from either run.
      const before = matrix.map((other) => other[row] ?? 0);
      const rest = near.slice(row).map(({ run: b }) => covariance(a, b, similarity));
      matrix.push([...before, (rest[0] ?? 0) + noises.throughput ** 2, ...rest.slice(1)]);
    }
    const right = near.map(({ shared }) => shared);
    const solved = solveSymmetric(matrix, right);
    const explained = solved.reduce((sum, value, index) => sum + value * (right[index] ?? 0), 0);
    return Math.min(1, Math.max(0, 1 - explained / prior));
  }
}

interface Near {
  readonly run: RunTraits;
  readonly shared: number;
}

/** Those that share most, in descending order; the earlier of equals first. */
function nearest<Run extends { readonly shared: number }>(runs: readonly Run[]): readonly Run[] {
  const near: Run[] = [];
  for (const run of runs) {
    const last = near.length === NEAREST ? near[NEAREST - 1] : undefined;
    if (last !== undefined && run.shared <= last.shared) continue;
    if (last !== undefined) near.pop();
    let place = near.length;
    while (place > 0 && (near[place - 1]?.shared ?? 0) < run.shared) place -= 1;
    near.splice(place, 0, run);
  }
  return near;
}

/** Bands of the kind of point: what was never measured in kind is not known as well as the rest. */
function bandsFor(
  { family, isMaximum, engineVersion }: Omit<RunTraits, 'sequences'>,
  { groups, bands, versionlessBands, unseenBands }: Corrections,
  hasOperators: boolean,
): Bands {
  if (unseenBands !== undefined && !hasOperators) return unseenBands.roofline;
  const isSeen = groups.some((group) => group.family === family && group.isMaximum === isMaximum);
  if (unseenBands !== undefined && !isSeen) return unseenBands.operators;
  return engineVersion === '' ? (versionlessBands ?? bands) : bands;
}

/** Sums of weighted covariances, each quantity. In one list: a comparison collects for hundreds of layouts. */
interface Collected {
  /** Base-2 logarithms of the numbers of sequences: many runs share theirs. */
  readonly sequences: readonly number[];
  /** Of each number of sequences one after the other: those in the cell, those shared, those of the release. */
  readonly sums: readonly number[];
  readonly constant: readonly number[];
}

const QUANTITIES = CORRECTED.length;
/** Where the sums of a number of sequences stand behind its first. */
const SHARED_SUMS = QUANTITIES;
const RELEASE_SUMS = 2 * QUANTITIES;
const SUMS_OF_ONE = 3 * QUANTITIES;

function collect(point: Lengths, groups: readonly Kin[], similarity: Similarity): Collected {
  const places = new Map<number, number>();
  const sums: number[] = [];
  const constant = CORRECTED.map(() => 0);
  for (const one of groups) {
    // No distance makes more of it.
    if (sumOf(one.kinship) < NEGLIGIBLE) continue;
    for (const run of one.runs) {
      const likeness = likenessOf(point, one, run, similarity);
      if (sumOf(likeness) < NEGLIGIBLE) continue;
      let at = places.get(run.sequences);
      if (at === undefined) {
        at = sums.length;
        places.set(run.sequences, at);
        for (let index = 0; index < SUMS_OF_ONE; index += 1) sums.push(0);
      }
      addWeighted(sums, at, likeness.cell, run.weights);
      addWeighted(sums, at + SHARED_SUMS, likeness.shared, run.weights);
      addOfVersion(sums, at + RELEASE_SUMS, likeness, one, run.weights);
      addWeighted(constant, 0, likeness.constant, run.weights);
    }
  }
  return { sequences: [...places.keys()], sums, constant };
}

function sumOf({ cell, shared, release, version, constant }: Alike): number {
  return cell + shared + release + version + constant;
}

/** What a point and a run share where the version is as most are: by the throughput, as bands have it. */
function ofMostVersions(likeness: Alike, { shares: { release } }: Kin): Alike {
  const [share = 1] = release;
  if (share === 1) return likeness;
  return { ...likeness, release: likeness.release * share, version: likeness.version * share };
}

/** Versions differ more in one quantity than in another. */
function addOfVersion(
  sums: number[],
  at: number,
  { release, version }: Alike,
  { shares }: Kin,
  weights: readonly number[],
): void {
  if (release + version === 0) return;
  for (let index = 0; index < QUANTITIES; index += 1) {
    const covariance = release * (shares.release[index] ?? 1) + version * (shares.version[index] ?? 1);
    sums[at + index] = (sums[at + index] ?? 0) + covariance * (weights[index] ?? 0);
  }
}

/** Of most runs, most parts are 0: another cell. */
function addWeighted(sums: number[], at: number, covariance: number, weights: readonly number[]): void {
  if (covariance === 0) return;
  for (let index = 0; index < QUANTITIES; index += 1) {
    sums[at + index] = (sums[at + index] ?? 0) + covariance * (weights[index] ?? 0);
  }
}

/** What the process expects `ln(measured ÷ predicted)` to be, each quantity before its scale. */
function expected({ sequences, sums, constant }: Collected, at: number, similarity: Similarity): number[] {
  const { cellLengths, sharedLengths, releaseLengths } = similarity;
  const logs = [...constant];
  for (let place = 0; place < sequences.length; place += 1) {
    const doublings = at - (sequences[place] ?? 0);
    const inCell = fade((doublings / cellLengths.sequences) ** 2);
    const among = fade((doublings / sharedLengths.sequences) ** 2);
    const inRelease = fade((doublings / releaseLengths.sequences) ** 2);
    for (let index = 0; index < QUANTITIES; index += 1) {
      const cell = place * SUMS_OF_ONE + index;
      logs[index] =
        (logs[index] ?? 0) +
        inCell * (sums[cell] ?? 0) +
        among * (sums[cell + SHARED_SUMS] ?? 0) +
        inRelease * (sums[cell + RELEASE_SUMS] ?? 0);
    }
  }
  return logs;
}

function kindOf(group: CorrectedGroup): RunGroup {
  const { runs: _, versionVariances: __, ...kind } = group;
  return kind;
}
