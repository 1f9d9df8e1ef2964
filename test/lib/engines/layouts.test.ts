import { describe, expect, it } from 'vitest';
import type { BesideLayout, EngineDrafter, EngineSlot } from '#lib/engines/engine';
import { engines } from '#lib/engines/index';
import { slot } from '../../_support/serving-plan';

const GROUPED: EngineSlot = {
  ...slot,
  gpusPerPod: 8,
  tensorParallel: 8,
  attentionData: 8,
  expertParallel: 8,
  maxSequences: 622,
};
const SPREAD: EngineSlot = { ...slot, tensorParallel: 4, expertParallel: 4 };

function lineOf(engine: 'vllm' | 'sglang', changes: EngineSlot): string {
  return engines.get(engine).launch(changes, {}).args.join(' ');
}

function modelArguments(changes: EngineSlot): unknown {
  const { files } = engines.get('triton').launch(changes, {});
  return JSON.parse(files.find(({ path }) => path.endsWith('/model.json'))?.content ?? '{}');
}

describe('attention in groups', () => {
  it('is data parallelism of vLLM, whose sequences count for each group', () => {
    const line = lineOf('vllm', GROUPED);
    expect(line).toContain(
      '--tensor-parallel-size 1 --pipeline-parallel-size 1 --data-parallel-size 8 --enable-expert-parallel --all2all-backend allgather_reducescatter ',
    );
    expect(line).toContain('--max-num-seqs 78 ');
  });

  it('leaves the GPUs of each group to tensor parallelism', () => {
    expect(lineOf('vllm', { ...GROUPED, attentionData: 2 })).toContain(
      '--tensor-parallel-size 4 --pipeline-parallel-size 1 --data-parallel-size 2 ',
    );
  });

  it('is part of the tensor group of SGLang, whose sequences count over all groups, equal parts', () => {
    const line = lineOf('sglang', GROUPED);
    expect(line).toContain('--tensor-parallel-size 8 ');
    expect(line).toContain('--data-parallel-size 8 --enable-dp-attention --expert-parallel-size 8 ');
    expect(line).toContain('--max-running-requests 624 ');
  });

  it('has steps of SGLang that count over all groups, and of vLLM that count for each', () => {
    const prefill = { chunked: true, budgetTokens: 8192 };
    const told = { ...GROUPED, switchedOn: { prefill } };
    expect(lineOf('sglang', told)).toContain('--chunked-prefill-size 65536 ');
    expect(lineOf('vllm', told)).toContain('--max-num-batched-tokens 8192 ');
    const whole = { ...GROUPED, switchedOn: { prefill: { ...prefill, chunked: false } } };
    expect(lineOf('sglang', whole)).toContain('--chunked-prefill-size -1 --max-prefill-tokens 8192 ');
  });

  it('takes the variable in which a container of AWS has its copies', () => {
    const { sagemaker } = engines.get('vllm').launch(GROUPED, {});
    expect(sagemaker?.environment[sagemaker.copiesVariable]).toBe('8');
  });
});

describe('groups over nodes', () => {
  const OVER_NODES: EngineSlot = {
    ...GROUPED,
    tensorParallel: 16,
    attentionData: 16,
    expertParallel: 16,
    group: { pods: 2, index: '$(INDEX)', leader: '$(LEADER)' },
  };

  it('are data parallelism of vLLM over all pods, each with as many ranks as it has GPUs', () => {
    const line = lineOf('vllm', OVER_NODES);
    expect(line).toContain(
      '--tensor-parallel-size 1 --pipeline-parallel-size 1 --data-parallel-size 16 --enable-expert-parallel --all2all-backend allgather_reducescatter ',
    );
    expect(line).toContain('--nnodes 2 --node-rank $(INDEX) --master-addr $(LEADER) ');
    // From these it infers ranks and addresses: a second statement could only contradict them.
    expect(line).not.toMatch(/--data-parallel-(size-local|start-rank|address)/);
    const { args, workerArgs } = engines.get('vllm').launch(OVER_NODES, {});
    expect(workerArgs).toEqual([...args, '--headless']);
  });

  it('are the tensor group of SGLang over all pods', () => {
    const line = lineOf('sglang', OVER_NODES);
    expect(line).toContain('--tensor-parallel-size 16 --pipeline-parallel-size 1 ');
    expect(line).toContain('--data-parallel-size 16 --enable-dp-attention --expert-parallel-size 16 ');
    expect(line).toContain('--nnodes 2 --node-rank $(INDEX) --dist-init-addr $(LEADER):20000 ');
  });
});

describe('experts spread over GPUs', () => {
  it('are asked for by name, since engines split each expert by default', () => {
    expect(lineOf('vllm', SPREAD)).toContain(
      '--tensor-parallel-size 4 --pipeline-parallel-size 1 --enable-expert-parallel ',
    );
    expect(lineOf('sglang', SPREAD)).toContain('--expert-parallel-size 4 ');
    expect(modelArguments(SPREAD)).toMatchObject({ tensor_parallel_size: 4, enable_expert_parallel: true });
  });

  it('are not spoken of where there are none', () => {
    expect(lineOf('vllm', slot)).not.toContain('expert');
    expect(lineOf('sglang', slot)).not.toContain('expert');
    expect(modelArguments(slot)).not.toHaveProperty('enable_expert_parallel');
  });
});

describe('layouts that an engine starts with', () => {
  const layouts = (id: 'vllm' | 'sglang' | 'triton', beside: Partial<BesideLayout> = {}) =>
    engines.get(id).layouts({ hasAdapters: false, hasTwoFleets: false, ...beside });

  it('are groups over nodes for both servers, none behind Triton', () => {
    expect(layouts('vllm')).toEqual({ attentionData: 'nodes', spreadsExperts: true });
    // Blocks of FP8 divide no further over its tensor group.
    expect(layouts('sglang')).toEqual({ attentionData: 'nodes', spreadsExperts: true, mostGroupedGpus: 16 });
    expect(layouts('triton')).toEqual({
      attentionData: 'none',
      mostNodesPerReplica: 1,
      spreadsExperts: true,
    });
  });

  it.each(engines.ids)('split every expert of %s beside adapters', (id) => {
    expect(layouts(id, { hasAdapters: true })).toMatchObject({
      attentionData: 'none',
      spreadsExperts: false,
    });
  });

  it.each([
    [false, 'one-node'],
    [true, 'none'],
  ])(
    'keep a replica on one node where prompts have a fleet of their own, adapters %s',
    (hasAdapters, reach) => {
      const found = layouts('vllm', { hasAdapters, hasTwoFleets: true });
      expect(found).toMatchObject({ attentionData: reach, mostNodesPerReplica: 1 });
    },
  );

  it('have no groups beside the drafters that SGLang refuses them with', () => {
    const reach = (drafter: EngineDrafter['kind']) => layouts('sglang', { drafter }).attentionData;
    expect([reach('n-gram'), reach('model')]).toEqual(['none', 'none']);
    expect([reach('mtp'), reach('eagle')]).toEqual(['nodes', 'nodes']);
    expect(layouts('vllm', { drafter: 'n-gram' }).attentionData).toBe('nodes');
  });
});
