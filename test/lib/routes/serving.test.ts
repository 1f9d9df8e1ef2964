import { expect, it } from 'vitest';
import { loadCatalog } from '#lib/catalog/load';
import { createPriceBook } from '#lib/catalog/price-book';
import { compareEnvironment } from '#lib/compare/compare';
import { servingOf } from '#lib/routes/serving';
import { scenarioOf, type Variant } from '#lib/routes/variants';
import { loadEnvironment } from '#lib/spec/load-environment';

const catalog = loadCatalog();
const prices = createPriceBook({ catalog });
const { environment } = loadEnvironment('environments/support.yaml', catalog);
const { support: scenario } = environment.scenarios;
const { eks, leased } = environment.options;
if (scenario === undefined || eks === undefined || leased === undefined)
  throw new Error('support.yaml changed');
const two = { ...environment, options: { eks, leased } };
const asOf = '2026-11-23';
const serving = servingOf({ environment: two, catalog, prices, asOf, scenarioId: 'support', scenario });

it.each<Variant>(['bare', 'longer-prompt', 'adaptable', 'uncompressed', 'student'])(
  'a demand that is %s is planned as it would be by itself, whatever was planned before',
  (variant) => {
    const alone = compareEnvironment({
      environment: {
        ...two,
        scenarios: { support: scenarioOf(variant, scenario, catalog, prices) },
        deploy: {},
      },
      catalog,
      asOf,
    });
    const byId = new Map(serving(variant).map(({ row, plan }) => [row.id, { row, plan }]));
    expect(byId.size).toBeGreaterThan(0);
    for (const row of alone.comparison.scenarios[0]?.options ?? []) {
      if (!row.feasible) continue;
      expect(byId.get(row.id)).toEqual({ row, plan: alone.plans.get(`support/${row.id}`) });
    }
  },
);

it('serves the very model in 16 bits that is asked for, also where another of the pool is cheaper', () => {
  const models = ['llama-3.1-8b', 'qwen3-8b'];
  const small = { ...scenario, models };
  const of = servingOf({
    environment: { ...two, options: { eks } },
    catalog,
    prices,
    asOf,
    scenarioId: 'support',
    scenario: small,
  });
  for (const model of models) {
    const [served, ...others] = of('uncompressed', { option: 'eks', model });
    expect(others).toEqual([]);
    expect(served?.plan.model.id).toBe(model);
    expect(served?.plan.serving?.precision).toBe('bf16');
  }
});
