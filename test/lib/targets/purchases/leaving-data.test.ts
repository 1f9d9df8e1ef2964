import { describe, expect, it } from 'vitest';
import { loadCatalog } from '#lib/catalog/load';
import { createPriceBook } from '#lib/catalog/price-book';
import { compareEnvironment } from '#lib/compare/compare';
import { estimateFromPlan } from '#lib/cost/from-plan';
import { loadEnvironment } from '#lib/spec/load-environment';
import { lineItem } from '#lib/cost/line-item';
import { leavingAws } from '#lib/targets/purchases/leaving-data';
import type { PlacedFleet } from '#lib/targets/target';
import { financeOf } from '../../../_support/bill-builders';

const catalog = loadCatalog();
const asOf = '2026-11-23';
const { environment } = loadEnvironment('environments/knowledge.yaml', catalog);
const { estimates, plans } = compareEnvironment({ environment, catalog, asOf });
const prices = createPriceBook({ catalog, overrides: { prices: {}, assumptions: {} } });
const NOW = { prices, horizonMonths: 12, discountRatePerYear: 0, growthPerMonth: 0 };
const BARE: PlacedFleet = {
  nodes: [],
  cpuNodes: { count: 0, vcpus: 0, memoryGib: 0, instanceType: null },
  gpus: 0,
  availabilityZones: 1,
  rootDiskGib: { gpu: 0, cpu: 0 },
  weightsGib: 0,
  tokens: {
    inputPerMonth: 0,
    cachedInputPerMonth: 0,
    outputPerMonth: 0,
    requestsPerMonth: 0,
    egressGbPerMonth: 0,
    texts: [],
  },
  token: null,
};
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

  it('climbs the tiers of the egress once, on top of the answers of its month', () => {
    // Infracost prints 921.60 + 3,481.60 + 7,168 + 170 USD for 157,000 GB from us-east-1.
    const at = (corpusGb: number, climbedGb = 0) =>
      leavingAws({ ...BARE, corpusGb }, 'us-east-1', prices, climbedGb).map((bought) => ({
        key: bought.key,
        usd: Math.round((lineItem(bought, NOW).presentValueUsd ?? 0) * 100) / 100,
      }));
    expect(at(157_000)).toEqual([
      { key: 'exit.egress-corpus', usd: 921.6 },
      { key: 'exit.egress-corpus.from-10240-gb', usd: 3_481.6 },
      { key: 'exit.egress-corpus.from-51200-gb', usd: 7_168 },
      { key: 'exit.egress-corpus.from-153600-gb', usd: 170 },
    ]);
    expect(at(100, 153_600)).toEqual([{ key: 'exit.egress-corpus', usd: 5 }]);
  });

  it('takes own adapters along, and logs of ever more traffic by the months that had it', () => {
    const tokens = { ...BARE.tokens, requestsPerMonth: 5e8 };
    const [adapters, logs] = leavingAws({ ...BARE, tokens, adaptersGb: 0.5 }, 'us-east-1', prices);
    expect(adapters).toMatchObject({ key: 'exit.egress-adapters', quantity: 0.5 });
    if (logs === undefined) throw new Error('no logs are kept');
    const usd = (growthPerMonth: number, horizonMonths: number) =>
      lineItem(logs, { ...NOW, horizonMonths, growthPerMonth }).presentValueUsd ?? 0;
    // 500 GB a month: twelve of the last months, or the six that there were.
    expect(usd(0, 36)).toBeCloseTo(6_000 * 0.09, 6);
    expect(usd(0, 6)).toBeCloseTo(3_000 * 0.09, 6);
    // Σ 1.02^(t − 1) over months 25 to 36.
    expect(usd(0.02, 36)).toBeCloseTo(((1.02 ** 36 - 1.02 ** 24) / 0.02) * 500 * 0.09, 1);
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
