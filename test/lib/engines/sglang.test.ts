import { describe, expect, it } from 'vitest';
import type { EngineSlot, SwitchedOn } from '#lib/engines/engine';
import { engines } from '#lib/engines/index';
import { LandfallError } from '#lib/errors/landfall-error';
import { slot } from '../../_support/serving-plan';

function lineOf(changes: Partial<EngineSlot> = {}, knobs: object = {}): string {
  return engines
    .get('sglang')
    .launch({ ...slot, ...changes }, knobs)
    .args.join(' ');
}

const withTechniques = (switchedOn: SwitchedOn, changes: Partial<EngineSlot> = {}) =>
  lineOf({ ...changes, switchedOn });

describe('the command line of SGLang', () => {
  it('says model, layout, lengths, sequences, memory and formats', () => {
    expect(lineOf()).toBe(
      '--model-path meta-llama/Llama-3.1-70B-Instruct --served-model-name llama-3.1-70b --host 0.0.0.0 --port 30000 ' +
        '--tensor-parallel-size 4 --pipeline-parallel-size 1 --context-length 16384 --max-running-requests 128 ' +
        '--mem-fraction-static 0.85 --quantization fp8 --kv-cache-dtype fp8_e4m3 --enable-metrics ' +
        '--uvicorn-access-log-exclude-prefixes /health /metrics',
    );
  });

  it('leaves a checkpoint of 8 bits as it is, and says where prefixes are not reused', () => {
    const line = lineOf({ storedAs: 'fp8', kvPrecision: 'bf16' }, { prefixCaching: false });
    expect(line).not.toContain('--quantization');
    expect(line).not.toContain('--kv-cache-dtype');
    expect(line).toContain('--disable-radix-cache');
  });

  it('says that the cache of sparse attention has 16 bits, which it would make 8 on Blackwell', () => {
    expect(lineOf({ sparseAttention: true, kvPrecision: 'bf16' })).toContain('--kv-cache-dtype bfloat16 ');
    expect(lineOf({ sparseAttention: true, kvPrecision: 'fp8' })).toContain('--kv-cache-dtype fp8_e4m3 ');
  });

  it('computes prompts in pieces of the budget, or whole', () => {
    expect(withTechniques({ prefill: { chunked: true, budgetTokens: 4096 } })).toContain(
      '--chunked-prefill-size 4096 ',
    );
    expect(withTechniques({ prefill: { chunked: false, budgetTokens: 4096 } })).toContain(
      '--chunked-prefill-size -1 --max-prefill-tokens 4096 ',
    );
  });

  it('verifies one token more than it drafts', () => {
    const drafted = (drafter: NonNullable<SwitchedOn['speculation']>['drafter']) =>
      withTechniques({ speculation: { drafter, draftTokens: 3 } });
    expect(drafted({ kind: 'n-gram' })).toContain(
      '--speculative-algorithm NGRAM --speculative-num-draft-tokens 4 ',
    );
    expect(drafted({ kind: 'mtp' })).toContain(
      '--speculative-algorithm NEXTN --speculative-num-steps 3 --speculative-eagle-topk 1 --speculative-num-draft-tokens 4 ',
    );
    expect(drafted({ kind: 'eagle', weights: 'acme/head', tensorParallel: 1 })).toContain(
      '--speculative-algorithm EAGLE3 --speculative-draft-model-path acme/head --speculative-num-steps 3',
    );
    expect(drafted({ kind: 'model', weights: 'acme/small', tensorParallel: 1 })).toContain(
      '--speculative-algorithm STANDALONE --speculative-draft-model-path acme/small',
    );
  });

  it('has room for the adapters and for requests without one', () => {
    const modules = { claims: 'acme/claims', legal: 'acme/legal' };
    expect(withTechniques({ adapters: { resident: 8, rank: 16, modules } })).toContain(
      '--enable-lora --max-loras-per-batch 9 --max-lora-rank 16 --lora-paths claims=acme/claims legal=acme/legal ',
    );
    expect(withTechniques({ adapters: { resident: 8, rank: 16, modules: {} } })).toContain(
      '--lora-target-modules all ',
    );
  });

  it('divides its cache as sized, windows rounded up to thousandths', () => {
    expect(lineOf({ cachePools: { windowTokensShare: 0.0641, stateSlots: 320 } })).toContain(
      '--mem-fraction-static 0.85 --swa-full-tokens-ratio 0.065 --max-mamba-cache-size 320 ',
    );
  });

  it('leaves whole GiB in host memory', () => {
    expect(withTechniques({ offloadGibPerGpu: 12.5 })).toContain('--cpu-offload-gb 13 ');
  });

  it('refuses what SGLang does not start with', () => {
    const mtp = { drafter: { kind: 'mtp' }, draftTokens: 2 } as const;
    const adapters = { resident: 1, rank: 16, modules: {} };
    expect(() => withTechniques({ speculation: mtp }, { pipelineParallel: 2 })).toThrow(LandfallError);
    expect(() => withTechniques({ speculation: mtp, adapters })).toThrow(LandfallError);
    expect(withTechniques({ speculation: { ...mtp, drafter: { kind: 'n-gram' } }, adapters })).toContain(
      'NGRAM',
    );
  });
});

describe('SGLang over several pods', () => {
  const group = { pods: 2, index: '$(RANK)', leader: '$(LEADER)' };
  const launch = engines.get('sglang').launch({ ...slot, pipelineParallel: 2, group }, {});

  it('meets at the leader, each pod with its rank', () => {
    expect(launch.args.join(' ')).toContain(
      '--nnodes 2 --node-rank $(RANK) --dist-init-addr $(LEADER):20000',
    );
    expect(launch.workerArgs).toEqual(launch.args);
  });
});
