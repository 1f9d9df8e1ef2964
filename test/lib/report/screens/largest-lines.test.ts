import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import type { LineItem } from '#lib/cost/estimate';
import { largestLines } from '#lib/report/screens/largest-lines';

const AMOUNTS = fc.array(fc.constantFrom(null, -3, -0.5, 0, 1, 2, 140.16), { maxLength: 40 });

function lineOf(monthlyUsd: number | null, index: number): LineItem {
  return {
    key: `line-${index}`,
    label: 'a line',
    category: 'compute',
    tangible: true,
    quantity: 1,
    unit: 'hour',
    unitPriceUsd: null,
    monthlyUsd,
    monthlyBandUsd: null,
    oneOffUsd: null,
    presentValueUsd: null,
    basis: 'made up',
    source: null,
    resources: [],
    state: 'priced',
    derived: false,
    assumed: false,
  };
}

describe('the lines that cost most', () => {
  it('are the first of all lines sorted, equal ones in their order', () => {
    fc.assert(
      fc.property(AMOUNTS, fc.nat(45), (amounts, most) => {
        const lines = amounts.map(lineOf);
        const sorted = lines.toSorted((a, b) => (b.monthlyUsd ?? -1) - (a.monthlyUsd ?? -1));
        expect(largestLines(lines, most)).toEqual(sorted.slice(0, most));
      }),
    );
  });
});
