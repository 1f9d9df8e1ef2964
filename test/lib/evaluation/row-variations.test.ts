import { describe, expect, it } from 'vitest';
import { loadCatalog } from '#lib/catalog/load';
import type { RawRow } from '#lib/evaluation/benchmark-file';
import { evaluateSizing } from '#lib/evaluation/evaluate';

const catalog = loadCatalog();

const TRAINING: RawRow = {
  kind: 'training_throughput',
  family: 'megatron-bridge',
  model: 'llama-3.1-70b',
  gpu: 'h100-sxm',
  accelerators: 64,
  precision: 'bf16',
  seq_len: 8192,
  gbs: 128,
  mbs: 1,
  tp: 4,
  pp: 4,
  tok_s_per_gpu: 1000,
  model_tflops_per_gpu: 440,
};
const SHARDED: RawRow = {
  kind: 'training_throughput',
  family: 'llm-foundry-mpt',
  model: 'mpt-7b',
  gpu: 'a100-40-sxm',
  accelerators: 8,
  precision: 'amp_bf16',
  seq_len: 2048,
  mbs: 1,
  sharding: 'FULL_SHARD',
  act_ckpt: 'True',
  tok_s_per_gpu: 2800,
};
const MLPERF: RawRow = {
  kind: 'mlperf_training',
  family: 'mlperf-training-v4.1',
  benchmark: 'llama2_70b_lora',
  gpu: 'h200-sxm',
  accelerators: 8,
  global_batch_size: 8,
  minutes_olympic_mean: 25.723,
  samples_to_converge_median: 3072,
};
const MEMORY: RawRow = {
  kind: 'finetune_memory',
  family: 'mine',
  model: 'llama-3.1-70b',
  method: 'lora',
  hardware: '8x A100',
  seq_len: 2048,
  micro_batch: 2,
  peak_memory_gib_per_gpu: 27.6,
};
const SEARCH: RawRow = {
  kind: 'vector_search',
  db: 'QdrantCloud',
  label: '16c64g',
  dataset: 'Cohere (Large)',
  qps: 323.4,
  latency: 9.8,
  recall: 0.95,
  filter_ratio: 0.01,
};

function said(row: RawRow) {
  const { rows, skipped } = evaluateSizing([row], catalog);
  const [refused] = skipped;
  const [one] = rows;
  return one === undefined
    ? { reason: refused?.reason ?? '' }
    : { predicted: one.predicted, low: one.low, high: one.high, measured: one.measured };
}

/** A row with fields taken away by `undefined`. */
function changed(row: RawRow, changes: RawRow): RawRow {
  return Object.fromEntries(
    Object.entries({ ...row, ...changes }).filter(([, value]) => value !== undefined),
  );
}

