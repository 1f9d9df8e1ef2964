import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cheapestBase, curveOf, flatCurve, hoursAbove, hoursUnused } from '#lib/targets/port/node-curve';

/** Two nodes in eight hours of every day, one in the others: the second is needed a third of the time. */
const DAY_AND_NIGHT = curveOf([
  { nodes: 2, hoursPerMonth: 730 / 3 },
  { nodes: 1, hoursPerMonth: (2 * 730) / 3 },
]);

const curves = fc
  .array(fc.integer({ min: 0, max: 20 }), { minLength: 24, maxLength: 24 })
  .map((counts) => curveOf(counts.map((nodes) => ({ nodes, hoursPerMonth: 730 / 24 }))));

describe('the base load of a commitment', () => {
  it('is all nodes where they are always needed, and none where the commitment is dearer than the hours', () => {
    expect(cheapestBase(flatCurve(3), 0.5, 1)).toEqual({ committedNodes: 3, mixedUsd: 3 * 0.5 * 730 });
    expect(cheapestBase(flatCurve(3), 1.5, 1).committedNodes).toBe(0);
  });

  it('commits to a node exactly if it is needed in a larger share of the hours than the commitment costs', () => {
    expect(cheapestBase(DAY_AND_NIGHT, 0.34, 1).committedNodes).toBe(1);
    expect(cheapestBase(DAY_AND_NIGHT, 0.33, 1).committedNodes).toBe(2);
  });

  it('is the best of every number of nodes, and so never costs more than all by the hour or all committed', () => {
    fc.assert(
      fc.property(curves, fc.double({ min: 0.1, max: 2, noNaN: true }), (curve, committed) => {
        const { mixedUsd } = cheapestBase(curve, committed, 1);
        const every = Array.from(
          { length: 21 },
          (_, base) => base * 730 * committed + hoursAbove(curve, base),
        );
        expect(mixedUsd).toBeCloseTo(Math.min(...every), 6);
        expect(mixedUsd).toBeLessThanOrEqual(20 * 730 * committed + 1e-6);
        expect(mixedUsd).toBeLessThanOrEqual(hoursAbove(curve, 0) + 1e-6);
      }),
    );
  });
});

describe('the hours of nodes', () => {
  it('are used, above the base, or unused below it: nothing is lost between', () => {
    fc.assert(
      fc.property(curves, fc.integer({ min: 0, max: 25 }), (curve, base) => {
        const [above, unused] = [hoursAbove(curve, base), hoursUnused(curve, base)];
        expect(unused).toBeGreaterThanOrEqual(0);
        expect(above + base * 730 - unused).toBeCloseTo(hoursAbove(curve, 0), 6);
      }),
    );
  });
});
