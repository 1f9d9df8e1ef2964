import type { CorrectedGroup, Corrections, Similarity } from '#lib/catalog/calibration';
import { solveSymmetric } from '#lib/fitting/solve';
import { likenessOf, type Kin, type StoredRun } from '#lib/sizing/corrections/kin';
import {
  alike,
  atDistance,
  kinshipOf,
  priorVariance,
  type Alike,
  type Kinship,
  type RunTraits,
} from '#lib/sizing/corrections/similarity';

/** Runs that decide how much of the variance at a point is explained: the nearest say nearly all. */
const NEAREST = 12;

interface Near {
  readonly group: CorrectedGroup;
  readonly run: StoredRun;
  /** Covariance with the point. */
  readonly shared: number;
  /** Place among all runs of the kin: of equals the earlier one is nearer. */
  readonly place: number;
}

/** Share of the variance at a point that the runs nearest to it leave unexplained, 0–1. */
export function unexplained(
  point: RunTraits,
  kin: readonly Kin[],
  { similarity, noise }: Pick<Corrections, 'similarity' | 'noise'>,
): number {
  const near = nearest(point, kin, similarity);
  if (near.length === 0) return 1;
  const known = pairsOf(similarity);
  const matrix: number[][] = [];
  for (const [row, a] of near.entries()) {
    // It is the same seen from either run.
    const before = matrix.map((other) => other[row] ?? 0);
    const rest = near.slice(row).map((b) => covarianceOf(a, b, similarity, known));
    matrix.push([...before, (rest[0] ?? 0) + noise.throughput ** 2, ...rest.slice(1)]);
  }
  const right = near.map(({ shared }) => shared);
  const solved = solveSymmetric(matrix, right);
  const explained = solved.reduce((sum, value, index) => sum + value * (right[index] ?? 0), 0);
  return Math.min(1, Math.max(0, 1 - explained / priorVariance(similarity)));
}

/**
 * Those that share most, in descending order. Groups that may share most are asked first: what no distance could make
 * nearer than the farthest of twelve is passed over.
 */
function nearest(point: RunTraits, kin: readonly Kin[], similarity: Similarity): readonly Near[] {
  const near: Near[] = [];
  for (const { one, most, first } of byMost(kin)) {
    if (isFarther(most, near)) break;
    for (const [index, run] of one.runs.entries()) {
      const likeness = ofMostVersions(likenessOf(point, one, run, similarity), one);
      if (isFarther(sumOf(likeness), near)) continue;
      const shared = atDistance(likeness, point.sequences - run.sequences, similarity);
      insert({ group: one.group, run, shared, place: first + index }, near);
    }
  }
  return near;
}

interface Ordered {
  readonly one: Kin;
  /** What its runs share with the point at no distance. */
  readonly most: number;
  /** Place of its first run. */
  readonly first: number;
}

const ORDERED = new WeakMap<readonly Kin[], readonly Ordered[]>();

function byMost(kin: readonly Kin[]): readonly Ordered[] {
  let ordered = ORDERED.get(kin);
  if (ordered === undefined) {
    let first = 0;
    ordered = kin
      .map((one) => {
        const entry = { one, most: sumOf(ofMostVersions(one.kinship, one)), first };
        first += one.runs.length;
        return entry;
      })
      .toSorted((a, b) => b.most - a.most);
    ORDERED.set(kin, ordered);
  }
  return ordered;
}

/** Equals may still come earlier. */
function isFarther(most: number, near: readonly Near[]): boolean {
  const last = near[NEAREST - 1];
  return last !== undefined && most < last.shared;
}

function insert(run: Near, near: Near[]): void {
  const last = near[NEAREST - 1];
  if (last !== undefined && !isNearer(run, last)) return;
  if (last !== undefined) near.pop();
  let place = near.length;
  for (let before = near[place - 1]; before !== undefined && isNearer(run, before); before = near[place - 1])
    place -= 1;
  near.splice(place, 0, run);
}

function isNearer(a: Near, b: Near): boolean {
  return a.shared > b.shared || (a.shared === b.shared && a.place < b.place);
}

/** In the order in which {@link atDistance} adds: no rounding makes it less than the covariance. */
function sumOf({ cell, shared, release, version, constant }: Alike): number {
  return constant + cell + shared + (release + version);
}

/** What a point and a run share where the version is as most are: by the throughput, as bands have it. */
function ofMostVersions(likeness: Alike | Kinship, { shares: { release } }: Kin): Alike {
  const [share = 1] = release;
  if (share === 1) return likeness;
  return { ...likeness, release: likeness.release * share, version: likeness.version * share };
}

/** Covariances of measured runs, by the two. */
type Pairs = WeakMap<StoredRun, Map<StoredRun, number>>;

const PAIRS = new WeakMap<Similarity, { pairs: Pairs; count: number }>();
/** Of them kept: 20 MB. Neighbours of a point are those of the next. */
const MOST_PAIRS = 200_000;

function pairsOf(similarity: Similarity): { pairs: Pairs; count: number } {
  let known = PAIRS.get(similarity);
  if (known === undefined) PAIRS.set(similarity, (known = { pairs: new WeakMap(), count: 0 }));
  if (known.count > MOST_PAIRS) [known.pairs, known.count] = [new WeakMap(), 0];
  return known;
}

function covarianceOf(
  a: Near,
  b: Near,
  similarity: Similarity,
  known: { pairs: Pairs; count: number },
): number {
  let ofA = known.pairs.get(a.run);
  if (ofA === undefined) known.pairs.set(a.run, (ofA = new Map()));
  let found = ofA.get(b.run);
  if (found === undefined) {
    const likeness = alike(kinshipOf(a.group, b.group, similarity), a.run, b.run, similarity);
    found = atDistance(likeness, a.run.sequences - b.run.sequences, similarity);
    ofA.set(b.run, found);
    known.count += 1;
  }
  return found;
}