describe('a row under the words of another publisher', () => {
  it.each<[string, RawRow, RawRow]>([
    ['the product of its maker', TRAINING, { gpu: 'NVIDIA H100 80GB HBM3' }],
    ['the server of its maker', TRAINING, { gpu: 'DGX-H100' }],
    ['the form and the memory', TRAINING, { gpu: 'H100-SXM5-80GB' }],
    ['the repository of the model', TRAINING, { model: 'meta-llama/Meta-Llama-3.1-70B' }],
    ['the format in capitals', TRAINING, { precision: 'BF16' }],
    ['the format in full', TRAINING, { precision: 'bfloat16' }],
    ['the format as Lightning calls it', TRAINING, { precision: 'bf16-mixed' }],
    ['a task that trains all weights', TRAINING, { task: 'SFT' }],
    ['the rate by its unit', TRAINING, { tok_s_per_gpu: undefined, 'tok/s/GPU': 1000 }],
    ['parallelism as Megatron calls it', TRAINING, { tp: undefined, tensor_model_parallel_size: 4 }],
    ['pipelines as vLLM and NeMo call them', TRAINING, { pp: undefined, pipeline_parallel_size: 4 }],
    ['batches as DeepSpeed calls them', TRAINING, { gbs: undefined, global_batch_size: 128 }],
    ['a micro-batch under two names', TRAINING, { micro_batch_size: 1 }],
    ['the number of cards', TRAINING, { accelerators: undefined, num_gpus: 64 }],
    ['the length as Hugging Face calls it', TRAINING, { seq_len: undefined, max_seq_length: 8192 }],
    ['the rate in full', TRAINING, { tok_s_per_gpu: undefined, 'Tokens per second per GPU': 1000 }],
    ['sharding as FSDP 2', SHARDED, { sharding: 'fsdp2' }],
    ['sharding as a stage of ZeRO', SHARDED, { sharding: undefined, zero_stage: 3 }],
    ['sharding in small letters', SHARDED, { sharding: 'full_shard' }],
    ['recomputation as a truth', SHARDED, { act_ckpt: true }],
    ['recomputation as Megatron calls it', SHARDED, { act_ckpt: undefined, recompute_granularity: 'full' }],
    ['the accelerator of its submitter', MLPERF, { gpu: null, accelerator: 'NVIDIA H200-SXM5-141GB' }],
    ['the closed division', MLPERF, { division: 'Closed' }],
    ['a benchmark in words', MLPERF, { benchmark: 'Llama2 70B LoRA' }],
    ['the minutes without their mean', MLPERF, { minutes_olympic_mean: undefined, minutes: 25.723 }],
    ['no samples, which others counted', MLPERF, { samples_to_converge_median: 3072.5 }],
    ['LoRA in capitals', MEMORY, { method: 'LoRA' }],
    ['LoRA with its base', MEMORY, { method: '16-bit LoRA' }],
    ['LoRA with its rank', MEMORY, { method: 'LoRA (r=16)' }],
    ['cards without a space', MEMORY, { hardware: '8xA100-80GB' }],
    ['cards counted at the end', MEMORY, { hardware: 'A100 x8' }],
    ['cards with a star', MEMORY, { hardware: '8*A100' }],
    ['what it is laid out by', MEMORY, { zero_stage: 3, act_ckpt: true, optimizer: 'adamw' }],
    ['a batch under its plain name', MEMORY, { micro_batch: undefined, batch_size: 2 }],
    ['a store in two words', SEARCH, { db: 'Qdrant Cloud' }],
    ['a store by its short name', SEARCH, { db: 'qdrant' }],
    ['a machine in words', SEARCH, { label: '16 vCPU 64 GB' }],
    ['a machine in capitals', SEARCH, { label: '16C64G' }],
    ['a data set without marks', SEARCH, { dataset: 'cohere large' }],
    ['the usual neighbours', SEARCH, { k: 100 }],
    ['a filter as a rate', SEARCH, { filter_ratio: undefined, filter_rate: 0.01 }],
  ])('says the same: %s', (_, row, changes) => {
    const plain = said(row);
    expect(plain).toHaveProperty('predicted');
    const other = said(changed(row, changes));
    expect(other).toMatchObject({ predicted: expect.closeTo(plain.predicted ?? 0, 0) as number });
  });

  it.each<[string, RawRow, RawRow, RawRow]>([
    ['QLoRA by its bits', MEMORY, { method: 'LoRA 4-bit' }, { method: 'qlora' }],
    ['QLoRA with its bits', MEMORY, { method: 'QLoRA (4-bit)' }, { method: 'qlora' }],
    ['all weights in words', MEMORY, { method: 'Full fine-tuning' }, { method: 'full' }],
    ['weights that stay', SHARDED, { sharding: 'ddp' }, { sharding: 'NO_SHARD' }],
    ['no recomputation', SHARDED, { act_ckpt: false }, { act_ckpt: 'False' }],
  ])('means another run, and says so: %s', (_, row, words, own) => {
    const other = said(changed(row, words));
    expect(other).toEqual(said(changed(row, own)));
    expect(other).not.toEqual(said(row));
  });

  it.each<[string, RawRow, RawRow]>([
    ['adapters train faster than all weights', TRAINING, { task: 'LoRA' }],
    ['kept activations take memory', MEMORY, { act_ckpt: false }],
    ['weights on every card take memory', MEMORY, { zero_stage: 2 }],
    ['a later round is faster', { ...MLPERF, minutes_olympic_mean: undefined, minutes: 25 }, {}],
  ])('%s', (_, row, changes) => {
    const isRound = row['kind'] === 'mlperf_training';
    const other = said(changed(row, isRound ? { family: 'mlperf-training-v6.0' } : changes)).predicted ?? 0;
    const plain = said(changed(row, {})).predicted ?? 0;
    expect(isRound ? plain / other : other / plain).toBeGreaterThan(1.02);
  });

  it('with a larger rank holds more', () => {
    const rank = (method: string) => said({ ...MEMORY, method }).predicted ?? 0;
    expect(rank('LoRA rank 256')).toBeGreaterThan(rank('LoRA rank 16') * 1.05);
  });
});

