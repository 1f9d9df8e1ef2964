import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { expectedFailures, sparesFor } from '#lib/facility/spares';

/** P(X ≤ k) of a binomial, by its own recurrence: what the Poisson stands in for. */
function binomialAtMost(k: number, n: number, p: number): number {
  let term = (1 - p) ** n;
  let sum = term;
  for (let i = 1; i <= k; i += 1) {
    term *= ((n - i + 1) / i) * (p / (1 - p));
    sum += term;
  }
  return sum;
}

describe('spares', () => {
  it('are the fewest whose Poisson chance reaches the share: 1.8 failures, 95 %, four', () => {
    const expected = expectedFailures(240, 0.091, 30);
    expect(expected).toBeCloseTo(1.795, 3);
    expect(sparesFor(expected, 0.95)).toBe(4);
  });

  it('are those of the exact binomial where parts are many and fail seldom', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 300, max: 3_000 }),
        fc.double({ min: 1e-4, max: 5e-3, noNaN: true }),
        (n, p) => {
          const spares = sparesFor(n * p, 0.95);
          expect(binomialAtMost(spares, n, p)).toBeGreaterThanOrEqual(0.949);
          expect(spares === 0 ? 0 : binomialAtMost(spares - 1, n, p)).toBeLessThan(0.951);
        },
      ),
    );
  });

  it('are never fewer for more failures or a higher share', () => {
    const mean = fc.double({ min: 0, max: 2_000, noNaN: true });
    fc.assert(
      fc.property(mean, mean, (one, other) => {
        const [few, many] = one < other ? [one, other] : [other, one];
        expect(sparesFor(many, 0.95)).toBeGreaterThanOrEqual(sparesFor(few, 0.95));
        expect(sparesFor(many, 0.99)).toBeGreaterThanOrEqual(sparesFor(many, 0.9));
      }),
    );
  });

  it('are none where nothing fails', () => expect(sparesFor(0, 0.99)).toBe(0));
});
