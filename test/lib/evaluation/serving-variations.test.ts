import { describe, expect, it } from 'vitest';
import { loadCatalog } from '#lib/catalog/load';
import type { RawRow } from '#lib/evaluation/benchmark-file';
import { readRun } from '#lib/evaluation/benchmark-run';

const catalog = loadCatalog();

const ROW: RawRow = {
  kind: 'serving_closed_loop',
  model: 'deepseek-r1',
  gpu: 'b200-sxm',
  gpus: 8,
  engine: 'trtllm',
  precision: 'fp8',
  isl: 1024,
  osl: 1024,
  concurrency: 64,
  tp: 8,
  pp: 1,
  attention_dp: 1,
  moe_ep: 1,
  ttft_ms: 300,
  tpot_ms: 20,
  out_tok_s_per_gpu: 380,
};
const PARALLEL = { tp: undefined, pp: undefined, attention_dp: undefined, moe_ep: undefined };

/** Fields are taken away by `undefined`. */
function read(changes: RawRow, row: RawRow = ROW) {
  const given = Object.entries({ ...row, ...changes }).filter(([, value]) => value !== undefined);
  const result = readRun(Object.fromEntries(given), catalog);
  if ('reason' in result) return result;
  const { model, accelerator, run, ...measured } = result;
  return { ...run, ...measured, model: model.id, gpu: accelerator.id };
}

describe('a serving run under the words of another publisher', () => {
  it.each<[string, RawRow, RawRow]>([
    ...['dynamo-trtllm', 'trt', 'TRT-LLM', 'tensorrt_llm', 'TensorRT-LLM v1.0', 'trtllm-serve'].map(
      (engine): [string, RawRow, RawRow] => [engine, { engine }, {}],
    ),
    ...['dynamo-vllm', 'vllm-rocm', 'vllm/vllm-openai:v0.11.0', 'vLLM 0.19.0 (V1)', 'vllm-nightly'].map(
      (engine): [string, RawRow, RawRow] => [engine, { engine }, { engine: 'vllm' }],
    ),
    ...['dynamo-sglang', 'sglang_rocm', 'lmsysorg/sglang:v0.5.9', 'SGLang'].map(
      (engine): [string, RawRow, RawRow] => [engine, { engine }, { engine: 'sglang' }],
    ),
    ...['B200', 'b200-trt', 'b200_sxm', 'b200-nvd', 'NVIDIA B200', 'DGX B200', 'B200-180GB-SXM'].map(
      (gpu): [string, RawRow, RawRow] => [gpu, { gpu }, {}],
    ),
    ...['h200_sxm', 'H200-SXM5-141GB', 'NVIDIA-H200'].map((gpu): [string, RawRow, RawRow] => [
      gpu,
      { gpu },
      { gpu: 'h200-sxm' },
    ]),
    ...['mi355x', 'mi355x-amd', 'AMD Instinct MI355X'].map((gpu): [string, RawRow, RawRow] => [
      gpu,
      { gpu },
      { gpu: 'mi355x' },
    ]),
    ...['gb200 nvl72', 'GB200-NVL72', 'gb200-nv'].map((gpu): [string, RawRow, RawRow] => [
      gpu,
      { gpu },
      { gpu: 'gb200' },
    ]),
    ...['FP8', 'fp8_e4m3', 'FP8-block', 'fp8 (e4m3)', 'float8_e4m3fn'].map(
      (precision): [string, RawRow, RawRow] => [precision, { precision }, {}],
    ),
    ...['nvfp4', 'NVFP4', 'FP4', 'modelopt_fp4'].map((precision): [string, RawRow, RawRow] => [
      precision,
      { precision },
      { precision: 'fp4' },
    ]),
    ...['W4A16', 'int4_wo', 'AWQ', 'gptq-int4'].map((precision): [string, RawRow, RawRow] => [
      precision,
      { precision },
      { precision: 'int4' },
    ]),
    ...['DeepSeek-R1-0528', 'deepseek-ai/DeepSeek-R1', 'deepseek_r1', 'nvidia/DeepSeek-R1-0528-FP8'].map(
      (model): [string, RawRow, RawRow] => [model, { model }, {}],
    ),
    ...['Qwen3.5-397B', 'Qwen/Qwen3.5-397B-A17B-FP8'].map((model): [string, RawRow, RawRow] => [
      model,
      { model },
      { model: 'qwen3.5-397b-a17b' },
    ]),
    [
      'attention data parallelism as a switch',
      { attention_dp: undefined, dp_attention: true },
      { attention_dp: 8 },
    ],
    ['a switch as a text', { attention_dp: undefined, dp_attention: 'True' }, { attention_dp: 8 }],
    ['a switch that is off', { attention_dp: undefined, enable_dp_attention: false }, {}],
    ['groups by a number', { attention_dp: undefined, dp_attention: 4 }, { attention_dp: 4 }],
    ['groups beside the tensor degree', { attention_dp: undefined, tp: 1, dp_size: 8 }, { attention_dp: 8 }],
    ['degrees as engines call them', { tp: undefined, pp: undefined, tp_size: 8, pp_size: 1 }, {}],
    ['degrees that take all GPUs', { pp: undefined }, {}],
    ['experts as engines call them', { moe_ep: undefined, ep_size: 8 }, { moe_ep: 8 }],
    ['a name of the layout', { ...PARALLEL, parallel: 'tp=8, ep=8' }, { moe_ep: 8 }],
    ['a name with brackets', { ...PARALLEL, parallel: 'TP8 (EP8)' }, { moe_ep: 8 }],
    [
      'attention groups as TensorRT-LLM calls them',
      { ...PARALLEL, moe_ep: 1, parallel: 'ADP8' },
      { attention_dp: 8 },
    ],
    ['two fleets of one', { tp: undefined, disagg: false, prefill_tp: 8, decode_tp: 8 }, {}],
    ['the load as clients call it', { concurrency: undefined, conc: 64 }, {}],
    ['lengths in full', { isl: undefined, osl: undefined, input_len: 1024, output_len: 1024 }, {}],
    ['lengths as they were on average', { mean_input_tokens: 900 }, { isl_effective: 900 }],
    ['the form of InferenceX', { family: 'inferencex' }, { isl_effective: 921.6, osl_effective: 921.6 }],
    [
      'its repository',
      { source: 'SemiAnalysisAI/InferenceMAX@1' },
      { isl_effective: 921.6, osl_effective: 921.6 },
    ],
    [
      'its means, stated',
      { family: 'inferencex', isl_effective: 900, osl_effective: 1000 },
      { isl_effective: 900, osl_effective: 1000 },
    ],
    [
      'its names of chips',
      { family: 'inferencex', gpu: 'h200-cw', model: 'dsr1' },
      { gpu: 'h200-sxm', isl_effective: 921.6, osl_effective: 921.6 },
    ],
    ['the median of what has no mean', { tpot_ms: undefined, median_tpot_ms: 20 }, {}],
    ['seconds that say so', { ttft_ms: undefined, ttft_s: 0.3 }, {}],
    [
      'the rate as InferenceX calls it',
      { out_tok_s_per_gpu: undefined, output_tput_per_gpu: 380, tput_per_gpu: 760 },
      {},
    ],
    ['the cache', { kv_cache_dtype: 'fp8_e4m3' }, { kv_dtype: 'fp8' }],
    ['hardware and framework', { gpu: undefined, hw: 'b200', engine: undefined, framework: 'trtllm' }, {}],
    [
      'what is off',
      { mtp: 'off', speculative_algorithm: 'none', cache_hit_rate: 0, serving_mode: 'agg' },
      {},
    ],
  ])('says the same: %s', (_, changes, own) => {
    const plain = read(own);
    expect(plain).not.toHaveProperty('reason');
    expect(read(changes)).toEqual(plain);
  });
});

