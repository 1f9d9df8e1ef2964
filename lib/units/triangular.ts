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

/** The value below which a share of a triangular distribution lies: from `low` to `high`, most likely at `base`. */
export function triangular({ low, base, high }: Band, share: number): number {
  const width = high - low;
  if (width <= 0) return base;
  const atBase = (base - low) / width;
  return share < atBase
    ? low + Math.sqrt(share * width * (base - low))
    : high - Math.sqrt((1 - share) * width * (high - base));
}
