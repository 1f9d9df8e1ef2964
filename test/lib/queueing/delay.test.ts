import { assert, double, property } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { delayOf, normalShareBelow } from '#lib/queueing/delay';
import { lengthMoment, lengthPoints } from '#lib/queueing/lengths';

describe('delayOf', () => {
  it('has the quantiles of a lognormal excess over its shortest delay', () => {
    // ln X normal with mean 0 and standard deviation 0.5: mean e^(1/8), 95th percentile e^(0.5 × 1.6449).
    const excess = Math.exp(0.125);
    const delay = delayOf([
      { share: 1, least: 2, mean: 2 + excess, variance: excess ** 2 * (Math.exp(0.25) - 1) },
    ]);
    expect(delay.percentile(0.5)).toBeCloseTo(3, 5);
    expect(delay.percentile(0.95)).toBeCloseTo(2 + Math.exp(0.5 * 1.644_854), 5);
  });

  it('is the inverse of its own shares', () => {
    assert(
      property(double({ min: 0.01, max: 0.995, noNaN: true }), (share) => {
        const delay = delayOf([
          { share: 0.7, least: 0.1, mean: 0.3, variance: 0.01 },
          { share: 0.3, least: 0.1, mean: 2, variance: 4 },
        ]);
        expect(delay.shareWithin(delay.percentile(share))).toBeCloseTo(share, 6);
      }),
    );
  });

  it('ends where nothing can take longer', () => {
    const delay = delayOf([{ share: 1, least: 0, mean: 1, variance: 4 }], 1.5);
    expect(delay.percentile(0.99)).toBeCloseTo(1.5, 9);
  });
});

describe('normalShareBelow', () => {
  it.each([
    [-1.959_963_985, 0.025],
    [0, 0.5],
    [1.644_853_627, 0.95],
  ])('is the table value at %f', (z, share) => {
    expect(normalShareBelow(z)).toBeCloseTo(share, 6);
  });
});

describe('lengthPoints', () => {
  it('keeps mean and variance of the lengths they stand for', () => {
    const lengths = { mean: 211, variation: 0.8 };
    const points = lengthPoints(lengths);
    const moment = (order: number) =>
      points.reduce((sum, { tokens, share }) => sum + share * tokens ** order, 0);
    expect(moment(1) / lengthMoment(lengths, 1)).toBeCloseTo(1, 5);
    expect(moment(2) / lengthMoment(lengths, 2)).toBeCloseTo(1, 2);
  });
});
