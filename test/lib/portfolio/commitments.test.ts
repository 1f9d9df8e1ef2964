import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cheapestBase } from '#lib/portfolio/commitments';
import { KINDS_OF_HOUR } from '#lib/plan/week';

describe('the base load of a commitment', () => {
  it('is all nodes where they are always needed, and none where the commitment is dearer than the hours', () => {
    const always = Array.from({ length: KINDS_OF_HOUR }, () => 3);
    expect(cheapestBase(always, 0.5, 1)).toMatchObject({ committedNodes: 3, mixedUsd: 3 * 0.5 * 730 });
    expect(cheapestBase(always, 1.5, 1).committedNodes).toBe(0);
  });

  it('commits to a node exactly if it is needed in a larger share of the hours than the commitment costs', () => {
    // Two nodes in eight hours of every day, one in the others: the second is needed a third of the time.
    const nodes = Array.from({ length: KINDS_OF_HOUR }, (_, kind) => (kind % 24 < 8 ? 2 : 1));
    expect(cheapestBase(nodes, 0.34, 1).committedNodes).toBe(1);
    expect(cheapestBase(nodes, 0.33, 1).committedNodes).toBe(2);
  });

  it('never costs more than all nodes by the hour or all committed', () => {
    const load = fc.array(fc.integer({ min: 0, max: 20 }), {
      minLength: KINDS_OF_HOUR,
      maxLength: KINDS_OF_HOUR,
    });
    fc.assert(
      fc.property(load, fc.double({ min: 0.1, max: 2, noNaN: true }), (nodes, committed) => {
        const { mixedUsd } = cheapestBase(nodes, committed, 1);
        const most = Math.max(...nodes);
        expect(mixedUsd).toBeLessThanOrEqual(most * 730 + 1e-6);
        expect(mixedUsd).toBeLessThanOrEqual(most * 730 * committed + 1e-6);
      }),
    );
  });
});
