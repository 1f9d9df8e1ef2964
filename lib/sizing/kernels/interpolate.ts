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
  // Each axis is looked at once, and not again from both neighbours along every axis before it.
  const cells: number[] = [];
  const shares: number[] = [];
  for (let axis = 0; axis < axes.length; axis += 1) {
    const coordinates = axes[axis] ?? [];
    const at = point[axis] ?? Number.NaN;
    const below = cellOf(coordinates, at);
    const low = coordinates[below] ?? 0;
    const high = coordinates[below + 1] ?? 0;
    cells.push(below);
    shares.push(Math.min(1, Math.max(0, (at - low) / (high - low))));
  }
  return along(values, { axes, cells, shares }, 0, 0);
}

interface Place {
  readonly axes: readonly (readonly number[])[];
  /** The point's cell of each axis, and its way through it, 0–1. */
  readonly cells: readonly number[];
  readonly shares: readonly number[];
}

function along(values: readonly number[], place: Place, axis: number, offset: number): number {
  const { axes, cells, shares } = place;
  const share = shares[axis] ?? Number.NaN;
  const next = offset * (axes[axis]?.length ?? 0) + (cells[axis] ?? 0);
  const isLast = axis === axes.length - 1;
  // Skipping a neighbour without weight halves the work at every clamped axis.
  if (share === 0 || share === 1) {
    const only = next + share;
    return isLast ? (values[only] ?? Number.NaN) : along(values, place, axis + 1, only);
  }
  const a = isLast ? (values[next] ?? Number.NaN) : along(values, place, axis + 1, next);
  const b = isLast ? (values[next + 1] ?? Number.NaN) : along(values, place, axis + 1, next + 1);
  return a + share * (b - a);
}

/** Index of the last coordinate at or below `at` that has a successor. */
function cellOf(coordinates: readonly number[], at: number): number {
  const last = coordinates.length - 2;
  let cell = 0;
  while (cell < last && (coordinates[cell + 1] ?? 0) <= at) cell += 1;
  return cell;
}
