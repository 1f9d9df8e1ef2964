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
  // Loops over one list instead of a function that calls itself: a sizing asks thousands of times, most of them before V8
  // optimises anything.
  const places = [0];
  const shares: number[] = [];
  for (let axis = 0; axis < axes.length; axis += 1) {
    const coordinates = axes[axis] ?? [];
    const at = point[axis] ?? Number.NaN;
    const cell = cellOf(coordinates, at);
    const low = coordinates[cell] ?? 0;
    const share = Math.min(1, Math.max(0, (at - low) / ((coordinates[cell + 1] ?? 0) - low)));
    // Skipping a neighbour without weight halves the work at every clamped axis.
    const isOne = share === 0 || share === 1;
    const first = isOne ? cell + share : cell;
    const count = places.length;
    for (let index = 0; index < count; index += 1) {
      const place = (places[index] ?? 0) * coordinates.length + first;
      places[index] = place;
      if (!isOne) places.push(place + 1);
    }
    if (!isOne) shares.push(share);
  }
  return between(places, shares, values);
}

/** Values at the corners of a cell, brought together along one axis after the other, the last first. */
function between(places: readonly number[], shares: readonly number[], values: readonly number[]): number {
  const found: number[] = [];
  for (const place of places) found.push(values[place] ?? Number.NaN);
  for (let axis = shares.length - 1; axis >= 0; axis -= 1) {
    // The upper neighbours along an axis stand behind all lower ones.
    const half = 2 ** axis;
    const share = shares[axis] ?? Number.NaN;
    for (let index = 0; index < half; index += 1) {
      const low = found[index] ?? Number.NaN;
      found[index] = low + share * ((found[index + half] ?? Number.NaN) - low);
    }
  }
  return found[0] ?? Number.NaN;
}

/** Index of the last coordinate at or below `at` that has a successor. */
function cellOf(coordinates: readonly number[], at: number): number {
  const last = coordinates.length - 2;
  let cell = 0;
  while (cell < last && (coordinates[cell + 1] ?? 0) <= at) cell += 1;
  return cell;
}
