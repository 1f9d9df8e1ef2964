import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { capitalCash } from '#lib/cash/capital';
import { monthlyCash } from '#lib/cash/cash-flow';
import { explain } from '#lib/cost/explain/explain';
import { overridesOf } from '#lib/cost/finance-overrides';
import { estimateFromPlan } from '#lib/cost/from-plan';
import { monthlyEquivalent, monthlyRate, presentValue } from '#lib/cash/present-value';
import { LandfallError } from '#lib/errors/landfall-error';
import { assumed, bookOf, capital, financeOf, monthly, planOf, usage } from '../../_support/bill-builders';

const amount = fc.double({ min: 0, max: 1e6, noNaN: true });
const rate = fc.double({ min: 0, max: 1, noNaN: true });
const months = fc.integer({ min: 1, max: 240 });
const asOf = '2026-11-23';

describe('present value', () => {
  it('is the nominal sum without a discount', () => {
    fc.assert(
      fc.property(fc.array(amount, { minLength: 1 }), (cash) => {
        expect(presentValue(cash, 0)).toBeCloseTo(
          cash.reduce((sum, usd) => sum + usd, 0),
          3,
        );
      }),
    );
  });

  it('adds up when a horizon is split at a month', () => {
    fc.assert(
      fc.property(months, months, rate, (first, second, r) => {
        const whole = presentValue(monthlyCash(first + second), r);
        const later = presentValue(monthlyCash(second), r) / (1 + monthlyRate(r)) ** first;
        expect(presentValue(monthlyCash(first), r) + later).toBeCloseTo(whole, 6);
      }),
    );
  });

  it('gives a level amount back as its own annuity', () => {
    fc.assert(
      fc.property(months, rate, (horizon, r) => {
        expect(monthlyEquivalent(presentValue(monthlyCash(horizon), r), horizon, r)).toBeCloseTo(1, 8);
      }),
    );
  });
});

describe('capital', () => {
  it('never costs more a month over a longer horizon with the same refreshes', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 120 }), rate, (life, r) => {
        const annuity = (horizon: number) =>
          monthlyEquivalent(
            presentValue(
              capitalCash(life, horizon, () => 0),
              r,
            ),
            horizon,
            r,
          );
        expect(annuity(life)).toBeLessThanOrEqual(annuity(life - 1) + 1e-9);
      }),
    );
  });

  it('is bought again at the end of each life, and not at the horizon itself', () => {
    expect(capitalCash(2, 4, () => 0)).toEqual([1, 0, 1, 0, 0]);
  });

  it('charges the months used one equal amount each under annuity', () => {
    const monthlyOver = (horizonMonths: number) =>
      estimateFromPlan(planOf([capital('building', 1, 'annuity', 180)]), {
        prices: bookOf({ building: 100_000 }),
        finance: financeOf({ horizonMonths }),
        asOf,
      }).totals.monthlyUsd.base;
    expect(monthlyOver(36)).toBeCloseTo(monthlyOver(180), 3);
  });
});

describe('a bill', () => {
  const prices = bookOf({ node: { low: 1, base: 2, high: 4 }, tokens: 0.5 }, { salary: 1_000, once: 50 });
  const purchases = [
    monthly('node', 730),
    usage('tokens', 100),
    assumed('people', 0.5, ['salary']),
    assumed('build', 10, ['once'], 'once'),
  ];

  it('adds its lines up to its totals, tangible and intangible apart', () => {
    const { lines, totals } = estimateFromPlan(planOf(purchases), { prices, finance: financeOf(), asOf });
    const sum = lines.reduce((total, line) => total + (line.monthlyUsd ?? 0), 0);
    expect(totals.monthlyUsd.base).toBeCloseTo(sum, 6);
    expect(totals.tangibleMonthlyUsd + totals.intangibleMonthlyUsd).toBeCloseTo(sum, 6);
    expect(totals.oneOffUsd).toBe(500);
  });

  it('carries the band of a price into the band of the total', () => {
    const { totals } = estimateFromPlan(planOf([monthly('node', 730)]), {
      prices,
      finance: financeOf(),
      asOf,
    });
    expect(totals.monthlyUsd).toEqual({ low: 730, base: 1_460, high: 2_920 });
  });

  it('lists a line without a price, with null amounts, and never lowers the total for it', () => {
    const without = estimateFromPlan(planOf(purchases), { prices, finance: financeOf(), asOf });
    const bill = estimateFromPlan(planOf([...purchases, monthly('secret', 5)]), {
      prices,
      finance: financeOf(),
      asOf,
    });
    expect(bill).toMatchObject({ atLeast: true, unpriced: ['secret'] });
    expect(bill.lines.find((line) => line.key === 'secret')).toMatchObject({
      state: 'unpriced',
      monthlyUsd: null,
      unitPriceUsd: null,
    });
    expect(bill.totals).toEqual(without.totals);
  });

  it('counts a delay once, from the stated benefit', () => {
    const bill = estimateFromPlan(planOf([]), {
      prices,
      finance: financeOf({ benefitUsdPerMonth: 10_000 }),
      asOf,
    });
    expect(bill.lines[0]).toMatchObject({ key: 'delay.launch', tangible: false, oneOffUsd: 24_000 });
  });

  it('says so when no benefit is stated', () => {
    const bill = estimateFromPlan(planOf([]), { prices, finance: financeOf(), asOf });
    expect(bill.notes.join()).toContain('benefitUsdPerMonth');
  });

  it('names the lines whose price is old', () => {
    const noteOn = (asOf: string) =>
      estimateFromPlan(planOf(purchases), { prices, finance: financeOf(), asOf }).notes.join('; ');
    // A platform service of 2026-11-01: a look after 120 days, no trust after 365.
    expect(noteOn('2026-12-01')).not.toContain('prices');
    expect(noteOn('2027-04-01')).toContain('worth another look: node, tokens (151 days, limit 120)');
    expect(noteOn('2027-11-23')).toContain('too old to trust: node, tokens (387 days, limit 365)');
  });
});

describe('explain', () => {
  const prices = bookOf({ node: 2 });
  const plan = planOf([monthly('node', 730)]);
  const bill = estimateFromPlan(plan, { prices, finance: financeOf(), asOf });

  it('leads from the total to its lines', () => {
    expect(explain(bill, plan, 'own.monthly').children[0]).toMatchObject({
      path: 'own.lines.node',
      value: 1_460,
    });
  });

  it('suggests the nearest path for an unknown one', () => {
    expect(() => explain(bill, plan, 'own.montly')).toThrow(LandfallError);
    expect(() => explain(bill, plan, 'own.montly')).toThrow(/own\.monthly/);
  });
});

describe('overrides from finance', () => {
  it('put the power price in every region and let a named assumption win', () => {
    const { assumptions } = overridesOf(
      financeOf({ powerUsdPerKwh: 0.1, assumptions: { 'electricity.eu.usd-per-kwh': 0.2 } }),
    );
    expect(assumptions).toMatchObject({
      'electricity.us.usd-per-kwh': 0.1,
      'electricity.eu.usd-per-kwh': 0.2,
    });
  });
});
