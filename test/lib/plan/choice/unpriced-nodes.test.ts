import { describe, expect, it } from 'vitest';
import { loadCatalog } from '#lib/catalog/load';
import { createPriceBook } from '#lib/catalog/price-book';
import type { PriceOverride } from '#lib/catalog/prices';
import { makePlan } from '#lib/plan/make-plan';
import { loadEnvironment } from '#lib/spec/load-environment';

const catalog = loadCatalog();
const B200_HOUR = 'aws/sagemaker/ml.p6-b200.48xlarge/us-east-1/on-demand/instance-hour';
const NOTE = /^nobody priced .*ml\.p6-b200\.48xlarge.*\(8 accelerators\).* chosen with (\d+): state a price/;

/** Notes on the SageMaker endpoint of the support assistant with another model, by whether prices of B200 are stated. */
function notesOf(model: string, usdPerHour: number | null): readonly string[] {
  const { environment } = loadEnvironment('environments/support.yaml', catalog);
  const { scenarios, options, finance } = environment;
  const { support: scenario } = scenarios;
  const { sagemaker: option } = options;
  if (scenario === undefined || option === undefined) throw new Error('no endpoint for the assistant');
  const stated = { usd: usdPerHour ?? 0, document: 'a quote', asOf: '2026-11-01' };
  const prices: Readonly<Record<string, PriceOverride>> = usdPerHour === null ? {} : { [B200_HOUR]: stated };
  const result = makePlan({
    environmentName: 'support',
    scenarioId: 'support',
    scenario: { ...scenario, models: [model] },
    optionId: 'sagemaker',
    option,
    finance,
    catalog,
    prices: createPriceBook({ catalog, overrides: { prices, assumptions: {} } }),
  });
  if (!result.feasible) throw new Error(result.reasons.join('; '));
  return result.plan.notes;
}

describe('nodes that nobody priced', () => {
  it('are named where the priced ones take at least four times their accelerators', () => {
    const found = notesOf('deepseek-r1', null).flatMap((note) => NOTE.exec(note)?.[1] ?? []);
    expect(found).toHaveLength(1);
    expect(Number(found[0])).toBeGreaterThanOrEqual(32);
  });

  it('are not where their price is stated, nor where priced ones are as good', () => {
    expect(notesOf('deepseek-r1', 120).join(' ')).not.toContain('ml.p6-b200');
    expect(notesOf('gpt-oss-120b', null).join(' ')).not.toContain('nobody priced');
  });
});
