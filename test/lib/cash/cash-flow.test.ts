import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { endCash, monthlyCash, onceCash, prepaidCash, renewedCash, trafficCash } from '#lib/cash/cash-flow';
import { cashFlowOf } from '#lib/cost/cash-need';
import { estimateFromPlan } from '#lib/cost/from-plan';
import { annuityFactor, presentValue } from '#lib/cash/present-value';
import { peakMultiple, trafficMultiple } from '#lib/cash/traffic-path';
import { assumed, bookOf, capital, financeOf, monthly, planOf, usage } from '../../_support/bill-builders';

const horizon = fc.integer({ min: 1, max: 120 });
const term = fc.integer({ min: 1, max: 48 });
const share = fc.double({ min: 0, max: 1, noNaN: true });
const asOf = '2026-11-23';
const sum = (cash: readonly number[]) => cash.reduce((total, usd) => total + usd, 0);

describe('patterns of cash', () => {
  it('pay the same nominal sum whatever share is due in advance, and that of what a first term leaves', () => {
    fc.assert(
      fc.property(horizon, term, share, (months, termMonths, upfront) => {
        const left = upfront * Math.max(0, termMonths - months);
        expect(sum(prepaidCash(months, termMonths, upfront))).toBeCloseTo(sum(monthlyCash(months)) + left, 6);
      }),
    );
  });

  it('cost more in present value the more of a contract is due in advance', () => {
    fc.assert(
      fc.property(horizon, term, share, share, (months, termMonths, one, other) => {
        const worth = (upfront: number) => presentValue(prepaidCash(months, termMonths, upfront), 0.09);
        expect(worth(Math.max(one, other))).toBeGreaterThanOrEqual(worth(Math.min(one, other)) - 1e-9);
      }),
    );
  });

  it('prepay a quarter of 36 months as nine months in month 0', () => {
    expect(prepaidCash(36, 36, 0.25).slice(0, 2)).toEqual([9, 0.75]);
  });

  it('prepay a last term only for the months that are left', () => {
    expect(prepaidCash(5, 3, 1)).toEqual([3, 0, 0, 2, 0, 0]);
  });

  it('take each later term at its own price', () => {
    // Terms of two months at 100, 50 and 25, the last one month long; half of each in advance.
    expect(prepaidCash(5, 2, 0.5, undefined, 0, 0.5)).toEqual([1, 0.5, 1, 0.25, 0.375, 0.125]);
  });

  it('of added machines renew by their own terms', () => {
    const tranches = [
      { month: 0, share: 1 },
      { month: 1, share: 2 },
    ];
    // Months 1 and 2 at 1, then 0.9; from month 2 on twice as many more, at 0.9 from month 4 on.
    expect(prepaidCash(4, 2, 0, tranches, 0, 0.9)).toEqual(
      [0, 1, 3, 0.9 + 2, 0.9 + 1.8].map((usd) => expect.closeTo(usd, 12) as number),
    );
  });

  it('pay the nominal sum of their terms, each at its price', () => {
    const ratio = fc.double({ min: 0.3, max: 2, noNaN: true });
    fc.assert(
      fc.property(horizon, term, share, ratio, (months, termMonths, upfront, renewal) => {
        const prices = Array.from(
          { length: months },
          (_, month) => renewal ** Math.floor(month / termMonths),
        );
        const left = upfront * Math.max(0, termMonths - months);
        const paid = sum(prepaidCash(months, termMonths, upfront, undefined, 0, renewal));
        expect(paid / (sum(prices) + left)).toBeCloseTo(1, 9);
      }),
    );
  });

  it('renew before the horizon and never at it', () => {
    expect(renewedCash(24, 12)).toEqual(
      monthlyCash(24).map((_, month) => (month === 0 || month === 12 ? 1 : 0)),
    );
  });

  it('fall at one end each when paid once or at the end', () => {
    expect(onceCash(3)).toEqual([1, 0, 0, 0]);
    expect(endCash(3)).toEqual([0, 0, 0, 1]);
  });
});

