import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { loadCatalog } from '#lib/catalog/load';
import { createPriceBook } from '#lib/catalog/price-book';
import { estimateFromPlan } from '#lib/cost/from-plan';
import { supportUsd } from '#lib/cash/support-tariff';
import { deductions, MACRS_FIVE_YEARS } from '#lib/cash/write-off';
import { assumed, bookOf, capital, financeOf, monthly, planOf } from '../../_support/bill-builders';
import type { Purchase } from '#lib/catalog/purchase';

const asOf = '2026-11-23';
const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);

describe('an AWS support plan', () => {
  const enterprise = [
    { fromUsd: 0, share: 0.1 },
    { fromUsd: 150_000, share: 0.07 },
    { fromUsd: 500_000, share: 0.05 },
    { fromUsd: 1_000_000, share: 0.03 },
  ];

  it('charges a published example: 94,500 USD on 2,000,000', () => {
    expect(supportUsd(2_000_000, enterprise, 15_000)).toBeCloseTo(94_500, 6);
  });

  it('charges its minimum below, and nothing where nothing is bought', () => {
    expect(supportUsd(1_000, enterprise, 15_000)).toBe(15_000);
    expect(supportUsd(0, enterprise, 15_000)).toBe(0);
  });

  it('never charges less for more, and never more than its first share or its minimum', () => {
    fc.assert(
      fc.property(fc.nat(5_000_000), fc.nat(5_000_000), (one, other) => {
        const [low, high] = [Math.min(one, other), Math.max(one, other)];
        const charge = supportUsd(high, enterprise, 100);
        expect(charge).toBeGreaterThanOrEqual(supportUsd(low, enterprise, 100));
        expect(charge).toBeLessThanOrEqual(Math.max(100, 0.1 * high));
      }),
    );
  });

  it('covers what is bought of its seller by the tiers of the catalog', () => {
    const prices = createPriceBook({ catalog: loadCatalog() });
    const price = {
      seller: 'aws',
      service: 'eks',
      sku: 'control-plane (standard support)',
      region: 'us-east-1',
      term: 'on-demand',
      unit: 'cluster-hour',
    };
    const clusters: Purchase = {
      kind: 'recurring',
      key: 'cluster.control-plane',
      label: 'clusters',
      category: 'platform',
      quantityPerMonth: 200_000,
      price,
      basis: 'many',
      resources: [],
    };
    const bill = (awsSupportPlan: 'business' | undefined) =>
      estimateFromPlan(planOf([clusters]), { prices, finance: financeOf({ awsSupportPlan }), asOf });
    const line = bill('business').lines.find(({ key }) => key === 'support.plan');
    // 20,000 USD a month: 10 % of 10,000 and 7 % of the rest.
    expect(line?.monthlyUsd).toBeCloseTo(1_700, 2);
    expect(bill(undefined).lines.map(({ key }) => key)).not.toContain('support.plan');
  });
});

describe('tax', () => {
  it('writes the whole price off in six years', () => {
    expect(sum(MACRS_FIVE_YEARS)).toBeCloseTo(1, 12);
    expect(deductions(120, 120, () => 0)[12]).toBe(0.2);
  });

  it('deducts over a life exactly what was not got back, whenever it is sold', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 120 }),
        fc.integer({ min: 1, max: 120 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (life, horizon, residual) => {
          const purchases = Math.ceil(horizon / life);
          expect(sum(deductions(life, horizon, () => residual))).toBeCloseTo(purchases * (1 - residual), 9);
        },
      ),
    );
  });

  it('halves everything at a rate of one half without a discount, owned or rented', () => {
    const prices = bookOf({ node: 2, server: 1_000 }, { salary: 12 });
    const bill = (rate: number) =>
      estimateFromPlan(
        planOf([monthly('node', 10), capital('server', 1, 'none', 120), assumed('people', 1, ['salary'])]),
        { prices, asOf, finance: financeOf({ discountRatePerYear: 0, tax: { rate } }) },
      ).totals;
    expect(bill(0.5).presentValueUsd).toBeCloseTo(bill(0).presentValueUsd / 2, 2);
    expect(bill(0.5).intangibleMonthlyUsd).toBeCloseTo(bill(0).intangibleMonthlyUsd / 2, 2);
  });
});

