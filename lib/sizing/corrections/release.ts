import type { Corrections, CorrectedGroup, RunGroup } from '#lib/catalog/calibration';
import { isCellOf, UNSTATED_RELEASE, type RunTraits } from '#lib/sizing/corrections/similarity';

/** A run of an unstated release may be of any where all measured runs of its kind state theirs. */
export function ofKnownRelease<Point extends RunGroup>(point: Point, groups: Corrections['groups']): Point {
  if (point.engineVersion !== UNSTATED_RELEASE) return point;
  const isMeasured = groups.some(
    (group) => group.engineVersion === UNSTATED_RELEASE && isCellOf(point, group),
  );
  return isMeasured ? point : { ...point, engineVersion: '' };
}

/** A point that names no version is told the mean of what all say, each by its share of the runs. */
export function shareOfVersion(
  point: RunTraits,
  group: CorrectedGroup,
  groups: Corrections['groups'],
): number {
  if (point.engineVersion !== '') return 1;
  const known = groups.filter((each) => each.engineVersion !== '' && isCellOf(point, each));
  const runs = known.reduce((sum, each) => sum + each.runs.length, 0);
  return runs === 0 ? 0 : group.runs.length / runs;
}
