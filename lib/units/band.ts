/** A figure with its doubt: `base` is the estimate, `low` and `high` bound it (the unit is in the field's name). */
export interface Band {
  readonly low: number;
  readonly base: number;
  readonly high: number;
}

/** A band without width. */
export function exactly(value: number): Band {
  return { low: value, base: value, high: value };
}

/** Sums bounds with bounds: the honest envelope when errors may move together. */
export function addBands(bands: readonly Band[]): Band {
  return bands.reduce(
    (sum, band) => ({ low: sum.low + band.low, base: sum.base + band.base, high: sum.high + band.high }),
    exactly(0),
  );
}

/** Multiplies by a figure that is known exactly. A negative factor swaps the bounds. */
export function scaleBand(band: Band, factor: number): Band {
  const [a, b] = [band.low * factor, band.high * factor];
  return { low: Math.min(a, b), base: band.base * factor, high: Math.max(a, b) };
}

/** Applies `change` to every figure; it must be increasing. */
export function mapBand(band: Band, change: (value: number) => number): Band {
  return { low: change(band.low), base: change(band.base), high: change(band.high) };
}
