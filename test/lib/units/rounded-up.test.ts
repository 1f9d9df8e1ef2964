import { describe, expect, it } from 'vitest';
import { meanRoundedUp } from '#lib/units/rounded-up';

/** ∫ ⌈e^(μ + σz)⌉ φ(z) dz by a fine sum. */
function integrated(mean: number, variation: number): number {
  const sigma = Math.sqrt(Math.log(1 + variation ** 2));
  const mu = Math.log(mean) - sigma ** 2 / 2;
  const step = 1e-4;
  let sum = 0;
  for (let z = -9; z < 9; z += step) {
    sum += Math.ceil(Math.exp(mu + sigma * z)) * Math.exp(-(z ** 2) / 2) * step;
  }
  return sum / Math.sqrt(2 * Math.PI);
}

describe('the mean of lengths that are rounded up one by one', () => {
  it.each([
    [0.2, 0.5],
    [0.844, 1.1],
    [4.62, 1.2],
    [40, 0.8],
    [300, 2],
  ])('of %d with a variation of %d is that of the distribution', (mean, variation) => {
    expect(meanRoundedUp(mean, variation) / integrated(mean, variation)).toBeCloseTo(1, 4);
  });

  it('is at least one, and half a unit above the mean where lengths are long and spread', () => {
    expect(meanRoundedUp(0.01, 1)).toBeCloseTo(1, 3);
    expect(meanRoundedUp(1_000, 0.5)).toBeCloseTo(1_000.5, 2);
  });

  it('is the mean rounded up where nothing else is known, and nothing of nothing', () => {
    expect(meanRoundedUp(4.62, undefined)).toBe(5);
    expect(meanRoundedUp(0, 1)).toBe(0);
  });
});