describe('traffic over the months', () => {
  const path = {
    growthPerMonth: 0.03,
    ramp: { months: 6, startShare: 0.1 },
    seasonality: [1, 1, 1, 1, 0.9, 0.9, 0.8, 0.8, 1, 1.2, 1.2, 1.2],
  };

  it('multiplies growth, ramp and season', () => {
    expect(trafficMultiple(path, 5)).toBeCloseTo(1.03 ** 4 * (0.1 + (0.9 * 4) / 6) * 0.9, 12);
    expect(trafficMultiple(path, 17)).toBeCloseTo(1.03 ** 16 * 0.9, 12);
  });

  it('never exceeds the peak that the fleet is sized for', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 60 }), (through) => {
        for (let month = 1; month <= through; month += 1) {
          expect(trafficMultiple(path, month)).toBeLessThanOrEqual(peakMultiple(path, through) + 1e-12);
        }
      }),
    );
  });

  it('sizes a shrinking scenario for its first month', () => {
    expect(peakMultiple({ growthPerMonth: -0.1 }, 12)).toBe(1);
  });

  it('swings what is paid by use and nothing else', () => {
    const twelve = { growthPerMonth: 0, seasonality: path.seasonality };
    expect(sum(trafficCash(12, twelve))).toBeCloseTo(12, 9);
    const demand = { ...planOf([]).demand, seasonality: path.seasonality };
    const prices = bookOf({ tokens: 1, node: 1 });
    const bill = (purchases: Parameters<typeof planOf>[0]) =>
      estimateFromPlan(planOf(purchases, { demand }), { prices, finance: financeOf(), asOf }).cash;
    expect(bill([usage('tokens', 100)]).byMonthUsd[7]).toBeCloseTo(80, 9);
    expect(bill([monthly('node', 100)]).byMonthUsd[7]).toBe(100);
  });
});

describe('the cash of an estimate', () => {
  const prices = bookOf({ node: 2, server: 1_000 }, { salary: 12, once: 5 });
  const purchases = [
    monthly('node', 10),
    capital('server', 3, 'straight-line', 24),
    assumed('people', 1, ['salary']),
    assumed('build', 10, ['once'], 'once'),
  ];
  const bill = (changes: Parameters<typeof financeOf>[0] = {}) =>
    estimateFromPlan(planOf(purchases), { prices, finance: financeOf(changes), asOf });

  it('adds up to the present value where nothing is forgone', () => {
    const { cash, totals } = bill();
    expect(presentValue(cash.byMonthUsd, 0.09)).toBeCloseTo(totals.presentValueUsd, 2);
  });

  it('keeps people out of the tangible series', () => {
    const { cash } = bill();
    expect(cash.monthZeroUsd).toBe(3_050);
    expect(cash.tangibleByMonthUsd[0]).toBe(3_000);
    expect([cash.byMonthUsd[1], cash.tangibleByMonthUsd[1]]).toEqual([32, 20]);
  });

  it('peaks before a residual comes back', () => {
    const { cash } = bill({ horizonMonths: 12 });
    expect(cash.byMonthUsd.at(-1)).toBe(32 - 1_500);
    expect(cash.peakUsd).toBe(3_050 + 11 * 32);
  });

  it('needs less cash the more benefit arrives, and never less than month 0', () => {
    fc.assert(
      fc.property(fc.nat(10_000), fc.nat(10_000), (one, other) => {
        const peak = (benefitUsdPerMonth: number) => bill({ benefitUsdPerMonth }).cash.peakUsd;
        expect(peak(Math.max(one, other))).toBeLessThanOrEqual(peak(Math.min(one, other)));
        expect(peak(one)).toBeGreaterThanOrEqual(3_050);
      }),
    );
  });

  it('nets the benefit against all cost, forgone benefit included', () => {
    expect(bill().totals.netPresentValueUsd).toBeNull();
    const { totals } = bill({ benefitUsdPerMonth: 500 });
    expect(totals.netPresentValueUsd).toBeCloseTo(500 * annuityFactor(36, 0.09) - totals.presentValueUsd, 2);
  });

  it('has no month but the launch in an empty sum', () => {
    expect(cashFlowOf([], 2, 0)).toEqual({
      beforeLaunch: [],
      byMonthUsd: [0, 0, 0],
      tangibleByMonthUsd: [0, 0, 0],
      monthZeroUsd: 0,
      peakUsd: 0,
    });
  });
});
