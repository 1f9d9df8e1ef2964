import type { Verb } from '#bin/command';
import { JSON_FLAG, WIDE, CONSTANTS, MODEL_CONFIG } from '#bin/verbs/flags';

/** The sizing by itself. */
export const SIZING_VERBS: readonly Verb[] = [
  {
    name: 'sizing',
    summary:
      'the sizing by itself: evaluate, calibrate, import runs, summarize a trace, plan a model, train one',
    operands: '<action> [file]',
    flags: [
      {
        flags: '--limit <number>',
        description: 'evaluate: how many of the worst runs to show (default: 10)',
      },
      { flags: '-o, --output <file>', description: 'calibrate, import: where to write, - for stdout' },
      { flags: '--all', description: 'calibrate: refit every constant, on the file’s own runs alone' },
      { flags: '--force', description: 'calibrate, import: overwrite the file' },
      { flags: '--model <id>', description: 'import, plan, train: the model' },
      { flags: '--gpu <id>', description: 'import, plan, train: the accelerator' },
      {
        flags: '--gpus <number>',
        description: 'import: GPUs of the replica; plan: GPUs of a node (default: 8); train: of the run',
      },
      { flags: '--engine <engine>', description: 'import, plan: vllm, trtllm or sglang' },
      {
        flags: '--precision <format>',
        description:
          'import, plan: format of the weights (plan default: all); train: bf16, fp8, mxfp8 or fp4',
      },
      { flags: '--kv <format>', description: 'import, plan: format of the cache, bf16 or fp8' },
      { flags: '--tp <number>', description: 'import, plan: tensor parallel degree' },
      { flags: '--concurrency <number>', description: 'import: requests that ran at once' },
      { flags: '--rps <number>', description: 'plan: requests per second at the peak (default: 1)' },
      { flags: '--in <tokens>', description: 'import, plan: mean input tokens' },
      { flags: '--out <tokens>', description: 'import, plan: mean output tokens' },
      { flags: '--ttft <ms>', description: 'plan: most milliseconds to the first token' },
      { flags: '--tpot <ms>', description: 'plan: most milliseconds per further token' },
      {
        flags: '--percentile <percentile>',
        description: 'plan: share of requests that meets them: p50, p90, p95 or p99 (default: p95)',
      },
      { flags: '--cached <share>', description: 'plan: share of the input found in the prefix cache' },
      { flags: '--prefixes <number>', description: 'plan: prefixes that the cache keeps for it' },
      {
        flags: '--speculation <drafter:tokens:acceptance>',
        description: 'plan: n-gram, mtp, eagle or a model that drafts, tokens a step, share accepted',
      },
      { flags: '--adapters <number:rank>', description: 'plan: LoRA adapters kept beside the model' },
      { flags: '--budget <tokens>', description: 'plan: tokens of a step; longer prompts are cut in pieces' },
      { flags: '--slice <profile>', description: 'plan: each GPU cut into slices (MIG), one to a replica' },
      {
        flags: '--disaggregated <GB/s>',
        description: 'plan: prompts and answers on fleets of their own, the cache sent at this rate',
      },
      { flags: '--offload <share>', description: 'plan: share of the weights left in host memory' },
      {
        flags: '--kind <kind>',
        description: 'train: pre-training, sft, lora, qlora, distillation or preference (default: lora)',
      },
      { flags: '--tokens <number>', description: 'train: tokens, all epochs counted (default: 30e6)' },
      { flags: '--sequence <tokens>', description: 'train: tokens of a sequence (default: 4096)' },
      { flags: '--batch <sequences>', description: 'train: sequences of an optimiser step (default: 64)' },
      { flags: '--micro-batch <sequences>', description: 'train: sequences of a pass (default: 1)' },
      {
        flags: '--critical-batch <sequences>',
        description: 'train: batch that needs twice the tokens of a small one',
      },
      { flags: '--within <hours>', description: 'train: hours until it must be done' },
      { flags: '--teacher <id>', description: 'train: the model that a distillation learns from' },
      { flags: '--rank <number>', description: 'train: rank of the adapters (lora, qlora default: 16)' },
      {
        flags: '--optimiser <name>',
        description: 'train: adam, adam-8bit, pure-bf16 or paged-adam-8bit (default: adam)',
      },
      { flags: '--checkpoint <GB/s>', description: 'train: at which checkpoints are written (default: 10)' },
      { flags: '--mtbf <GPU-hours>', description: 'train: between interruptions (default: 50,676)' },
      CONSTANTS,
      MODEL_CONFIG,
      JSON_FLAG,
      WIDE,
    ],
    examples: [
      'landfall sizing plan --model llama-3.1-70b --gpu h100-sxm --rps 10 --in 1024 --out 256 --tpot 40',
      'landfall sizing plan --model llama-3.1-70b --gpu h100-sxm --rps 10 --speculation n-gram:3:0.5 --kv fp8',
      'landfall sizing train --model llama-3.1-70b --gpu h100-sxm --kind sft --tokens 2e9 --within 72',
      'landfall sizing evaluate benchmarks.json --json',
      'landfall sizing trace requests.csv',
      'landfall sizing import result.json --gpu h100-sxm --gpus 8 --precision fp8 -o runs.json',
      'landfall sizing calibrate runs.json -o constants.json',
    ],
    load: () => import('#bin/commands/sizing'),
  },
];
