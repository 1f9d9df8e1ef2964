import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { LineItem } from '#lib/cost/estimate';
import { totalsOf } from '#lib/cost/totals';
import { billChange, heldToIncrease, type NamedBill } from '#lib/diff/bill-change';

/** A line of `quantity` at `unitPriceUsd`; without a price where that is `null`. */
function line(key: string, quantity: number, unitPriceUsd: number | null): LineItem {
  const monthlyUsd = unitPriceUsd === null ? null : quantity * unitPriceUsd;
  return {
    key,
    label: key,
    category: 'compute',
    tangible: true,
    quantity,
    unit: 'hour',
    unitPriceUsd,
    monthlyUsd,
    monthlyBandUsd: monthlyUsd === null ? null : { low: monthlyUsd, base: monthlyUsd, high: monthlyUsd },
    oneOffUsd: monthlyUsd === null ? null : 0,
    presentValueUsd: monthlyUsd,
    basis: '',
    source: null,
    resources: [key.replace(/\..*$/, '')],
    state: unitPriceUsd === null ? 'unpriced' : 'priced',
    derived: false,
    assumed: false,
  };
}

function bill(name: string, lines: readonly LineItem[]): NamedBill {
  const atLeast = lines.some(({ state }) => state === 'unpriced');
  return { name, estimate: { lines, totals: totalsOf(lines), atLeast, asOf: '2026-11-23' } };
}

/** Whole numbers, so that sums are exact. */
const LINES = fc
  .uniqueArray(
    fc.tuple(
      fc.constantFrom('a.x', 'a.y', 'b.x', 'c.x', 'd.y', 'e.z'),
      fc.nat(9),
      fc.option(fc.nat(9), { freq: 4 }),
    ),
    { selector: ([key]) => key },
  )
  .map((rows) => rows.map(([key, quantity, price]) => line(key, quantity, price)));

describe('the change of a bill', () => {
  it('adds up: of resources without open lines, the differences are that of the totals', () => {
    fc.assert(
      fc.property(LINES, LINES, (before, after) => {
        const change = billChange(bill('before', before), bill('after', after));
        const sum = change.resources.reduce((total, { deltaUsd }) => total + (deltaUsd ?? 0), 0);
        expect(change.isOpen ? change.deltaUsd : sum).toBe(change.deltaUsd);
        expect(change.because.quantityUsd + change.because.priceUsd).toBe(change.deltaUsd);
        const resources = new Set([...before, ...after].flatMap((each) => each.resources));
        expect(change.resources.length + change.unchanged).toBe(resources.size);
      }),
    );
  });

  it('back again is its negative, and a bill against itself is no change', () => {
    fc.assert(
      fc.property(LINES, LINES, (before, after) => {
        const [there, back] = [
          billChange(bill('before', before), bill('after', after)),
          billChange(bill('after', after), bill('before', before)),
        ];
        expect(back.deltaUsd + there.deltaUsd).toBe(0);
        expect(back.isOpen).toBe(there.isOpen);
        const same = billChange(bill('before', before), bill('before', before));
        expect([same.resources, same.deltaUsd, same.isOpen]).toEqual([[], 0, false]);
      }),
    );
  });

  it('tells what is bought from what a unit costs', () => {
    const change = billChange(bill('old', [line('a.x', 2, 5)]), bill('new', [line('a.x', 3, 7)]));
    expect(change.deltaUsd).toBe(11);
    expect(change.because).toEqual({ quantityUsd: 5, priceUsd: 6 });
  });

  it('without an amount is open, and never counts as 0', () => {
    const change = billChange(bill('old', [line('a.x', 2, null)]), bill('new', [line('a.x', 3, 7)]));
    expect(change.resources).toMatchObject([
      { address: 'a', change: 'changed', deltaUsd: null, isOpen: true },
    ]);
    expect(heldToIncrease(change, 100).state).toBe('within-so-far');
    expect(heldToIncrease(change, 20)).toEqual({ mostUsd: 20, overUsd: 1, state: 'over' });
  });
});
