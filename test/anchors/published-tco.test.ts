import { describe, expect, it } from 'vitest';
import {
  blendedUsdPerMillion,
  breakEvenHours,
  joulesPerToken,
  paybackMonths,
  tokensPerSecondPerMw,
  usdPerMillionTokens,
} from '#lib/cost/unit-economics';
import { estimateFromPlan } from '#lib/cost/from-plan';
import { bookOf, capital, financeOf, monthly, planOf } from '../_support/bill-builders';

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

describe('InferenceX unit economics', () => {
  it.each([
    [5, 1_000, 1.389],
    [3, 1_000, 0.833],
    [5, 2_000, 0.694],
    [1.3, 1_000, 0.3611],
    [1.41, 1_000, 0.3917],
    [1.95, 1_000, 0.5417],
    [1.48, 1_000, 0.4111],
  ])('turns %f USD an hour at %i tokens/s into %f USD per million', (usd, rate, expected) => {
    expect(usdPerMillionTokens(usd, rate)).toBeCloseTo(expected, 3);
  });

  it('gives an H100 578,034.68 tokens/s per MW and 1.73 J per token', () => {
    expect(tokensPerSecondPerMw(1_000, 1.73)).toBeCloseTo(578_034.68, 2);
    expect(joulesPerToken(1_000, 1.73)).toBeCloseTo(1.73, 10);
  });
});

describe('Pan et al., on-premises LLM deployment', () => {
  const gpt5 = blendedUsdPerMillion(1.25, 10, 1 / 3);
  const opus = blendedUsdPerMillion(15, 75, 1 / 3);
  const months = (hardwareUsd: number, powerKw: number, millionTokensPerMonth: number, api: number) =>
    paybackMonths({
      hardwareUsd,
      powerKw,
      hoursPerMonth: 160,
      usdPerKwh: 0.15,
      millionTokensPerMonth,
      apiUsdPerMillionTokens: api,
    });

  it('blends one input with two output tokens', () => {
    expect(gpt5).toBeCloseTo(7.0833, 4);
    expect(opus).toBeCloseTo(55, 10);
  });

  it('pays Magistral on one RTX 5090 back in 3.03 months against GPT-5 and 0.384 against Opus', () => {
    expect(months(2_000, 0.575, 95, gpt5)).toBeCloseTo(3.03, 2);
    expect(months(2_000, 0.575, 95, opus)).toBeCloseTo(0.384, 3);
  });

  // The volume is inferred from the published GPT-5 column; the Opus column is then a prediction.
  it.each([
    ['EXAONE-32B', 2_000, 0.575, 2.26, 0.29],
    ['Qwen3-30B', 2_000, 0.575, 2.5, 0.32],
    ['gpt-oss-120B', 15_000, 0.4, 30.9, 3.91],
    ['GLM-4.5-Air', 30_000, 0.8, 34.0, 4.3],
    ['Llama-3.3-70B', 15_000, 0.4, 17.8, 2.27],
    ['Qwen3-235B', 60_000, 1.6, 34.0, 4.3],
    ['Kimi-K2', 240_000, 6.4, 69.3, 8.59],
  ])('predicts the Opus column of %s from the GPT-5 column', (_, usd, kw, monthsGpt5, monthsOpus) => {
    const volume = (usd / monthsGpt5 + kw * 160 * 0.15) / gpt5;
    expect(months(usd, kw, volume, opus)).toBeCloseTo(monthsOpus, 2);
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

describe('NVIDIA, what an inference server costs a year', () => {
  /** 320,000 USD over four years, 3,000 a year of hosting, and a licence that the text prices once. */
  const yearly = (licences: number) => {
    const { totals } = estimateFromPlan(
      planOf([
        capital('server', 1, 'none', 48),
        monthly('hosting', 1 / 12),
        monthly('licence', licences / 12),
      ]),
      {
        prices: bookOf({ server: 320_000, hosting: 3_000, licence: 4_500 }),
        finance: financeOf({ horizonMonths: 48, discountRatePerYear: 0 }),
        asOf: '2026-11-23',
      },
    );
    return totals.monthlyUsd.base * 12;
  };

  it('is 87,500 USD as printed, and 119,000 with a licence for each of eight GPUs', () => {
    expect(yearly(1)).toBeCloseTo(87_500, 0);
    expect(yearly(8)).toBeCloseTo(119_000, 0);
  });
});
