import {
  CORRECTED,
  type CorrectedGroup,
  type Corrections,
  type RunGroup,
  type Similarity,
} from '#lib/catalog/calibration';
import { versionShares, type VersionShares } from '#lib/sizing/corrections/release';
import {
  alike,
  kinshipOf,
  type Alike,
  type Kinship,
  type Lengths,
  type RunTraits,
} from '#lib/sizing/corrections/similarity';

/** A measured run: of its traits those that runs of a group differ in. */
export interface StoredRun extends Lengths {
  readonly sequences: number;
  readonly weights: readonly number[];
  /** The same of all runs of its group that have its lengths: a sweep has them at every number of sequences. */
  readonly lengthsId: number;
}

/** A group that a point has to do with. */
export interface Kin {
  readonly group: CorrectedGroup;
  /** Without its version where the point is told nothing of that: as of most groups. */
  readonly kinship: Kinship;
  /** Of what the group's runs say as those of its version, on its accelerator and on any: of each quantity. */
  readonly shares: { readonly release: VersionShares; readonly version: VersionShares };
  readonly runs: readonly StoredRun[];
  /** How alike its runs are to the point, by their lengths; made when they are asked for. */
  readonly likenesses: (Alike | undefined)[];
}

/** Hundreds of runs for every layout of every option: nothing is copied or compared that need not be. */
export function kinOf(point: RunTraits, { groups, similarity }: Corrections): readonly Kin[] {
  const kin: Kin[] = [];
  const ofFormat = groupsOf(groups, point);
  const sharesOf = versionShares(point, ofFormat);
  for (const group of ofFormat) {
    const isSame =
      group.family === point.family || group.architecture === point.architecture || group.gpu === point.gpu;
    if (!isSame) continue;
    const asked = point.engineVersion === '' ? group.engineVersion : point.engineVersion;
    const release = sharesOf(group.engineVersion);
    const kinship = kinshipOf(point, group, similarity, asked);
    kin.push({
      group,
      kinship: release.some((share) => share !== 0) ? kinship : withoutVersion(kinship),
      shares: { release, version: versionSharesOf(group, release) },
      runs: storedRuns(group),
      likenesses: [],
    });
  }
  return kin;
}

function withoutVersion({ cell, shared, constant }: Kinship): Kinship {
  return { cell, shared, release: 0, version: 0, constant };
}

/** The covariance by a version that differs more than most is as many times that of most. */
function versionSharesOf({ versionVariances }: CorrectedGroup, shares: VersionShares): VersionShares {
  if (versionVariances === undefined) return shares;
  return CORRECTED.map((_, index) => (shares[index] ?? 1) * (versionVariances[index] ?? 1));
}

const OF_FORMAT = new WeakMap<Corrections['groups'], Map<string, readonly CorrectedGroup[]>>();

/** Those of an engine in a format; kept, since no others have to do with a point. */
function groupsOf(groups: Corrections['groups'], { engine, precision }: RunGroup): readonly CorrectedGroup[] {
  let known = OF_FORMAT.get(groups);
  if (known === undefined) OF_FORMAT.set(groups, (known = new Map()));
  const format = `${engine}/${precision}`;
  let found = known.get(format);
  if (found === undefined) {
    found = groups.filter((group) => group.engine === engine && group.precision === precision);
    known.set(format, found);
  }
  return found;
}

const STORED = new WeakMap<CorrectedGroup, readonly StoredRun[]>();

/** Kept, since every layout of every option asks for them. */
function storedRuns(group: CorrectedGroup): readonly StoredRun[] {
  let known = STORED.get(group);
  if (known === undefined) {
    const lengths = new Map<string, number>();
    known = group.runs.map((run) => {
      const [input, output, , gpus, expertParallel] = run;
      const key = `${input}/${output}/${gpus}/${expertParallel}`;
      const lengthsId = lengths.get(key) ?? lengths.size;
      lengths.set(key, lengthsId);
      const traits = lengthsOf(run);
      // Field by field: V8 makes what is added to a spread object one property at a time, for two thousand runs.
      return {
        input: traits.input,
        output: traits.output,
        sequences: traits.sequences,
        gpus: traits.gpus,
        expertParallel: traits.expertParallel,
        weights: run.slice(5),
        lengthsId,
      };
    });
    STORED.set(group, known);
  }
  return known;
}

/** @param point - The same for all runs of the kin */
export function likenessOf(point: Lengths, kin: Kin, run: StoredRun, similarity: Similarity): Alike {
  const { kinship, likenesses } = kin;
  return (likenesses[run.lengthsId] ??= alike(kinship, point, run, similarity));
}

/** The traits of a stored run. */
export function traitsOf(group: RunGroup, run: readonly number[]): RunTraits {
  return { ...group, ...lengthsOf(run) };
}

function lengthsOf(run: readonly number[]): Omit<RunTraits, keyof RunGroup> {
  const [input = 1, output = 1, sequences = 1, gpus = 1, expertParallel = 1] = run;
  return {
    input: Math.log2(input),
    output: Math.log2(output),
    sequences: Math.log2(sequences),
    gpus: Math.log2(gpus),
    expertParallel: Math.log2(expertParallel),
  };
}
