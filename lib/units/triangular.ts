import type { Band } from '#lib/units/band';

export interface Moments {
  readonly mean: number;
  readonly deviation: number;
}

/** Mean and standard deviation of a triangular distribution over a band, `base` being the likeliest. */
export function triangularMoments({ low, base, high }: Band): Moments {
  const squares = low ** 2 + base ** 2 + high ** 2 - low * base - low * high - base * high;
  return { mean: (low + base + high) / 3, deviation: Math.sqrt(Math.max(0, squares) / 18) };
}

/** Share of a triangular distribution below a value. */
export function triangularShare({ low, base, high }: Band, value: number): number {
  if (value <= low) return 0;
  if (value >= high) return 1;
  return value < base
    ? (value - low) ** 2 / ((high - low) * (base - low))
    : 1 - (high - value) ** 2 / ((high - low) * (high - base));
}

export interface ValueShare {
  readonly value: number;
  readonly share: number;
}

/** The whole numbers of a band with their shares, when what is drawn from it is rounded. Far more than a fleet has. */
export function wholeShares(band: Band): readonly ValueShare[] {
  const count = Math.round(band.high) - Math.round(band.low) + 1;
  return Array.from({ length: count }, (_, index) => {
    const value = Math.round(band.low) + index;
    return { value, share: triangularShare(band, value + 0.5) - triangularShare(band, value - 0.5) };
  });
}

export function momentsOf(values: readonly ValueShare[]): Moments {
  const mean = values.reduce((sum, { value, share }) => sum + value * share, 0);
  const variance = values.reduce((sum, { value, share }) => sum + share * (value - mean) ** 2, 0);
  return { mean, deviation: Math.sqrt(variance) };
}
