import { describe, expect, it } from 'vitest';
import type { SwitchedOn } from '#lib/engines/engine';
import { engines } from '#lib/engines/index';
import { slot } from '../../_support/serving-plan';

const ALL: SwitchedOn = {
  prefill: { chunked: false, budgetTokens: 16_384 },
  speculation: {
    drafter: { kind: 'eagle', weights: 'acme/eagle3-head', tensorParallel: 1 },
    draftTokens: 3,
  },
  adapters: { resident: 8, rank: 16, modules: { claims: 'acme/claims', legal: 'acme/legal' } },
  offloadGibPerGpu: 12.5,
};

function modelArguments(switchedOn: SwitchedOn): unknown {
  const { files } = engines.get('triton').launch({ ...slot, switchedOn }, {});
  return JSON.parse(files.find(({ path }) => path.endsWith('/model.json'))?.content ?? '{}');
}

describe('techniques on the command line of vLLM', () => {
  it('has one flag for each, adapters as pairs at the end', () => {
    const line = engines
      .get('vllm')
      .launch({ ...slot, switchedOn: ALL }, {})
      .args.join(' ');
    expect(line).toContain('--max-num-batched-tokens 16384 --no-enable-chunked-prefill');
    expect(line).toContain(
      '--speculative-config {"method":"eagle3","model":"acme/eagle3-head","draft_tensor_parallel_size":1,"num_speculative_tokens":3}',
    );
    expect(line).toContain('--enable-lora --max-loras 8 --max-lora-rank 16 --cpu-offload-gb 12.5');
    expect(line).toContain('--lora-modules claims=acme/claims legal=acme/legal');
  });

  it('names each drafter as vLLM does', () => {
    const methodOf = (drafter: NonNullable<SwitchedOn['speculation']>['drafter']) => {
      const { args } = engines
        .get('vllm')
        .launch({ ...slot, switchedOn: { speculation: { drafter, draftTokens: 2 } } }, {});
      const config: unknown = JSON.parse(args[args.indexOf('--speculative-config') + 1] ?? '{}');
      return config;
    };
    expect(methodOf({ kind: 'n-gram' })).toEqual({
      method: 'ngram',
      prompt_lookup_max: 4,
      num_speculative_tokens: 2,
    });
    expect(methodOf({ kind: 'mtp' })).toEqual({ method: 'mtp', num_speculative_tokens: 2 });
    expect(methodOf({ kind: 'model', weights: 'acme/small', tensorParallel: 4 })).toMatchObject({
      method: 'draft_model',
      model: 'acme/small',
      draft_tensor_parallel_size: 4,
    });
  });

  it('has no image of AWS for several adapters, which one variable cannot name', () => {
    const launch = (modules: Record<string, string>) =>
      engines
        .get('vllm')
        .launch({ ...slot, switchedOn: { adapters: { resident: 2, rank: 16, modules } } }, {});
    expect(launch({ claims: 'acme/claims' }).sagemaker?.environment).toMatchObject({
      SM_VLLM_LORA_MODULES: 'claims=acme/claims',
      SM_VLLM_ENABLE_LORA: 'true',
      SM_VLLM_MAX_LORAS: '2',
    });
    expect(launch({ claims: 'acme/claims', legal: 'acme/legal' }).sagemaker).toBeUndefined();
  });
});

describe('techniques in the model repository of Triton', () => {
  it('has them among the arguments of the engine', () => {
    expect(modelArguments(ALL)).toMatchObject({
      max_num_batched_tokens: 16_384,
      enable_chunked_prefill: false,
      speculative_config: { method: 'eagle3', num_speculative_tokens: 3 },
      enable_lora: true,
      max_loras: 8,
      max_lora_rank: 16,
      cpu_offload_gb: 12.5,
    });
  });

  it('names the adapters in a file beside the arguments', () => {
    const { files } = engines.get('triton').launch({ ...slot, switchedOn: ALL }, {});
    const adapters = files.find(({ path }) => path.endsWith('/1/multi_lora.json'));
    expect(JSON.parse(adapters?.content ?? '{}')).toEqual({ claims: 'acme/claims', legal: 'acme/legal' });
  });
});
