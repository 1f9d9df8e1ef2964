import type { EngineSlot, SwitchedOn } from '#lib/engines/engine';
import { LandfallError } from '#lib/errors/landfall-error';

/**
 * What is switched on, as flags of SGLang 0.5.18 (`sglang/srt/server_args.py`). Its steps hold prompts or answers, never
 * both: the budget of a step is that of its prompts.
 *
 * @throws LandfallError CONFLICT where SGLang would refuse to start
 */
export function sglangTechniqueFlags({ switchedOn = {}, pipelineParallel }: EngineSlot): readonly string[] {
  const { prefill, speculation, adapters, offloadGibPerGpu } = switchedOn;
  if (speculation !== undefined && pipelineParallel > 1) {
    throw conflict(
      'speculation through a pipeline over nodes',
      'pin a smaller format or leave out speculation',
    );
  }
  if (speculation !== undefined && adapters !== undefined && speculation.drafter.kind !== 'n-gram') {
    throw conflict('adapters beside a drafting model', 'draft by n-grams, or leave out one of the two');
  }
  return [
    ...(prefill === undefined ? [] : prefillFlags(prefill)),
    ...(speculation === undefined ? [] : speculationFlags(speculation)),
    ...(adapters === undefined ? [] : adapterFlags(adapters)),
    // It takes whole GiB.
    ...(offloadGibPerGpu === undefined ? [] : ['--cpu-offload-gb', String(Math.ceil(offloadGibPerGpu))]),
  ];
}

function prefillFlags({ chunked, budgetTokens }: NonNullable<SwitchedOn['prefill']>): string[] {
  const budget = String(budgetTokens);
  return chunked
    ? ['--chunked-prefill-size', budget]
    : ['--chunked-prefill-size', '-1', '--max-prefill-tokens', budget];
}

/** A chain of drafted tokens; the step verifies one more, the model's own. */
function speculationFlags({ drafter, draftTokens }: NonNullable<SwitchedOn['speculation']>): string[] {
  const verified = ['--speculative-num-draft-tokens', String(draftTokens + 1)];
  if (drafter.kind === 'n-gram') return ['--speculative-algorithm', 'NGRAM', ...verified];
  const algorithm = { mtp: 'NEXTN', eagle: 'EAGLE3', model: 'STANDALONE' }[drafter.kind];
  return [
    '--speculative-algorithm',
    algorithm,
    ...(drafter.kind === 'mtp' ? [] : ['--speculative-draft-model-path', drafter.weights]),
    '--speculative-num-steps',
    String(draftTokens),
    '--speculative-eagle-topk',
    '1',
    ...verified,
  ];
}

/** Its places in a step count requests without an adapter as one more. */
function adapterFlags({ resident, rank, modules }: NonNullable<SwitchedOn['adapters']>): string[] {
  const pairs = Object.entries(modules).map(([name, path]) => `${name}=${path}`);
  return [
    '--enable-lora',
    '--max-loras-per-batch',
    String(resident + 1),
    '--max-lora-rank',
    String(rank),
    ...(pairs.length === 0 ? ['--lora-target-modules', 'all'] : ['--lora-paths', ...pairs]),
  ];
}

function conflict(got: string, fix: string): LandfallError {
  return new LandfallError({
    code: 'CONFLICT',
    at: 'serving.speculation',
    got,
    expected: 'what SGLang runs together',
    fix,
  });
}
