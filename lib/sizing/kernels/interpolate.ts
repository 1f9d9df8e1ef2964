/**
 * The value of a grid at a point: linear between the neighbours along every axis, held at the ends and never
 * extrapolated.
 *
 * @param values - Row-major, the last axis runs fastest
 * @param axes - Ascending coordinates of each axis, two or more
 */
export function interpolate(
  values: readonly number[],
  axes: readonly (readonly number[])[],
  point: readonly number[],
): number {
  return along(values, axes, point, 0, 0);
}

function along(
  values: readonly number[],
  axes: readonly (readonly number[])[],
  point: readonly number[],
  axis: number,
  offset: number,
): number {
  const coordinates = axes[axis];
  if (coordinates === undefined) return values[offset] ?? Number.NaN;
  const at = point[axis] ?? Number.NaN;
  const below = cellOf(coordinates, at);
  const low = coordinates[below] ?? 0;
  const high = coordinates[below + 1] ?? 0;
  const share = Math.min(1, Math.max(0, (at - low) / (high - low)));
  const next = offset * coordinates.length + below;
  // Skipping a neighbour without weight halves the work at every clamped axis.
  if (share === 0) return along(values, axes, point, axis + 1, next);
  if (share === 1) return along(values, axes, point, axis + 1, next + 1);
  const a = along(values, axes, point, axis + 1, next);
  return a + share * (along(values, axes, point, axis + 1, next + 1) - a);
}

/** Index of the last coordinate at or below `at` that has a successor. */
function cellOf(coordinates: readonly number[], at: number): number {
  const last = coordinates.length - 2;
  let cell = 0;
  while (cell < last && (coordinates[cell + 1] ?? 0) <= at) cell += 1;
  return cell;
}
