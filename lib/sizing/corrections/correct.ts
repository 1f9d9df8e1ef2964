import {
  CORRECTED,
  type Bands,
  type Corrected,
  type CorrectedGroup,
  type Corrections,
  type Similarity,
} from '#lib/catalog/calibration';
import { solveSymmetric } from '#lib/fitting/solve';
import { ofKnownRelease, versionShares, type VersionShares } from '#lib/sizing/corrections/release';
import {
  alike,
  atDistance,
  covariance,
  fade,
  kinshipOf,
  priorVariance,
  type Alike,
  type Kinship,
  type Lengths,
  type RunTraits,
} from '#lib/sizing/corrections/similarity';
import { kindOf, storedRuns, type StoredRun } from '#lib/sizing/corrections/stored-runs';

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

/** A group that a point has to do with. */
interface Kin {
  readonly group: CorrectedGroup;
  readonly kinship: Kinship;
  /** Of what the group's version says. */
  readonly shares: VersionShares;
  readonly runs: readonly StoredRun[];
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
  const bands = bandsFor(traits, corrections, hasOperators);
  const here = (sequences: number): RunTraits => ({ ...traits, sequences: Math.log2(sequences) });
  const kin = kinOf(here(1), corrections);
  const collected = collect(traits, kin, similarity);
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
      const band = (quantity: Corrected) => {
        const steps = bands[quantity];
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
            likenessOf(point, one, run, similarity),
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

/** Sums of weighted covariances at one number of sequences, each quantity. */
interface Sums {
  /** Base-2 logarithm of the sequences. */
  readonly sequences: number;
  readonly cell: number[];
  readonly shared: number[];
  readonly release: number[];
}

interface Collected {
  /** By number of sequences: many runs share theirs. */
  readonly bySequences: readonly Sums[];
  readonly constant: readonly number[];
}

function collect(point: Lengths, groups: readonly Kin[], similarity: Similarity): Collected {
  const bySequences = new Map<number, Sums>();
  const constant = CORRECTED.map(() => 0);
  for (const one of groups) {
    // No distance makes more of it.
    if (sumOf(one.kinship) < NEGLIGIBLE) continue;
    for (const run of one.runs) {
      const likeness = alike(one.kinship, point, run, similarity);
      if (sumOf(likeness) < NEGLIGIBLE) continue;
      let sums = bySequences.get(run.sequences);
      if (sums === undefined) {
        sums = { sequences: run.sequences, cell: [0, 0, 0], shared: [0, 0, 0], release: [0, 0, 0] };
        bySequences.set(run.sequences, sums);
      }
      addWeighted(sums.cell, likeness.cell, run.weights);
      addWeighted(sums.shared, likeness.shared, run.weights);
      addOfVersion(sums.release, likeness, one, run.weights);
      addWeighted(constant, likeness.constant, run.weights);
    }
  }
  return { bySequences: [...bySequences.values()], constant };
}

function sumOf({ cell, shared, release, version, constant }: Alike): number {
  return cell + shared + release + version + constant;
}

/** How far a point is like a run, by what the throughput of most versions has in common. */
function likenessOf(point: Lengths, { kinship, shares }: Kin, run: StoredRun, similarity: Similarity): Alike {
  const likeness = alike(kinship, point, run, similarity);
  const [share = 1] = shares;
  if (share === 1) return likeness;
  return { ...likeness, release: likeness.release * share, version: likeness.version * share };
}

/** Each quantity's covariance by release and version: versions differ more in one than in another. */
function addOfVersion(
  sums: number[],
  { release, version }: Alike,
  { group, shares }: Kin,
  weights: readonly number[],
): void {
  if (release + version === 0) return;
  for (let index = 0; index < sums.length; index += 1) {
    const covariance = (release + version * (group.versionVariances?.[index] ?? 1)) * (shares[index] ?? 1);
    sums[index] = (sums[index] ?? 0) + covariance * (weights[index] ?? 0);
  }
}

/** Of most runs, most parts are 0: another cell. */
function addWeighted(sums: number[], covariance: number, weights: readonly number[]): void {
  if (covariance === 0) return;
  for (let index = 0; index < sums.length; index += 1) {
    sums[index] = (sums[index] ?? 0) + covariance * (weights[index] ?? 0);
  }
}

/** What the process expects `ln(measured ÷ predicted)` to be, each quantity before its scale. */
function expected({ bySequences, constant }: Collected, at: number, similarity: Similarity): number[] {
  const logs = [...constant];
  for (const { sequences, cell, shared, release } of bySequences) {
    const fadeOver = (length: number) => fade(((at - sequences) / length) ** 2);
    const inCell = fadeOver(similarity.cellLengths.sequences);
    const among = fadeOver(similarity.sharedLengths.sequences);
    const inRelease = fadeOver(similarity.releaseLengths.sequences);
    for (let index = 0; index < logs.length; index += 1) {
      logs[index] =
        (logs[index] ?? 0) +
        inCell * (cell[index] ?? 0) +
        among * (shared[index] ?? 0) +
        inRelease * (release[index] ?? 0);
    }
  }
  return logs;
}

/** Hundreds of runs for every layout of every option: nothing is copied or compared that need not be. */
function kinOf(point: RunTraits, { groups, similarity }: Corrections): readonly Kin[] {
  const kin: Kin[] = [];
  const sharesOf = versionShares(point, groups);
  for (const group of groups) {
    if (group.engine !== point.engine || group.precision !== point.precision) continue;
    const isSame =
      group.family === point.family || group.architecture === point.architecture || group.gpu === point.gpu;
    if (!isSame) continue;
    const version = point.engineVersion === '' ? group.engineVersion : point.engineVersion;
    const kinship = kinshipOf(point, group, similarity, version);
    kin.push({ group, kinship, shares: sharesOf(group.engineVersion), runs: storedRuns(group) });
  }
  return kin;
}
