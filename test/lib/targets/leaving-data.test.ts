import { describe, expect, it } from 'vitest';
import { loadCatalog } from '#lib/catalog/load';
import { createPriceBook } from '#lib/catalog/price-book';
import { compareEnvironment } from '#lib/compare/compare';
import { estimateFromPlan } from '#lib/cost/from-plan';
import { loadEnvironment } from '#lib/spec/load-environment';
import { financeOf } from '../../_support/bill-builders';

const catalog = loadCatalog();
const asOf = '2026-11-23';
const { environment } = loadEnvironment('environments/knowledge.yaml', catalog);
const { estimates, plans } = compareEnvironment({ environment, catalog, asOf });
const exitOf = (option: string) =>
  Object.fromEntries(
    (estimates.get(`answers/${option}`)?.lines ?? [])
      .filter(({ category }) => category === 'exit')
      .map((line) => [line.key, line]),
  );

describe('leaving at the horizon', () => {
  it('takes the corpus and the kept logs along, at the egress price of a cloud', () => {
    const { 'exit.egress-corpus': corpus, 'exit.egress-logs': logs } = exitOf('eks');
    const { chunks = 0, dimensions = 0, payloadBytes = 0 } = environment.scenarios.answers?.retrieval ?? {};
    const gb = (chunks * (4 * dimensions + payloadBytes)) / 1e9;
    expect(corpus?.quantity).toBeCloseTo(gb, 9);
    expect((corpus?.presentValueUsd ?? 0) * 1.09 ** 3).toBeCloseTo(gb * 0.09, 2);
    // One request a second, 1,000 bytes each, twelve months.
    expect((logs?.presentValueUsd ?? 0) * 1.09 ** 3).toBeCloseTo(2.628 * 12 * 0.09, 2);
  });

  it('leaves no logs behind where a provider runs the model, and bills nothing from own servers', () => {
    expect(Object.keys(exitOf('bedrock'))).toEqual(['exit.engineering', 'exit.egress-corpus'].toSorted());
    expect(Object.keys(exitOf('colo'))).toEqual([]);
  });

  it('costs nothing where the cloud waives it, and can be stated so', () => {
    const plan = plans.get('answers/eks');
    if (plan === undefined) throw new Error('eks does not fit');
    const prices = createPriceBook({
      catalog,
      overrides: { prices: {}, assumptions: { 'exit.egress-billed-share': 0 } },
    });
    const waived = estimateFromPlan(plan, { prices, finance: financeOf(), asOf });
    const usd = waived.lines.filter(({ key }) => key.startsWith('exit.egress')).map((one) => one.monthlyUsd);
    expect(usd).toEqual([0, 0]);
  });
});
