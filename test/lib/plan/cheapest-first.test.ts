import { array, assert, constantFrom, integer, property, record } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cheapestFirst, type Cost } from '#lib/plan/cheapest-first';

const CANDIDATES = array(
  record({
    bound: integer({ min: 0, max: 20 }),
    above: constantFrom(0, 1, 5, Number.POSITIVE_INFINITY),
    gpus: integer({ min: 1, max: 3 }),
  }),
).map((drawn) =>
  drawn.map(({ bound, above, gpus }, id) => ({
    id,
    least: { usdPerMonth: bound, gpus },
    rough: { usdPerMonth: bound + above, gpus },
  })),
);

const byCost = (a: Cost, b: Cost) =>
  a.usdPerMonth === b.usdPerMonth ? a.gpus - b.gpus : a.usdPerMonth - b.usdPerMonth;

describe('candidates, cheapest first', () => {
  it('come in the order of all rough costs', () => {
    assert(
      property(CANDIDATES, (candidates) => {
        const order = [
          ...cheapestFirst(
            candidates,
            ({ rough }) => rough,
            () => true,
          ),
        ];
        const sorted = candidates
          .toSorted((a, b) => byCost(a.least, b.least))
          .toSorted((a, b) => byCost(a.rough, b.rough));
        expect(order.map(({ rough }) => rough)).toEqual(sorted.map(({ rough }) => rough));
        expect(new Set(order).size).toBe(candidates.length);
      }),
    );
  });

  it('stop where the first one closes the others, whose rough costs nobody asks for', () => {
    const cost = (usdPerMonth: number): Cost => ({ usdPerMonth, gpus: 1 });
    const candidates = [
      { least: cost(1), rough: cost(4) },
      { least: cost(2), rough: cost(3) },
      { least: cost(5), rough: cost(6) },
    ];
    let best = Number.POSITIVE_INFINITY;
    const asked: number[] = [];
    const found: number[] = [];
    const roughCost = ({ rough }: { readonly rough: Cost }) => {
      asked.push(rough.usdPerMonth);
      return rough;
    };
    for (const { rough } of cheapestFirst(candidates, roughCost, ({ least }) => least.usdPerMonth <= best)) {
      found.push(rough.usdPerMonth);
      best = Math.min(best, rough.usdPerMonth);
    }
    expect({ asked, found }).toEqual({ asked: [4, 3], found: [3, 4] });
  });
});