describe('what finance states', () => {
  it('adds certification once and audits every month, as intangible', () => {
    const { lines, cash } = estimateFromPlan(planOf([]), {
      prices: bookOf({}),
      finance: financeOf({ compliance: { fixedUsd: 900, usdPerYear: 1_200 } }),
      asOf,
    });
    expect(lines.map(({ key, tangible }) => [key, tangible])).toEqual([
      ['compliance.certification', false],
      ['compliance.audits', false],
    ]);
    expect(cash.byMonthUsd.slice(0, 2)).toEqual([900, 100]);
  });

  it('charges what serves meanwhile for the months by which an option is later', () => {
    const day = 365 / 12;
    const interim = {
      plan: planOf([], { option: 'api', leadTimeDays: { low: 0, base: day, high: day } }),
      upfrontUsd: 700,
      monthlyUsd: 100,
      unpriced: [],
    };
    const plan = planOf([], { leadTimeDays: { low: 0, base: 3 * day, high: 5 * day } });
    const bill = (benefitUsdPerMonth: number) =>
      estimateFromPlan(plan, {
        prices: bookOf({}),
        finance: financeOf({ benefitUsdPerMonth }),
        asOf,
        interim,
      });
    expect(bill(0).lines).toMatchObject([
      { key: 'delay.interim', oneOffUsd: 200 },
      { key: 'delay.interim-start', oneOffUsd: 700, presentValueUsd: 700 },
    ]);
    // Whoever starts nothing pays for no start.
    const atOnce = { ...interim, plan: planOf([], { option: 'api', leadTimeDays: plan.leadTimeDays }) };
    const nothing = estimateFromPlan(plan, {
      prices: bookOf({}),
      finance: financeOf(),
      asOf,
      interim: atOnce,
    });
    expect(nothing.totals.oneOffUsd).toBe(0);
    // The benefit is forgone only until the interim option serves.
    expect(bill(1_000).lines[0]).toMatchObject({ key: 'delay.launch', oneOffUsd: 1_000 });
  });

  it('costs at least what it says where prices of what serves meanwhile are missing', () => {
    const interim = {
      plan: planOf([], { option: 'api', leadTimeDays: { low: 0, base: 0, high: 0 } }),
      upfrontUsd: 700,
      monthlyUsd: 100,
      unpriced: ['tokens.input'],
    };
    const bill = (days: number) =>
      estimateFromPlan(planOf([], { leadTimeDays: { low: days, base: days, high: days } }), {
        prices: bookOf({}),
        finance: financeOf(),
        asOf,
        interim,
      });
    expect(bill(30).lines[0]).toMatchObject({
      label: 'api while waiting, at least',
      basis: expect.stringContaining('api lacks the prices of tokens.input'),
    });
    expect(bill(30).notes.join()).toContain('lacks the prices of tokens.input');
    // Every option that waits lacks the same: it makes none of them incomparable with the others.
    expect(bill(30)).toMatchObject({ atLeast: false, unpriced: [] });
    expect(bill(0).notes.join()).not.toContain('lacks');
  });

  it('forgoes nothing of a benefit without a wait, and says what a wait without a benefit does not count', () => {
    const bill = (benefitUsdPerMonth: number, days: number) =>
      estimateFromPlan(planOf([], { leadTimeDays: { low: days, base: days, high: days } }), {
        prices: bookOf({}),
        finance: financeOf({ benefitUsdPerMonth }),
        asOf,
      });
    const [delay] = bill(5_000, 0).lines;
    expect(delay).toMatchObject({ key: 'delay.launch', monthlyUsd: 0, presentValueUsd: 0 });
    expect(delay?.basis).toBe('0 days of lead time × 5000 USD a month');
    expect(bill(0, 30).lines).toEqual([]);
    expect(bill(0, 30).notes.join()).toContain('waiting 30 days for the start costs nothing here');
  });
});
