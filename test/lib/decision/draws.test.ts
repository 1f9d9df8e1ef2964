import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { stratified } from '#lib/units/stratified';
import { triangular } from '#lib/units/triangular';
import { firstCrossing } from '#lib/decision/crossing';
import { uniformNumbers } from '#lib/units/random';

const band = fc
  .tuple(
    fc.double({ min: 0, max: 10, noNaN: true }),
    fc.double({ min: 0.01, max: 10, noNaN: true }),
    fc.double({ min: 0.01, max: 10, noNaN: true }),
  )
  .map(([low, down, up]) => ({ low, base: low + down, high: low + down + up }));

describe('draws', () => {
  it('fall once into each of the equal parts, in another order for another name', () => {
    const draws = stratified(1_000, 1, 'a');
    expect([...draws].map((share) => Math.floor(share * 1_000)).toSorted((a, b) => a - b)).toEqual(
      Array.from({ length: 1_000 }, (_, part) => part),
    );
    expect(stratified(1_000, 1, 'a')).toEqual(draws);
    expect(stratified(1_000, 1, 'b')).not.toEqual(draws);
    expect(stratified(1_000, 2, 'a')).not.toEqual(draws);
  });

  it('of two names are not correlated', () => {
    const [a, b] = [stratified(10_000, 1, 'a'), stratified(10_000, 1, 'b')];
    const covariance = a.reduce((sum, share, at) => sum + (share - 0.5) * ((b[at] ?? 0) - 0.5), 0) / 10_000;
    expect(Math.abs(covariance * 12)).toBeLessThan(0.04);
  });

  it('come from uniform numbers whose mean and variance are those of [0, 1)', () => {
    const next = uniformNumbers(42);
    const numbers = Array.from({ length: 100_000 }, () => next());
    const mean = numbers.reduce((sum, one) => sum + one, 0) / numbers.length;
    const variance = numbers.reduce((sum, one) => sum + (one - mean) ** 2, 0) / numbers.length;
    expect(mean).toBeCloseTo(0.5, 2);
    expect(variance).toBeCloseTo(1 / 12, 2);
    expect(numbers.every((one) => one >= 0 && one < 1)).toBe(true);
  });

  it('of a triangle have its mean and its variance', () => {
    fc.assert(
      fc.property(band, ({ low, base, high }) => {
        const values = Array.from({ length: 4_000 }, (_, at) =>
          triangular({ low, base, high }, (at + 0.5) / 4_000),
        );
        const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
        const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
        const expected = (low ** 2 + base ** 2 + high ** 2 - low * base - low * high - base * high) / 18;
        expect(mean).toBeCloseTo((low + base + high) / 3, 2);
        expect(variance / expected).toBeCloseTo(1, 1);
      }),
      { numRuns: 50 },
    );
  });

  it('of a band without width are its base', () => {
    expect(triangular({ low: 2, base: 2, high: 2 }, 0.7)).toBe(2);
  });
});

describe('a crossing', () => {
  it('of a line is where it is zero, from either side', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.01, max: 0.99, noNaN: true }), (zero) => {
        expect(firstCrossing((value) => value - zero, 0, 1)).toBeCloseTo(zero, 9);
        expect(firstCrossing((value) => zero - value, 1, 0)).toBeCloseTo(zero, 9);
      }),
    );
  });

  it('that is not there is null', () => {
    expect(firstCrossing(() => -1, 0, 1)).toBeNull();
  });
});
