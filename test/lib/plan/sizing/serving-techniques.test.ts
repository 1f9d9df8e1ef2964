import { describe, expect, it } from 'vitest';
import { loadCatalog } from '#lib/catalog/load';
import { createPriceBook } from '#lib/catalog/price-book';
import { makePlan } from '#lib/plan/make-plan';
import { Finance } from '#lib/spec/schema/finance';
import { option } from '#lib/spec/schema/option';
import { Scenario } from '#lib/spec/schema/scenario';
import { chatPlan } from '../../../_support/chat-plan';

const catalog = loadCatalog();
const prices = createPriceBook({ catalog });

function plan(serving: object, scenario: object = {}) {
  return makePlan({
    environmentName: 'test',
    scenarioId: 'chat',
    scenario: Scenario.parse({
      title: 'Chat',
      models: ['llama-3.1-70b'],
      traffic: {
        requestsPerSecond: { mean: 2, peak: 12 },
        inputTokens: { mean: 1024 },
        outputTokens: { mean: 256 },
        cachedShare: 0.5,
      },
      objectives: { tpotMs: 50 },
      ...scenario,
    }),
    optionId: 'leased',
    option: option().parse({ target: 'leased', gpu: 'h100-sxm', serving }),
    finance: Finance.parse({}),
    catalog,
    prices,
  });
}

function planned(serving: object, scenario: object = {}) {
  const result = plan(serving, scenario);
  if (!result.feasible) throw new Error(result.reasons.join('; '));
  return result.plan;
}

describe('a checkpoint of 16 bits that the engine quantises while loading', () => {
  const inFormat = (precision: string) => planned({ precision, tensorParallel: 8 });
  const narrow = inFormat('fp8');
  const wide = inFormat('bf16');

  it('is held in 8 bits, and lies on the disk and is read in 16', () => {
    const { sizing, serving } = narrow;
    expect(sizing?.weightsGib).toBeLessThan(0.6 * (wide.sizing?.weightsGib ?? 0));
    expect(sizing?.storedWeightsGib).toBeCloseTo(wide.sizing?.weightsGib ?? 0, 6);
    expect(sizing?.coldStartSeconds).toBeCloseTo(wide.sizing?.coldStartSeconds ?? 0, 6);
    expect(serving?.weightsVolumeGib).toBe(wide.serving?.weightsVolumeGib);
    expect(serving?.startupBudgetSeconds).toBe(wide.serving?.startupBudgetSeconds);
  });
});

