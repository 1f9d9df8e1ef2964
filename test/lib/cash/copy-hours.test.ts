import { describe, expect, it } from 'vitest';
import { billedCopyHours, billedShare } from '#lib/cash/copy-hours';
import { unitCash } from '#lib/cash/unit-cash';
import type { LineContext } from '#lib/cash/line-context';
import type { UsagePurchase } from '#lib/catalog/purchase';

/** Uniform numbers of a linear congruential generator: the same on every machine. */
function numbers(seed: number): () => number {
  let state = seed;
  return () => (state = (state * 1_664_525 + 1_013_904_223) % 2 ** 32) / 2 ** 32;
}

/** Windows of one unit of time counted one by one, as the service describes them, over random arrivals. */
function countedShare(requestsPerWindow: number, windows: number): number {
  const next = numbers(7);
  let [arrival, billed, windowEnd] = [0, 0, 0];
  const wait = () => -Math.log(1 - next()) / requestsPerWindow;
  arrival = wait();
  while (arrival < windows) {
    windowEnd = arrival + 1;
    billed += 1;
    let isActive = true;
    while (isActive) {
      isActive = false;
      while (arrival < windowEnd) arrival += wait();
      // A request in the window that follows makes it active; without one the copy sleeps from its end on.
      if (arrival < windowEnd + 1) {
        isActive = true;
        billed += 1;
        windowEnd += 1;
      }
    }
  }
  return billed / windows;
}

const context: LineContext = {
  prices: {
    price: () => {
      throw new Error('no price is asked for');
    },
    listed: () => [],
    assumption: () => {
      throw new Error('no assumption is asked for');
    },
  },
  horizonMonths: 12,
  discountRatePerYear: 0,
  growthPerMonth: 0,
};

const copies = (inCopies: UsagePurchase['inCopies']): UsagePurchase => ({
  kind: 'usage',
  key: 'a.b',
  label: 'copies',
  category: 'models',
  basis: 'test',
  resources: [],
  quantityPerMonth: 1,
  price: { seller: 'aws', service: 's', sku: 'k', region: 'r', term: 'on-demand', unit: 'CMU-minute' },
  ...(inCopies === undefined ? {} : { inCopies }),
});

describe('billed windows', () => {
  it.each([0.05, 0.3, 1, 3])('are as many as a count of them finds, at %s requests a window', (rate) => {
    expect(billedShare(rate)).toBeCloseTo(countedShare(rate, 200_000), 2);
  });

  it('are none without requests, one for each rare request, and all where requests never stop', () => {
    expect(billedShare(0)).toBe(0);
    expect(billedShare(0.001) / 0.001).toBeCloseTo(1, 2);
    expect(billedShare(20)).toBeCloseTo(1, 6);
  });

  it('are paid for every whole copy, never for a part of one', () => {
    const busy = { hoursPerMonth: 100, requestsPerWindow: 1000 };
    expect(billedCopyHours([{ ...busy, copies: 0.1 }])).toBeCloseTo(100, 6);
    expect(billedCopyHours([{ ...busy, copies: 2.1 }])).toBeCloseTo(300, 6);
    expect(billedCopyHours([{ ...busy, copies: 2.1 }], 2)).toBeCloseTo(500, 6);
    expect(billedCopyHours([{ ...busy, copies: 3 }], 1 + 1e-12)).toBeCloseTo(300, 6);
  });
});

describe('the cash of copies', () => {
  const busy = [{ hoursPerMonth: 730, copies: 0.4, requestsPerWindow: 1000 }];

  it('stays while one copy is enough, where what is paid by the token grows from the first month', () => {
    const growing = { ...context, growthPerMonth: 0.1 };
    const cash = unitCash(copies(busy), growing, 'base');
    // 1.1^9 = 2.36, 1.1^10 = 2.59: beyond 2.5 the load takes a second copy.
    expect(cash.slice(1).map((usd) => Math.round(usd * 1e6) / 1e6)).toEqual([
      1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 2, 2,
    ]);
    expect(unitCash(copies(undefined), growing, 'base')[12]).toBeCloseTo(1.1 ** 11, 9);
  });

  it('follows another traffic in whole copies too', () => {
    expect(unitCash(copies(busy), { ...context, volume: 2 }, 'base')[1]).toBeCloseTo(1, 6);
    expect(unitCash(copies(busy), { ...context, volume: 3 }, 'base')[1]).toBeCloseTo(2, 6);
  });

  it('is nothing where nobody asks', () => {
    expect(unitCash(copies([]), context, 'base')).toEqual(Array.from({ length: 13 }, () => 0));
  });
});
