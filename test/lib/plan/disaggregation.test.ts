import { describe, expect, it } from 'vitest';
import { servingSlice } from '#constructs/kubernetes/serving-slice';
import { loadCatalog } from '#lib/catalog/load';
import { createPriceBook } from '#lib/catalog/price-book';
import { makePlan } from '#lib/plan/make-plan';
import { Finance } from '#lib/spec/finance';
import { option } from '#lib/spec/option';
import { Scenario } from '#lib/spec/scenario';

const catalog = loadCatalog();

describe('a plan with two fleets', () => {
  const result = makePlan({
    environmentName: 'test',
    scenarioId: 'chat',
    scenario: Scenario.parse({
      title: 'Chat',
      models: ['llama-3.1-70b'],
      traffic: {
        requestsPerSecond: { mean: 5, peak: 30 },
        inputTokens: { mean: 2048 },
        outputTokens: { mean: 256 },
      },
      objectives: { ttftMs: 3000, tpotMs: 40 },
    }),
    optionId: 'leased',
    option: option().parse({ target: 'leased', gpu: 'h100-sxm', serving: { disaggregation: {} } }),
    finance: Finance.parse({}),
    catalog,
    prices: createPriceBook({ catalog }),
  });
  const plan = result.feasible ? result.plan : null;

  it('buys the nodes of both', () => {
    const { sizing } = plan ?? { sizing: null };
    const perNode = (gpus: number) => Math.floor(8 / gpus);
    const answers = Math.ceil((sizing?.replicas ?? 0) / perNode(sizing?.gpusPerReplica ?? 8));
    const prompts = Math.ceil(
      (sizing?.prompts?.replicas ?? 0) / perNode(sizing?.prompts?.gpusPerReplica ?? 8),
    );
    expect(prompts).toBeGreaterThan(0);
    expect(plan?.nodePools[0]?.nodes.desired).toBe(answers + prompts);
  });

  it('takes the rate of the link from an assumption where the option states none', () => {
    // 2,048 × 327,680 bytes over 40 GB/s.
    expect(plan?.sizing?.prompts?.transferMs).toBeCloseTo(16.777, 3);
  });

  it('is not synthesized, and says so at its place', () => {
    expect(() => plan !== null && servingSlice(plan)).toThrow(/two are sized and compared/);
  });
});