describe('a serving run that would be misread', () => {
  it.each<[string, RawRow, RegExp]>([
    ['apart fleets, by the engine', { engine: 'vllm_disagg' }, /says disagg/],
    ['apart fleets, by the transport', { engine: 'mori-sglang' }, /says mori/],
    ['apart fleets', { is_disagg: 'True' }, /is_disagg is "True"/],
    ['apart fleets, by the mode', { serving_mode: 'disagg' }, /serving_mode is "disagg"/],
    ['a fleet of its own for answers', { decode_tp: 8, prefill_tp: 8 }, /prefill_tp describes a fleet/],
    ['fleets unlike', { disagg: false, decode_tp: 8, prefill_tp: 4 }, /prefill_tp describes a fleet/],
    ['workers for prompts', { num_prefill_workers: 2 }, /num_prefill_workers describes a fleet/],
    ['speculation, by the engine', { engine: 'trtllm-mtp' }, /says mtp/],
    ['speculation, by depth', { mtp: 3 }, /mtp is 3/],
    ['speculation, by SGLang', { speculative_algorithm: 'EAGLE' }, /speculative_algorithm is "EAGLE"/],
    ['cached prompts', { prefix_cache_hit_rate: 0.5 }, /prefix_cache_hit_rate is 0\.5/],
    ['cached tokens', { cached_tokens: 512 }, /cached_tokens is 512/],
    ['adapters', { num_loras: 4 }, /num_loras is 4/],
    [
      'replicas of a dense model',
      { model: 'llama-3.1-70b', attention_dp: undefined, tp: 4, dp: 2 },
      /2 replicas/,
    ],
    ['groups that contradict', { dp_attention: true }, /contradict each other/],
    ['a name that contradicts', { parallel: 'TP8', tp: 4 }, /TP8 and tp 4 contradict/],
    ['no groups', { attention_dp: undefined }, /attention_dp is missing/],
    ['experts somewhere', { moe_ep: undefined, enable_expert_parallel: true }, /write moe_ep/],
    ['a batch for the load', { concurrency: undefined, batch_size: 64 }, /batch_size.*write concurrency/],
    ['requests at a rate', { concurrency: undefined, request_rate: 2 }, /no closed loop/],
    ['lengths drawn somehow', { random_range_ratio: 0.8 }, /write isl_effective/],
    [
      'a named length that is none, whatever the mean is',
      { isl: -1, isl_effective: 900 },
      /^isl is -1, not a number/,
    ],
    ['a time without a unit', { ttft_ms: undefined, mean_ttft: 0.3 }, /names no unit: write ttft_ms/],
    ['a rate with prompts', { out_tok_s_per_gpu: undefined, tput_per_gpu: 760 }, /counts prompts too/],
    ['the rate of all', { out_tok_s_per_gpu: undefined, output_throughput: 3040 }, /of all GPUs/],
    ['a format half known', { precision: 'w4a8' }, /precision "w4a8" is not known/],
    ['a cache in another format', { kv_dtype: 'int8' }, /kv_dtype "int8" is not known/],
    ['a chip of two forms', { gpu: 'h200-cw' }, /choose one of h200-nvl, h200-sxm/],
    ['a short name of nobody', { model: 'dsr1' }, /model "dsr1" is not known/],
    ['another engine', { engine: 'lmdeploy' }, /engine "lmdeploy" is not known/],
    ['a text for a number', { isl: '1024' }, /isl is "1024"/],
  ])('is skipped with its reason: %s', (_, changes, reason) => {
    expect(read({})).not.toHaveProperty('reason');
    expect(read(changes)).toMatchObject({ reason: expect.stringMatching(reason) as string });
  });
});
