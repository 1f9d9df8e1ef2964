import { own, type RawRow } from '#lib/evaluation/benchmark-file';
import {
  fieldsByLetters,
  lettersOfField,
  underOwnNames,
  type FieldNames,
  type OtherFields,
} from '#lib/evaluation/field-names';
import { isAbsent, optional, Unusable } from '#lib/evaluation/row-fields';

/** How engines, load generators and publishers call what a row says of a serving run. */
const NAMES: FieldNames = {
  gpu: ['hw', 'hardware', 'accelerator', 'gpu_type', 'gpu_name', 'gpu_model', 'device'],
  gpus: ['num_gpus', 'n_gpus', 'gpu_count', 'num_accelerators', 'accelerators', 'total_gpus', 'world_size'],
  model: ['model_name', 'model_id', 'model_path'],
  engine: ['framework', 'backend', 'inference_engine', 'serving_engine', 'engine_name'],
  engine_version: ['framework_version', 'backend_version'],
  precision: ['quantization', 'quant', 'weight_dtype', 'weight_precision', 'weights_precision'],
  kv_dtype: [
    'kv_cache_dtype',
    'kv_precision',
    'kv_cache_precision',
    'kv_cache_quant_algo',
    'kv_cache_format',
  ],
  isl: ['input_len', 'input_length', 'input_tokens', 'input_sequence_length', 'random_input_len'],
  osl: ['output_len', 'output_length', 'output_tokens', 'output_sequence_length', 'random_output_len'],
  isl_effective: ['mean_isl', 'isl_mean', 'mean_input_tokens', 'avg_input_tokens', 'mean_input_len'],
  osl_effective: ['mean_osl', 'osl_mean', 'mean_output_tokens', 'avg_output_tokens', 'mean_output_len'],
  concurrency: ['conc', 'max_concurrency', 'concurrent_requests', 'num_concurrent_requests'],
  parallel: ['parallelism', 'mapping', 'parallel_layout', 'parallel_strategy'],
  tp: ['tp_size', 'tensor_parallel', 'tensor_parallel_size', 'tensor_parallelism'],
  pp: ['pp_size', 'pipeline_parallel', 'pipeline_parallel_size', 'pipeline_parallelism'],
  attention_dp: ['attention_dp_size', 'attn_dp', 'attn_dp_size', 'adp', 'dp_attention_size'],
  dp: ['dp_size', 'data_parallel', 'data_parallel_size'],
  dp_attention: ['enable_dp_attention', 'enable_attention_dp', 'attention_dp_enabled'],
  moe_ep: ['ep', 'ep_size', 'moe_ep_size', 'expert_parallel_size', 'expert_parallelism'],
  ttft_ms: ['mean_ttft_ms', 'avg_ttft_ms', 'ttft_mean_ms', 'ttft_avg_ms'],
  tpot_ms: ['mean_tpot_ms', 'avg_tpot_ms', 'tpot_mean_ms', 'tpot_avg_ms', 'mean_itl_ms', 'itl_ms'],
  out_tok_s_per_gpu: [
    'output_tokens_per_second_per_gpu',
    'output_tok_s_per_gpu',
    'output_throughput_per_gpu',
    'output_tput_per_gpu',
  ],
};

/** Of a run on one fleet that is described as if there were two, alike. */
const OF_ONE_FLEET: Readonly<Record<string, string>> = {
  tp: 'decode_tp',
  pp: 'decode_pp',
  moe_ep: 'decode_ep',
  dp_attention: 'decode_dp_attention',
  gpus: 'num_decode_gpu',
};

/** What is nearly ours, by ours: where ours is missing the row is refused with what the other says. */
const NEARLY: Readonly<Record<string, OtherFields>> = {
  out_tok_s_per_gpu: {
    output_throughput: 'it is that of all GPUs',
    output_tokens_per_second: 'it is that of all GPUs',
    total_output_throughput: 'it is that of all GPUs',
    out_tok_s: 'it is that of all GPUs',
    tput_per_gpu: 'it counts prompts too',
    tok_s_per_gpu: 'it does not say whether prompts count',
    tokens_per_second_per_gpu: 'it does not say whether prompts count',
    throughput: 'it says neither of how many GPUs nor whether prompts count',
  },
  concurrency: {
    batch_size: 'it may be that of one group or stage',
    request_rate: 'requests at a rate are no closed loop',
    users: 'it does not say how many requests are in flight',
  },
  moe_ep: { enable_expert_parallel: 'it does not say over how many GPUs' },
  ttft_ms: unitless('ttft'),
  tpot_ms: { ...unitless('tpot'), ...unitless('itl') },
};

/** Medians count where a row gives no mean, and seconds where it gives no milliseconds. */
const LATENCIES = {
  ttft_ms: { ms: ['median_ttft_ms', 'ttft_p50_ms', 'p50_ttft_ms'], seconds: ['ttft_s', 'ttft_seconds'] },
  tpot_ms: { ms: ['median_tpot_ms', 'tpot_p50_ms', 'p50_tpot_ms'], seconds: ['tpot_s', 'tpot_seconds'] },
} as const;

/**
 * A serving run under the field names of the benchmark.
 *
 * @throws Unusable where two names of a field contradict each other, or only something that is nearly it is given
 */
export function servingFields(row: RawRow): RawRow {
  const named: Record<string, unknown> = { ...underOwnNames(row, NAMES) };
  for (const [field, ofFleet] of Object.entries(OF_ONE_FLEET))
    if (isAbsent(named, field) && !isAbsent(row, ofFleet)) named[field] = own(row, ofFleet);
  for (const [field, { ms, seconds }] of Object.entries(LATENCIES)) {
    if (!isAbsent(named, field)) continue;
    const [inMs] = ms.filter((each) => !isAbsent(row, each));
    const [inSeconds] = seconds.filter((each) => !isAbsent(row, each));
    if (inMs !== undefined) named[field] = own(row, inMs);
    else if (inSeconds !== undefined) named[field] = (optional(row, inSeconds) ?? 0) * 1000;
  }
  let written: ReturnType<typeof fieldsByLetters> | null = null;
  for (const [field, others] of Object.entries(NEARLY)) {
    if (isGiven(named, field)) continue;
    written ??= fieldsByLetters(row);
    for (const [other, why] of Object.entries(others)) {
      const [found] = written.get(lettersOfField(other)) ?? [];
      if (found === undefined || own(row, found) === false) continue;
      throw new Unusable(`${found} is not read, since ${why}: write ${field}`);
    }
  }
  return named;
}

/** A rate may be measured or worked out of latencies. */
function isGiven(row: RawRow, field: string): boolean {
  return !isAbsent(row, field) || !isAbsent(row, `${field}_derived`);
}

function unitless(name: string): OtherFields {
  return Object.fromEntries(
    [name, `mean_${name}`, `avg_${name}`, `median_${name}`].map((each) => [each, 'it names no unit']),
  );
}
