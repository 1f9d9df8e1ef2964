import { describe, expect, it } from 'vitest';
import { loadCatalog } from '#lib/catalog/load';
import { createPriceBook } from '#lib/catalog/price-book';
import { makePlan } from '#lib/plan/make-plan';
import { Finance } from '#lib/spec/schema/finance';
import { option } from '#lib/spec/schema/option';
import { Scenario } from '#lib/spec/schema/scenario';

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

  it('buys the nodes that both fill together', () => {
    const sizing = plan?.sizing;
    if (sizing?.prompts === undefined) throw new Error('one fleet');
    const { prompts } = sizing;
    expect(prompts.replicas).toBeGreaterThan(0);
    // Degrees are powers of two: no GPU between two replicas stays empty.
    const gpus = sizing.replicas * sizing.gpusPerReplica + prompts.replicas * prompts.gpusPerReplica;
    expect(plan?.nodePools[0]?.nodes.desired).toBe(Math.ceil(gpus / 8));
  });

  it('takes the rate of the link from an assumption where the option states none', () => {
    // 2,048 × 327,680 bytes over 40 GB/s.
    expect(plan?.sizing?.prompts?.transferMs).toBeCloseTo(16.777, 3);
  });

  it('launches each fleet with its half of the transfer, and a router before both', () => {
    const { launch, prompts, promptReplicas } = plan?.serving ?? {};
    expect(launch?.args.join(' ')).toContain('"kv_role":"kv_consumer"');
    expect(prompts?.launch.args.join(' ')).toContain('"kv_role":"kv_producer"');
    expect(prompts?.replicas.desired).toBe(promptReplicas);
    expect(launch?.router?.args).toContain('--vllm-pd-disaggregation');
    expect(prompts?.launch.router).toBeUndefined();
    expect(launch?.addressVariables).toEqual(['VLLM_NIXL_SIDE_CHANNEL_HOST']);
  });
});
