import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { leastSum } from '#lib/portfolio/splits/least-sum';

/** Steps that only go up, and by their sums a cost for every cut from 1 on. */
const rising = fc
  .array(fc.integer({ min: 0, max: 50 }), { minLength: 1, maxLength: 40 })
  .map((steps) => steps.map((_, index) => steps.slice(0, index + 1).reduce((sum, step) => sum + step, 0)));

describe('the cheapest cut', () => {
  it('is the one that asking for every cut finds', () => {
    fc.assert(
      fc.property(rising, rising, fc.integer({ min: 0, max: 3_000 }), (below, above, lessThan) => {
        const last = Math.min(below.length, above.length);
        const falling = above.slice(0, last).toReversed();
        const sums = Array.from({ length: last }, (_, index) => (below[index] ?? 0) + (falling[index] ?? 0));
        const least = Math.min(...sums);
        const found = leastSum({
          last,
          below: (cut) => below[cut - 1] ?? Infinity,
          above: (cut) => falling[cut - 1] ?? Infinity,
          lessThan,
        });
        expect(found?.cost ?? null).toBe(least < lessThan ? least : null);
      }),
      { numRuns: 500 },
    );
  });

  it('moves up, if at all, where what is above becomes dearer', () => {
    fc.assert(
      fc.property(rising, rising, fc.integer({ min: 1, max: 5 }), (below, above, times) => {
        const last = Math.min(below.length, above.length);
        const falling = above.slice(0, last).toReversed();
        const cutAt = (price: number) =>
          leastSum({
            last,
            below: (cut) => below[cut - 1] ?? Infinity,
            above: (cut) => price * (falling[cut - 1] ?? Infinity),
            lessThan: Infinity,
          });
        const [cheap, dear] = [cutAt(1), cutAt(times)];
        const sumAt = (cut: number, price: number) => (below[cut - 1] ?? 0) + price * (falling[cut - 1] ?? 0);
        // Of equal sums any cut may be named: none below the cheap one's is better where the price is higher.
        const lower = Array.from({ length: (cheap?.cut ?? 1) - 1 }, (_, index) => sumAt(index + 1, times));
        expect(Math.min(Infinity, ...lower)).toBeGreaterThanOrEqual(dear?.cost ?? 0);
      }),
      { numRuns: 200 },
    );
  });

  it('asks for few of a thousand cuts', () => {
    let asked = 0;
    const found = leastSum({
      last: 1_000,
      below: (cut) => {
        asked += 1;
        return 10 * cut;
      },
      above: (cut) => 0.01 * (1_000 - cut) ** 2,
      lessThan: Infinity,
    });
    expect(found).toEqual({ cut: 500, cost: 7_500 });
    expect(asked).toBeLessThan(250);
  });
});
