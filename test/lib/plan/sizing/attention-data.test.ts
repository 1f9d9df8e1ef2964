import { describe, expect, it } from 'vitest';
import { loadCatalog } from '#lib/catalog/load';
import { switchedOn } from '#lib/plan/sizing/serving-techniques';
import { option } from '#lib/spec/schema/option';
import { chatPlan } from '../../../_support/chat-plan';

const catalog = loadCatalog();

function planOf(optionInput: object, model = 'deepseek-r1') {
  const plan = chatPlan(model, optionInput, { mean: 8, peak: 20 });
  return { ...plan, line: plan.serving.launch.args.join(' ') };
}

const ON_EKS = { target: 'aws-eks', region: 'us-east-1', instance: 'p5en.48xlarge' };

describe('a replica that was sized with attention in groups', () => {
  it('is launched with them on vLLM, which holds as many sequences as were sized', () => {
    const { sizing, line } = planOf(ON_EKS);
    expect(sizing.parallelism).toEqual({ tensor: 8, pipeline: 1, expert: 8, data: 8 });
    expect(line).toContain('--tensor-parallel-size 1 ');
    expect(line).toContain('--data-parallel-size 8 --enable-expert-parallel ');
    expect(line).toContain(`--max-num-seqs ${Math.ceil(sizing.concurrency / 8)} `);
  });

  it('is launched with them on SGLang, with the step that it was sized with', () => {
    const { sizing, line } = planOf({ ...ON_EKS, serving: { engine: { engine: 'sglang' } } });
    expect(sizing.parallelism.data).toBe(8);
    expect(line).toContain('--data-parallel-size 8 --enable-dp-attention --expert-parallel-size 8 ');
    expect(line).toContain(`--chunked-prefill-size ${8 * (sizing.stepTokens ?? Number.NaN)} `);
  });

  it('is not chosen for an engine that has none', () => {
    const { sizing, serving } = planOf({ ...ON_EKS, serving: { engine: { engine: 'triton' } } });
    expect(sizing.parallelism).toMatchObject({ tensor: 8, data: 1 });
    expect(JSON.stringify(serving.launch.files)).not.toContain('data_parallel');
  });

  const LEASED = { target: 'leased', gpu: 'h200-sxm', fabricGbps: 3200 };

  it('stays on the node that Triton and two fleets cannot leave', () => {
    const long = { ...LEASED, serving: { precision: 'fp8', engine: { engine: 'triton' } } };
    expect(planOf(long).sizing).toMatchObject({ nodesPerReplica: 1 });
    const fleets = { ...LEASED, serving: { precision: 'fp8', disaggregation: {} } };
    expect(planOf(fleets).sizing).toMatchObject({ nodesPerReplica: 1, prompts: { nodesPerReplica: 1 } });
  });

  it.each([{ engine: { engine: 'triton' } }, { disaggregation: {} }])(
    'says so of a model that no node holds: %j',
    (serving) => {
      const asked = { ...LEASED, gpu: 'h100-sxm', serving: { precision: 'fp8', ...serving } };
      expect(() => planOf(asked, 'kimi-k2')).toThrow(/a replica stays on one node/);
    },
  );

  it('is the only one of its instance on SageMaker', () => {
    const { sizing, serving } = planOf({
      target: 'aws-sagemaker',
      region: 'us-east-1',
      instance: 'ml.p5en.48xlarge',
    });
    expect(sizing.parallelism).toMatchObject({ tensor: 8, data: 8 });
    expect(serving.launch.sagemaker?.environment).toMatchObject({ SM_VLLM_DATA_PARALLEL_SIZE: '8' });
  });

  it('is not chosen where a replica spans nodes, which a launch cannot say', () => {
    const { sizing, line } = planOf({ ...ON_EKS, instance: 'p5.48xlarge' }, 'kimi-k2');
    expect(sizing.parallelism.pipeline).toBeGreaterThan(1);
    expect(sizing.parallelism.data).toBe(1);
    expect(line).not.toContain('data-parallel');
  });
});

it('splits a drafting model as the attention of its target', () => {
  const { serving } = option().parse({
    ...ON_EKS,
    serving: {
      speculation: { drafter: 'model', model: 'llama-3.1-8b', draftTokens: 3, acceptanceRate: 0.6 },
    },
  });
  const told = (data: number) =>
    switchedOn(
      serving,
      {
        weightsGib: 640,
        gpusPerReplica: 8,
        contextTokens: 8192,
        parallelism: { tensor: 8, pipeline: 1, expert: 8, data },
      },
      catalog,
    )?.speculation?.drafter;
  expect(told(1)).toMatchObject({ tensorParallel: 8 });
  expect(told(8)).toMatchObject({ tensorParallel: 1 });
});

describe('a format other than that of the checkpoint', () => {
  const asked = (precision: string, model: string) =>
    planOf({ target: 'leased', gpu: 'b300-sxm', serving: { precision } }, model);
  const ownRepository = expect.stringMatching(/needs a checkpoint that .* so: name its repository/);

  it.each([
    ['fp8', 'gpt-oss-120b'],
    ['bf16', 'deepseek-r1'],
  ])('%s is not asked of that of %s, which is quantised otherwise: it takes another', (precision, model) => {
    const { line, notes } = asked(precision, model);
    expect(line).not.toContain('--quantization');
    expect(notes).toContainEqual(ownRepository);
  });

  it('is made while it loads of 16 bits alone', () => {
    const { line, notes } = asked('fp8', 'llama-3.1-70b');
    expect(line).toContain('--quantization fp8 ');
    expect(notes).not.toContainEqual(ownRepository);
  });
});
