import type { EngineDrafter, SwitchedOn } from '#lib/engines/engine';

type Value = string | number | boolean | Readonly<Record<string, string | number>>;

/** Longest run of prompt tokens that the n-gram drafter matches. */
const LOOKUP_TOKENS = 4;

/**
 * What is switched on, by the names of vLLM's `AsyncEngineArgs` (0.26): the command line has the same names with dashes.
 * EAGLE heads are of the third kind, the one that current heads are trained for.
 */
export function techniqueArguments({
  prefill,
  speculation,
  adapters,
  offloadGibPerGpu,
}: SwitchedOn): Readonly<Record<string, Value>> {
  return {
    ...(prefill === undefined
      ? {}
      : { max_num_batched_tokens: prefill.budgetTokens, enable_chunked_prefill: prefill.chunked }),
    ...(speculation === undefined
      ? {}
      : {
          speculative_config: {
            ...drafterArguments(speculation.drafter),
            num_speculative_tokens: speculation.draftTokens,
          },
        }),
    ...(adapters === undefined
      ? {}
      : { enable_lora: true, max_loras: adapters.resident, max_lora_rank: adapters.rank }),
    ...(offloadGibPerGpu === undefined ? {} : { cpu_offload_gb: offloadGibPerGpu }),
  };
}

function drafterArguments(drafter: EngineDrafter): Readonly<Record<string, string | number>> {
  if (drafter.kind === 'n-gram') return { method: 'ngram', prompt_lookup_max: LOOKUP_TOKENS };
  if (drafter.kind === 'mtp') return { method: 'mtp' };
  return {
    method: drafter.kind === 'eagle' ? 'eagle3' : 'draft_model',
    model: drafter.weights,
    draft_tensor_parallel_size: drafter.tensorParallel,
  };
}

/** The same as flags: `--enable-lora`, `--no-enable-chunked-prefill`, `--speculative-config {"method":"mtp"}`. */
export function techniqueFlags(switchedOn: SwitchedOn): readonly string[] {
  return Object.entries(techniqueArguments(switchedOn)).flatMap(([name, value]) => {
    const flag = name.replaceAll('_', '-');
    if (value === true) return [`--${flag}`];
    if (value === false) return [`--no-${flag}`];
    return [`--${flag}`, typeof value === 'object' ? JSON.stringify(value) : String(value)];
  });
}
