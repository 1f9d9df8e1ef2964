import { describe, expect, it } from 'vitest';
import { blendedUsdPerMillion, breakEvenHours } from './published-formulas';
import { estimateFromPlan } from '#lib/cost/from-plan';
import { bookOf, financeOf, monthly, planOf } from '../_support/bill-builders';

const HARDWARE_USD = 833_806;

describe('Lenovo, on premises versus cloud (2025)', () => {
  it.each([
    [98.32, 8_556.2],
    [77.43, 10_890.9],
    [53.95, 15_708.5],
    [55.04, 15_392.4],
  ])('breaks even against %f USD an hour after %f hours', (rent, hours) => {
    expect(breakEvenHours(HARDWARE_USD, rent, 0.87)).toBeCloseTo(hours, 1);
  });

  it('never breaks even against a rent below the running cost', () => {
    expect(breakEvenHours(HARDWARE_USD, 0.5, 0.87)).toBeNull();
  });

  it('saves 3,434,504 USD in five years of full use', () => {
    const finance = financeOf({ horizonMonths: 60, discountRatePerYear: 0 });
    const bill = (sku: string, usd: number) =>
      estimateFromPlan(planOf([monthly(sku, 730)]), {
        prices: bookOf({ [sku]: usd }),
        finance,
        asOf: '2026-11-23',
      }).totals.presentValueUsd;
    const cloud = bill('cloud', 98.32);
    expect(cloud).toBeCloseTo(4_306_416, 2);
    expect(Math.round(cloud - bill('own', 0.87) - HARDWARE_USD)).toBe(3_434_504);
  });
});

describe('Lenovo, on premises versus cloud (2026)', () => {
  it('prints own tokens 18.2 times as cheap as those of an API, and 83.7 % cheaper than those of a rented model', () => {
    // Only the ratios are published with their operands; the tables behind them are not.
    const bill = (usd: number) =>
      estimateFromPlan(planOf([monthly('tokens', 1)]), {
        prices: bookOf({ tokens: usd }),
        finance: financeOf(),
        asOf: '2026-11-23',
      }).totals.monthlyUsd.base;
    expect(bill(2) / bill(0.11)).toBeCloseTo(18.2, 1);
    expect(1 - bill(4.74) / bill(29.09)).toBeCloseTo(0.837, 3);
  });
});

describe('Pan et al., on-premises LLM deployment', () => {
  it('blends one input with two output tokens', () => {
    expect(blendedUsdPerMillion(1.25, 10, 1 / 3)).toBeCloseTo(7.0833, 4);
    expect(blendedUsdPerMillion(15, 75, 1 / 3)).toBeCloseTo(55, 10);
  });
});

describe('AWS list-price arithmetic', () => {
  it.each([
    ['an EKS control plane', 730, 0.1, 73],
    ['an EKS control plane on extended support', 730, 0.6, 438],
    ['two OpenSearch Serverless OCUs', 2 * 730, 0.24, 350.4],
    ['3,650 ACU-hours', 3_650, 0.12, 438],
  ])('bills %s', (_, quantity, usd, expected) => {
    const { totals } = estimateFromPlan(planOf([monthly('line', quantity)]), {
      prices: bookOf({ line: usd }),
      finance: financeOf(),
      asOf: '2026-11-23',
    });
    expect(totals.monthlyUsd.base).toBeCloseTo(expected, 4);
  });
});
