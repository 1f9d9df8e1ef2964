import { describe, expect, it } from 'vitest';
import { variationOf } from '#lib/plan/sizing/length-variation';

/** A lognormal length with mean 1,000 and a standard deviation of its logarithm of 0.8. */
const LOGNORMAL = {
  mean: 1000,
  p50: 1000 * Math.exp(-0.32),
  p95: 1000 * Math.exp(0.8 * 1.644_853_627 - 0.32),
} as const;
const VARIATION = Math.sqrt(Math.exp(0.64) - 1);

describe('variationOf', () => {
  it('is what was stated', () => {
    expect(variationOf({ ...LOGNORMAL, variation: 0.3 })).toBe(0.3);
  });

  it.each([['p50'], ['p95']] as const)('follows from the mean and %s alone', (known) => {
    expect(variationOf({ mean: LOGNORMAL.mean, [known]: LOGNORMAL[known] })).toBeCloseTo(VARIATION, 9);
  });

  it('lies between the two where median and 95th percentile disagree', () => {
    // Azure LLM inference trace 2023, conversation: the prompts have 0.96 by their file.
    const both = { mean: 1155, p50: 1020, p95: 4083 };
    const [byMedian, byTail] = [
      variationOf({ mean: 1155, p50: 1020 }),
      variationOf({ mean: 1155, p95: 4083 }),
    ];
    expect(variationOf(both)).toBeGreaterThan(byMedian ?? Infinity);
    expect(variationOf(both)).toBeLessThan(byTail ?? 0);
  });

  it('is unknown where only the mean is, and 0 where nothing spreads', () => {
    expect(variationOf({ mean: 1000 })).toBeUndefined();
    expect(variationOf({ mean: 1000, p50: 1000, p95: 1000 })).toBe(0);
  });
});