describe('a row that would be misread', () => {
  it.each<[string, RawRow, RawRow, RegExp]>([
    [
      'the rate of all cards',
      TRAINING,
      { tok_s_per_gpu: 64_000, model_tflops_per_gpu: null },
      /of all accelerators/,
    ],
    ['the rate of all cards beside TFLOPS of one', TRAINING, { tok_s_per_gpu: 2000 }, /GFLOP a token/],
    ['a rate in thousands', TRAINING, { tok_s_per_gpu: 1, model_tflops_per_gpu: null }, /a unit wrong/],
    ['PFLOPS for TFLOPS', TRAINING, { model_tflops_per_gpu: 0.44 }, /in another unit/],
    ['a length in thousands', TRAINING, { seq_len: 8 }, /in thousands/],
    ['a batch smaller than its copies', TRAINING, { gbs: 2 }, /without its 1 sequences/],
    ['two formats', TRAINING, { precision: 'FP8-CS / NVFP4' }, /is not known/],
    ['another task', TRAINING, { task: 'DPO' }, /none of pretrain, sft, full and lora/],
    ['a base of 4 bits', TRAINING, { method: 'QLoRA' }, /none of pretrain, sft, full and lora/],
    ['the open division', MLPERF, { division: 'open' }, /division is "open"/],
    ['nodes and cards', MEMORY, { hardware: '2x8 H100' }, /not of the form/],
    ['an optimiser of adapters', MEMORY, { optimizer: 'paged_adamw_8bit' }, /"paged", which is not known/],
    ['fewer neighbours', SEARCH, { k: 10 }, /k is 10/],
    ['two batches', TRAINING, { micro_batch: 4 }, /contradict each other/],
    ['the rate of all by name', TRAINING, { tokens_per_second: 64_000 }, /write tok_s_per_gpu/],
    ['recomputation in part', SHARDED, { act_ckpt: 'selective' }, /neither full nor none/],
    ['sharding nobody knows', SHARDED, { sharding: 'sliced' }, /write FULL_SHARD or NO_SHARD/],
    ['seconds for minutes', MLPERF, { minutes_olympic_mean: 25.723 * 60 }, /seconds or hours/],
    ['hours for minutes', MLPERF, { minutes_olympic_mean: 25.723 / 60 }, /seconds or hours/],
    ['tokens for samples', MLPERF, { samples_to_converge_median: 3072 * 8192 }, /in tokens or steps/],
    ['steps for samples', MLPERF, { samples_to_converge_median: 384 }, /in tokens or steps/],
    ['MB for GiB', MEMORY, { peak_memory_gib_per_gpu: 28_262 }, /in another unit/],
    ['the memory of all cards', MEMORY, { peak_memory_gib_per_gpu: 220.8 }, /of all cards/],
    ['GB for GiB', MEMORY, { peak_memory_gib_per_gpu: undefined, peak_memory_gb: 29.6 }, /2\^30 bytes/],
    ['a base in 8 bits', MEMORY, { method: 'LoRA 8-bit' }, /"8bit", which is not known/],
    ['another adapter', MEMORY, { method: 'DoRA' }, /none of full, lora and qlora/],
    ['two methods', MEMORY, { method: 'LoRA / full' }, /none of full, lora and qlora/],
    ['a store misspelt', SEARCH, { db: 'Milvuss' }, /did you mean "Milvus"/],
    ['seconds for ms', SEARCH, { latency: 0.0098 }, /in seconds/],
    [
      'a filter under a name of its own',
      SEARCH,
      { filter_ratio: undefined, filters: '1 %' },
      /write filter_ratio/,
    ],
    ['a recall in percent', SEARCH, { recall: 95 }, /not a share/],
    ['a data set of another benchmark', SEARCH, { dataset: 'SIFT-1M' }, /dataset "SIFT-1M" is not known/],
  ])('is skipped with what to write: %s', (_, row, changes, reason) => {
    expect(said(row)).toHaveProperty('predicted');
    expect(said(changed(row, changes))).toMatchObject({ reason: expect.stringMatching(reason) as string });
  });

  it.each<[RawRow, readonly string[]]>([
    [TRAINING, ['gbs', 'mbs', 'tp', 'pp', 'model_tflops_per_gpu']],
    [SHARDED, ['mbs', 'sharding', 'act_ckpt']],
    [MLPERF, ['samples_to_converge_median']],
    [MEMORY, ['family']],
    [SEARCH, ['latency', 'filter_ratio']],
  ])(
    'is predicted without what is optional, and without anything else skipped with a reason: %#',
    (row, optional) => {
      const without = Object.keys(row).map(
        (field) => [field, said(changed(row, { [field]: undefined }))] as const,
      );
      const predicted = without.filter(([, result]) => 'predicted' in result).map(([field]) => field);
      expect(predicted.toSorted()).toEqual(optional.toSorted());
      const silent = without.filter(([, result]) => 'reason' in result && result.reason === '');
      expect(silent).toEqual([]);
    },
  );
});
