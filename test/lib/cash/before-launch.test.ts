import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { prepaidCash } from '#lib/cash/cash-flow';
import { estimateFromPlan } from '#lib/cost/from-plan';
import type { CapitalPurchase } from '#lib/catalog/purchase';
import { bookOf, capital, financeOf, planOf } from '../../_support/bill-builders';

const asOf = '2026-11-23';
const LEAD = 'lead-time.building.days';
const building: CapitalPurchase = {
  ...(capital('building', 1, 'none', 180) as CapitalPurchase),
  paidBefore: LEAD,
};
const bill = (discountRatePerYear: number, days: number, bought = building) =>
  estimateFromPlan(planOf([bought]), {
    prices: bookOf({ building: 100_000 }, { [LEAD]: { low: 0, base: days, high: 2 * days } }),
    finance: financeOf({ discountRatePerYear }),
    asOf,
  });

describe('money that is out before the launch', () => {
  it('is worth at the launch what it would have earned until then', () => {
    // 100,000 × 1.09^(730 ÷ 365)
    expect(bill(0.09, 730).totals.presentValueUsd).toBeCloseTo(118_810, 2);
    expect(bill(0.09, 730).lines[0]?.monthlyBandUsd?.low).toBeCloseTo(
      bill(0.09, 0).lines[0]?.monthlyUsd ?? 0,
      6,
    );
  });

  it('is paid once, and said with its time', () => {
    const { cash, lines } = bill(0.09, 730);
    expect(cash.monthZeroUsd).toBe(100_000);
    expect(cash.peakUsd).toBe(100_000);
    expect(cash.beforeLaunch).toEqual([{ days: 730, usd: 100_000 }]);
    expect(lines[0]?.oneOffUsd).toBe(100_000);
    expect(lines[0]?.basis).toContain('paid 730 days before the launch (lead-time.building.days)');
  });

  it('is what would be paid at the launch where money costs nothing', () => {
    expect(bill(0, 730).totals.presentValueUsd).toBe(100_000);
  });

  it('never costs less for being out longer', () => {
    const days = fc.integer({ min: 0, max: 2_000 });
    fc.assert(
      fc.property(days, days, fc.double({ min: 0, max: 0.4, noNaN: true }), (one, other, rate) => {
        const worth = (lead: number) => bill(rate, lead).totals.presentValueUsd;
        expect(worth(Math.max(one, other))).toBeGreaterThanOrEqual(worth(Math.min(one, other)));
      }),
      { seed: 7, numRuns: 50 },
    );
  });
});

describe('the advance of a lease that the horizon cuts', () => {
  // 36 months, a quarter in advance; after 12 months half of the 24 months' rent is owed, in another line.
  it('is paid whole at the start', () => {
    const cash = prepaidCash(12, 36, 0.25, undefined, 0.25);
    expect(cash[0]).toBe(9);
    expect(cash[1]).toBe(0.75);
  });

  it('counts towards what leaving costs, so that both add up to the rent used and the share owed', () => {
    const paid = prepaidCash(12, 36, 0.25, undefined, 0.25).reduce((sum, usd) => sum + usd, 0);
    expect(paid + 0.5 * 24).toBeCloseTo(12 + 0.5 * 24, 9);
  });

  it('is lost beyond that share', () => {
    const paid = prepaidCash(12, 36, 0.5, undefined, 0.25).reduce((sum, usd) => sum + usd, 0);
    expect(paid + 0.25 * 24).toBeCloseTo(12 + 0.5 * 24, 9);
  });
});
