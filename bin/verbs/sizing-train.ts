import type { Verb } from '#bin/command';
import { CONSTANTS, JSON_FLAG, MODEL_CONFIG, WIDE } from '#bin/verbs/flags';

/** `landfall sizing train`. */
export const SIZING_TRAIN: Verb = {
  name: 'train',
  summary: 'a training run: GPUs, layout, memory, hours and interruptions',
  operands: '',
  flags: [
    { flags: '--model <id>', description: 'the model: an id of `landfall catalog`' },
    { flags: '--gpu <id>', description: 'the accelerator: an id of `landfall catalog`' },
    { flags: '--gpus <number>', description: 'GPUs of the run' },
    {
      flags: '--kind <kind>',
      description: 'pre-training, sft, lora, qlora, distillation, preference or grpo (default: lora)',
    },
    { flags: '--tokens <number>', description: 'tokens, all epochs counted (default: 30e6)' },
    { flags: '--within <hours>', description: 'hours until it must be done' },
    { flags: '--precision <format>', description: 'bf16, fp8, mxfp8 or fp4' },
    {
      flags: '--sequence <tokens>',
      description: 'tokens of a sequence (default: 4096; grpo: at most, 8192)',
    },
    { flags: '--batch <sequences>', description: 'sequences of an optimiser step (default: 64)' },
    { flags: '--micro-batch <sequences>', description: 'sequences of a pass (default: 1)' },
    {
      flags: '--critical-batch <sequences>',
      description: 'batch that needs twice the tokens of a small one',
    },
    { flags: '--teacher <id>', description: 'the model that a distillation learns from' },
    { flags: '--rank <number>', description: 'rank of the adapters (lora, qlora default: 16)' },
    {
      flags: '--optimiser <name>',
      description: 'adam, adam-8bit, pure-bf16 or paged-adam-8bit (default: adam)',
    },
    { flags: '--steps <number>', description: 'grpo: steps of writing and learning (default: 500)' },
    { flags: '--prompts <number>', description: 'grpo: prompts of a step (default: 64)' },
    { flags: '--answers <number>', description: 'grpo: answers to each prompt (default: 16)' },
    { flags: '--in <tokens>', description: 'grpo: tokens of a prompt (default: 256)' },
    { flags: '--out <tokens>', description: 'grpo: mean tokens of an answer (default: 2000)' },
    { flags: '--updates <number>', description: 'grpo: optimiser steps of a step (default: 1)' },
    { flags: '--writes-in <format>', description: 'grpo: format of the weights that write (default: bf16)' },
    { flags: '--checkpoint <GB/s>', description: 'at which checkpoints are written (default: 10)' },
    { flags: '--mtbf <GPU-hours>', description: 'between interruptions (default: 50,676)' },
    CONSTANTS,
    MODEL_CONFIG,
    JSON_FLAG,
    WIDE,
  ],
  examples: [
    'landfall sizing train --model llama-3.1-70b --gpu h100-sxm --kind sft --tokens 2e9 --within 72',
    'landfall sizing train --kind grpo --model qwen3-32b --gpu h100-sxm --gpus 32 --steps 200',
  ],
  load: () => import('#bin/commands/sizing-train'),
};
