import { describe, expect, it } from 'vitest';
import { loadCatalog } from '#lib/catalog/load';
import { createPriceBook } from '#lib/catalog/price-book';
import type { PriceOverride } from '#lib/catalog/prices';
import { estimateFromPlan } from '#lib/cost/from-plan';
import { makePlan } from '#lib/plan/make-plan';
import { Finance } from '#lib/spec/schema/finance';
import { option } from '#lib/spec/schema/option';
import { Scenario } from '#lib/spec/schema/scenario';

const catalog = loadCatalog();
const finance = Finance.parse({ horizonMonths: 12, discountRatePerYear: 0 });

function plan(optionInput: object, models = ['nova-2-lite'], traffic: object = {}, usd?: number) {
  const id = 'aws/bedrock-provisioned/amazon.nova-lite-v1:0/us-east-1/on-demand/model-unit-hour';
  const stated: Record<string, PriceOverride> =
    usd === undefined ? {} : { [id]: { usd, document: 'quote', asOf: '2026-11-01' } };
  const prices = createPriceBook({ catalog, overrides: { prices: stated, assumptions: {} } });
  const result = makePlan({
    environmentName: 'test',
    scenarioId: 'chat',
    scenario: Scenario.parse({
      title: 'Test',
      models,
      traffic: {
        requestsPerSecond: { mean: 2, peak: 8 },
        inputTokens: { mean: 1000 },
        outputTokens: { mean: 250 },
        ...traffic,
      },
    }),
    optionId: 'one',
    option: option().parse({ target: 'aws-bedrock', inference: 'provisioned', ...optionInput }),
    finance,
    catalog,
    prices,
  });
  if (!result.feasible) return { reasons: result.reasons };
  const { lines } = estimateFromPlan(result.plan, { prices, finance, asOf: '2026-11-23', interim: null });
  const line = lines.find(({ key }) => key === 'provisioned.units');
  return { managed: result.plan.managed, line, notes: result.plan.notes.join(' ') };
}

describe('a plan of model units', () => {
  it('has as many as the busiest minute takes, of input or output', () => {
    // 8 × 60 × 1000 = 480,000 in and 120,000 out a minute.
    const byInput = plan({ inputTokensPerMinutePerUnit: 100_000, outputTokensPerMinutePerUnit: 100_000 });
    expect(byInput.managed?.provisioned).toMatchObject({ modelUnits: 5 });
    expect(byInput.managed?.provisioned?.headroom).toBeCloseTo(5 / 4.8 - 1, 9);
    const byOutput = plan({ inputTokensPerMinutePerUnit: 480_000, outputTokensPerMinutePerUnit: 20_000 });
    expect(byOutput.managed?.provisioned?.modelUnits).toBe(6);
  });

  it.each([
    ['none', 60.5],
    ['1-month', 55],
  ])('is billed for every hour of the month at the rate of its term: %s', (term, usd) => {
    expect(plan({ modelUnits: 2, term }).line?.monthlyUsd).toBeCloseTo(2 * 730 * usd, 2);
  });

  it('is unpriced where nobody lists the term, and priced by what one was quoted', () => {
    expect(plan({ modelUnits: 1, term: '6-months' }).line?.state).toBe('unpriced');
    expect(plan({ modelUnits: 1 }, ['nova-lite'], {}, 20).line?.monthlyUsd).toBeCloseTo(730 * 20, 2);
  });

  it('takes the smallest context that holds the longest request', () => {
    expect(plan({ modelUnits: 1 }, ['nova-lite']).managed?.modelId).toBe('amazon.nova-lite-v1:0:24k');
    const long = { inputTokens: { mean: 1000, p95: 100_000 } };
    expect(plan({ modelUnits: 1 }, ['nova-lite'], long).managed?.modelId).toBe('amazon.nova-lite-v1:0:300k');
  });

  it('says that capacity is not checked where nobody says what a unit serves', () => {
    expect(plan({ modelUnits: 1 }).notes).toContain('not checked');
    expect(plan({ inputTokensPerMinutePerUnit: 1e6 }).notes).not.toContain('not checked');
  });

  it.each([
    [{}, ['nova-2-lite'], /published nowhere.*modelUnits/],
    [{ modelUnits: 1, inputTokensPerMinutePerUnit: 240_000 }, ['nova-2-lite'], /peak takes 2 .*asks for 1$/],
    [{ modelUnits: 1 }, ['claude-sonnet-5'], /no Provisioned Throughput.*Reserved tier/],
    [{ modelUnits: 1 }, ['llama-3.1-8b'], /sold in us-west-2, not in us-east-1/],
    [{ modelUnits: 1 }, ['phi-4'], /does not sell phi-4/],
  ])('says why it cannot be: %o of %s', (optionInput, models, reason) => {
    expect(plan(optionInput, models).reasons).toEqual([expect.stringMatching(reason)]);
  });
});
