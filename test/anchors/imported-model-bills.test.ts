import { describe, expect, it } from 'vitest';
import { billedCopyHours } from '#lib/cash/copy-hours';
import { loadCatalog } from '#lib/catalog/load';
import { createPriceBook } from '#lib/catalog/price-book';
import { estimateFromPlan } from '#lib/cost/from-plan';
import { makePlan } from '#lib/plan/make-plan';
import { Finance } from '#lib/spec/schema/finance';
import { option } from '#lib/spec/schema/option';
import { Scenario } from '#lib/spec/schema/scenario';

/**
 * What others publish of bills of Custom Model Import. The price page works with the rate of January 2025; the notes of
 * September 2026 are of one who imported Qwen3-4B in Frankfurt, and count months of 30 days.
 */
const catalog = loadCatalog();
const PAGE_RATE = 0.0785;

interface Asked {
  readonly region: string;
  readonly model: string;
  readonly unitsPerCopy?: number;
  /** USD of a unit and minute, where the catalog's is not meant. */
  readonly usdPerMinute?: number;
}

/** Lines of a bill of one copy that never sleeps, USD a month. */
function linesOf({ region, model, unitsPerCopy, usdPerMinute }: Asked): Map<string, number> {
  const id = `aws/bedrock-cmi/Custom Model Unit v1.0/${region}/on-demand/CMU-minute`;
  const stated =
    usdPerMinute === undefined
      ? {}
      : { [id]: { usd: usdPerMinute, document: 'the page', asOf: '2025-01-29' } };
  const prices = createPriceBook({ catalog, overrides: { prices: stated, assumptions: {} } });
  const finance = Finance.parse({ horizonMonths: 1, discountRatePerYear: 0 });
  const result = makePlan({
    environmentName: 'anchor',
    scenarioId: 'chat',
    scenario: Scenario.parse({
      title: 'Always awake',
      models: [model],
      traffic: {
        requestsPerSecond: { mean: 1, peak: 1 },
        inputTokens: { mean: 100 },
        outputTokens: { mean: 100 },
      },
    }),
    optionId: 'imported',
    option: option().parse({
      target: 'aws-bedrock',
      inference: 'imported',
      region,
      tokensPerSecondPerCopy: 1000,
      guardrail: false,
      ...(unitsPerCopy === undefined ? {} : { unitsPerCopy }),
    }),
    finance,
    catalog,
    prices,
  });
  if (!result.feasible) throw new Error(result.reasons.join('; '));
  const { lines } = estimateFromPlan(result.plan, { prices, finance, asOf: '2026-11-23', interim: null });
  return new Map(lines.map(({ key, monthlyUsd }) => [key, monthlyUsd ?? Number.NaN]));
}

describe('published bills of imported models', () => {
  it('reproduce: Llama 3.1 8B with 128K at the rate of the page is 0.1570 USD a minute and 3.90 USD a month', () => {
    const lines = linesOf({ region: 'us-east-1', model: 'llama-3.1-8b', usdPerMinute: PAGE_RATE });
    expect((lines.get('imported-model.copies') ?? 0) / (730 * 60)).toBeCloseTo(0.157, 4);
    expect(lines.get('imported-model.storage')).toBe(3.9);
  });

  it('reproduce: one window of that copy is 0.785 USD', () => {
    const rare = [{ hoursPerMonth: 730, copies: 0.001, requestsPerWindow: 1e-6 }];
    const requests = (730 * 60 * 1e-6) / 5;
    const perRequest = (billedCopyHours(rare) * 60 * 2 * PAGE_RATE) / requests;
    expect(perRequest).toBeCloseTo(0.785, 4);
  });

  it('reproduce: Llama 3.1 70B with 128K is 27.4464 USD an hour awake, of 8 units', () => {
    const lines = linesOf({ region: 'us-east-1', model: 'llama-3.1-70b' });
    expect((lines.get('imported-model.copies') ?? 0) / 730).toBeCloseTo(27.4464, 3);
  });

  it('reproduce: Qwen3-4B in Frankfurt is 4.29 USD an hour, 3,090 USD in a month of 30 days that never sleeps', () => {
    const lines = linesOf({ region: 'eu-central-1', model: 'qwen3-8b', unitsPerCopy: 1 });
    const perHour = (lines.get('imported-model.copies') ?? 0) / 730;
    expect(perHour).toBeCloseTo(4.29, 2);
    expect(Math.round((perHour * 24 * 30) / 10) * 10).toBe(3090);
  });

  it('reproduce: asked once an hour, each time within one window, it is 257 USD', () => {
    // A request an hour is a twelfth of one a window. At random, not by the clock, a few share a window.
    const random = [{ hoursPerMonth: 720, copies: 0.001, requestsPerWindow: 1 / 12 }];
    const usd = billedCopyHours(random) * 60 * 0.07144;
    expect(usd).toBeLessThan(257.2);
    expect(usd).toBeGreaterThan(0.9 * 257.2);
  });
});