describe('techniques in a plan', () => {
  it('reach the command line with the quantities that were sized', () => {
    const { serving } = planned({
      precision: 'fp8',
      tensorParallel: 4,
      speculation: { drafter: 'model', model: 'llama-3.1-8b', acceptanceRate: 0.7 },
      offload: { weightsShare: 0.1 },
      prefill: { chunked: false },
    });
    const line = serving?.launch.args.join(' ') ?? '';
    expect(line).toContain('"model":"meta-llama/Llama-3.1-8B-Instruct","draft_tensor_parallel_size":4');
    // (67.66 + 14.96) GiB × 0.1 over four GPUs.
    expect(line).toContain('--cpu-offload-gb 2.07');
    expect(line).toContain('--no-enable-chunked-prefill');
  });

  it('say the format of a sparse cache where the engine would choose another', () => {
    const lineOf = (model: string) => {
      const { serving } = chatPlan(
        model,
        { target: 'leased', gpu: 'b300-sxm', serving: { engine: { engine: 'sglang' }, kvPrecision: 'bf16' } },
        { mean: 1, peak: 2 },
      );
      return serving.launch.args.join(' ');
    };
    expect(lineOf('deepseek-v3.2')).toContain('--kv-cache-dtype bfloat16');
    expect(lineOf('deepseek-r1')).not.toContain('--kv-cache-dtype');
  });

  it('leave no step of an unchunked prompt smaller than the longest sequence', () => {
    const { serving, sizing } = planned(
      { prefill: { chunked: false, budgetTokens: 512 } },
      {
        traffic: {
          requestsPerSecond: { mean: 1, peak: 2 },
          inputTokens: { mean: 9_000, p95: 20_000 },
          outputTokens: { mean: 100, p95: 300 },
        },
        objectives: {},
      },
    );
    expect(serving?.launch.args.join(' ')).toContain(`--max-num-batched-tokens ${sizing?.contextTokens}`);
  });

  it('carry a step that the sizing made smaller, and none where the engine would take it anyway', () => {
    const lineOf = (longest: number) =>
      planned(
        { precision: 'fp4', tensorParallel: 1, kvPrecision: 'bf16' },
        {
          models: ['gpt-oss-120b'],
          traffic: {
            requestsPerSecond: { mean: 0.1, peak: 0.2 },
            inputTokens: { mean: 1024, p95: longest },
            outputTokens: { mean: 256, p95: 1000 },
          },
          objectives: {},
        },
      );
    const { serving, sizing } = lineOf(125_000);
    expect(sizing?.stepTokens).toBeLessThan(8192);
    expect(serving?.launch.args.join(' ')).toContain(`--max-num-batched-tokens ${sizing?.stepTokens}`);
    expect(lineOf(10_000).serving?.launch.args.join(' ')).not.toContain('--max-num-batched-tokens');
  });

  it('are a reason where the vocabularies differ or no layer could draft', () => {
    expect(plan({ speculation: { drafter: 'model', model: 'qwen3-8b', acceptanceRate: 0.7 } })).toMatchObject(
      {
        feasible: false,
        reasons: [expect.stringContaining('it cannot draft for it')],
      },
    );
    expect(plan({ speculation: { drafter: 'mtp', acceptanceRate: 0.8 } })).toMatchObject({
      feasible: false,
      reasons: [expect.stringContaining('no multi-token-prediction layer')],
    });
  });

  it('are a reason where the host cannot hold the weights left to it', () => {
    const result = plan(
      { precision: 'bf16', offload: { weightsShare: 0.95 } },
      { models: ['deepseek-v3'], objectives: {} },
    );
    expect(result).toMatchObject({ feasible: false });
    expect(result.feasible ? '' : result.reasons.join(' ')).toContain('left in host memory');
  });

  it('count no input as cached where the engine is told not to reuse prefixes', () => {
    const reusing = planned({ tensorParallel: 4 });
    const computing = planned({ tensorParallel: 4, engine: { engine: 'vllm', prefixCaching: false } });
    expect(computing.sizing?.tokensPerSecondPerReplica.base).toBeLessThan(
      reusing.sizing?.tokensPerSecondPerReplica.base ?? 0,
    );
    expect(computing.notes.join(' ')).toContain('no input counts as cached');
    expect(
      plan({ engine: { engine: 'vllm', prefixCaching: false }, prefixCache: { distinctPrefixes: 5 } }),
    ).toMatchObject({ feasible: false });
  });

  it('say that no measured run has them', () => {
    const { notes, sizing } = planned({ adapters: { resident: 8, rank: 16 } });
    expect(sizing?.confidence).toBe('extrapolated');
    expect(notes.join(' ')).toContain('no measured run has them');
    expect(notes.join(' ')).toContain('loads none');
  });

  it('say of a model whose dimensions nobody publishes just that, whatever else is asked of it', () => {
    const drafting = { speculation: { drafter: 'model', model: 'llama-3.1-8b', acceptanceRate: 0.6 } };
    const reasonsOf = (serving: object) => {
      const result = plan(serving, { models: ['claude-opus-5'] });
      return result.feasible ? '' : result.reasons.join('; ');
    };
    expect(reasonsOf({ tensorParallel: 4 })).toContain('not published');
    expect(reasonsOf({ tensorParallel: 4 })).not.toMatch(/has 0 /);
    expect(reasonsOf(drafting)).toContain('the vocabulary of claude-opus-5 is not published');
  });
});
