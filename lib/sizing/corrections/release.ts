import { CORRECTED, type Corrections, type CorrectedGroup, type RunGroup } from '#lib/catalog/calibration';
import { isCellOf, UNSTATED_RELEASE, type RunTraits } from '#lib/sizing/corrections/similarity';

/** A run of an unstated release may be of any where all measured runs of its kind state theirs. */
export function ofKnownRelease<Point extends RunGroup>(point: Point, groups: Corrections['groups']): Point {
  if (point.engineVersion !== UNSTATED_RELEASE) return point;
  const isMeasured = groups.some(
    (group) => group.engineVersion === UNSTATED_RELEASE && isCellOf(point, group),
  );
  return isMeasured ? point : { ...point, engineVersion: '' };
}

/** Of each quantity. */
export type VersionShares = readonly number[];

const WHOLE: VersionShares = CORRECTED.map(() => 1);
const NOTHING: VersionShares = CORRECTED.map(() => 0);

/**
 * How much of what a version says a point is told. One that names no version is told the mean of what those say that its
 * kind was measured under, each by its share of the runs over its variance: a version far off all others hardly counts.
 */
export function versionShares(
  point: RunTraits,
  groups: Corrections['groups'],
): (version: string) => VersionShares {
  if (point.engineVersion !== '') return () => WHOLE;
  const known = groups.filter((each) => each.engineVersion !== '' && isCellOf(point, each));
  const sums = CORRECTED.map((_, index) => known.reduce((sum, each) => sum + trustIn(each, index), 0));
  const shares = new Map(
    known.map((each) => [each.engineVersion, sums.map((sum, index) => trustIn(each, index) / sum)]),
  );
  return (version) => shares.get(version) ?? NOTHING;
}

function trustIn({ runs, versionVariances }: CorrectedGroup, quantity: number): number {
  return runs.length / (versionVariances?.[quantity] ?? 1);
}
