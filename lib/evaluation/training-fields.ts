import type { FieldNames, OtherFields } from '#lib/evaluation/field-names';
import { isAbsent, text, Unusable } from '#lib/evaluation/row-fields';
import type { ZeroStage } from '#lib/training/zero-stage';
import { own, type RawRow } from '#lib/evaluation/benchmark-file';
import { shown } from '#lib/text/place';

/** How Megatron, NeMo, torchtitan, DeepSpeed and MLPerf call what a row says of a training run. */
export const TRAINING_NAMES: FieldNames = {
  accelerators: ['gpus', 'num_gpus', 'n_gpus', 'gpu_count', 'num_accelerators', 'world_size'],
  seq_len: ['sequence_length', 'seq_length', 'max_seq_len', 'max_seq_length', 'context_length'],
  tp: ['tensor_parallel', 'tensor_parallel_size', 'tensor_model_parallel_size'],
  pp: ['pipeline_parallel', 'pipeline_parallel_size', 'pipeline_model_parallel_size'],
  cp: ['context_parallel', 'context_parallel_size'],
  ep: ['expert_parallel', 'expert_parallel_size', 'expert_model_parallel_size'],
  gbs: ['global_batch', 'global_batch_size'],
  mbs: ['micro_batch', 'micro_batch_size', 'per_device_train_batch_size'],
  tok_s_per_gpu: [
    'tokens_per_second_per_gpu',
    'tokens_per_sec_per_gpu',
    'tok_per_s_per_gpu',
    'tokens_s_per_gpu',
    'tok/s/gpu',
    'tokens/s/gpu',
    'tokens/sec/gpu',
    'tgs',
  ],
  model_tflops_per_gpu: ['model_tflop_s_per_gpu', 'model_tflops_s_per_gpu', 'model_tflop_per_sec_per_gpu'],
  sharding: ['sharding_strategy', 'fsdp_sharding', 'zero_stage', 'zero'],
  act_ckpt: [
    'activation_checkpointing',
    'activation_checkpoint',
    'gradient_checkpointing',
    'recompute',
    'recompute_granularity',
  ],
  global_batch_size: ['gbs', 'global_batch'],
  minutes_olympic_mean: ['minutes', 'time_to_train_minutes', 'time_to_train_min', 'score_minutes'],
  samples_to_converge_median: ['samples_to_converge', 'samples_count'],
  peak_memory_gib_per_gpu: ['peak_memory_gib', 'max_memory_gib', 'peak_mem_gib_per_gpu'],
  micro_batch: ['batch_size', 'mbs', 'micro_batch_size', 'per_device_train_batch_size'],
};

export const OTHER_TRAINING_FIELDS: OtherFields = {
  tokens_per_sec: 'write tok_s_per_gpu, the rate of one accelerator',
  tokens_per_second: 'write tok_s_per_gpu, the rate of one accelerator',
  tok_s_total: 'write tok_s_per_gpu, the rate of one accelerator',
  tokens_per_second_total: 'write tok_s_per_gpu, the rate of one accelerator',
  seconds: 'write minutes_olympic_mean',
  time_to_train_seconds: 'write minutes_olympic_mean',
  hours: 'write minutes_olympic_mean',
  peak_memory_gb: 'write peak_memory_gib_per_gpu, in GiB of 2^30 bytes',
  peak_memory_mb: 'write peak_memory_gib_per_gpu, in GiB of 2^30 bytes',
  peak_memory_mib: 'write peak_memory_gib_per_gpu, in GiB of 2^30 bytes',
};

const TASKS = ['task', 'method', 'tuning', 'training_type', 'finetuning_type'];
/** What a step trains, by the first word of a task. */
const TRAINED: Readonly<Record<string, 'full' | 'adapters'>> = {
  pretrain: 'full',
  pretraining: 'full',
  sft: 'full',
  full: 'full',
  finetune: 'full',
  lora: 'adapters',
};

/**
 * What a row says that its steps train; `null` where it says nothing.
 *
 * @throws Unusable for other ways of training: a reward or a base of 4 bits takes time that no step here has
 */
export function trainedPartOf(row: RawRow): 'full' | 'adapters' | null {
  const field = TASKS.find((each) => !isAbsent(row, each));
  if (field === undefined) return null;
  const words =
    text(row, field)
      .toLowerCase()
      .match(/[a-z0-9]+/g) ?? [];
  const parts = new Set(words.map((word) => (Object.hasOwn(TRAINED, word) ? TRAINED[word] : null)));
  if (parts.has('adapters')) parts.delete('full');
  const [part] = parts;
  if (parts.size === 1 && part !== undefined && part !== null) return part;
  throw new Unusable(
    `${field} ${shown(own(row, field))} is none of pretrain, sft, full and lora, whose steps are predicted`,
  );
}

const SHARDED = new Set(['fullshard', 'fsdp', 'fsdp2', 'zero3', '3', 'hybridshard', 'hsdp']);
const NOT_SHARDED = new Set([
  'noshard',
  'none',
  'ddp',
  'shardgradop',
  'zero1',
  'zero2',
  '0',
  '1',
  '2',
  'false',
]);
const RECOMPUTED = new Set(['true', 'full', 'all', 'yes', '1']);
const KEPT = new Set(['false', 'none', 'no', '0', 'off']);

/** `FULL_SHARD` where the weights are gathered for every layer, `NO_SHARD` where each copy holds its own. */
export function shardingOf(row: RawRow): { readonly sharding?: 'FULL_SHARD' | 'NO_SHARD' } {
  const word = wordOf(row, 'sharding');
  if (word === null) return {};
  if (SHARDED.has(word)) return { sharding: 'FULL_SHARD' };
  if (NOT_SHARDED.has(word)) return { sharding: 'NO_SHARD' };
  throw new Unusable(`sharding ${shown(own(row, 'sharding'))} is not known; write FULL_SHARD or NO_SHARD`);
}

/** The stage of ZeRO that a row states, by its number or as FSDP; `null` where it states none. */
export function zeroStageOf(row: RawRow): ZeroStage | null {
  const word = wordOf(row, 'sharding');
  if (word === null) return null;
  const stage = /^(?:zero)?([0-3])$/.exec(word)?.[1];
  if (stage !== undefined) return Number(stage) as ZeroStage;
  if (word === 'shardgradop') return 2;
  return shardingOf(row).sharding === 'FULL_SHARD' ? 3 : 0;
}

/** `True` where all activations are computed again, `False` where they are kept. */
export function recomputationOf(row: RawRow): { readonly actCkpt?: 'True' | 'False' } {
  const word = wordOf(row, 'act_ckpt');
  if (word === null) return {};
  if (RECOMPUTED.has(word)) return { actCkpt: 'True' };
  if (KEPT.has(word)) return { actCkpt: 'False' };
  throw new Unusable(
    `act_ckpt ${shown(own(row, 'act_ckpt'))} is neither full nor none: what is computed again in part is not modelled`,
  );
}

/** Letters of a word; `true`, `false` and whole numbers as they are spelt. */
function wordOf(row: RawRow, field: string): string | null {
  if (isAbsent(row, field)) return null;
  const value = own(row, field);
  if (typeof value === 'boolean' || (typeof value === 'number' && Number.isInteger(value)))
    return String(value);
  return text(row, field)
    .toLowerCase()
    .replaceAll(/[^a-z0-9]/g, '');
}
