import type { Flag, Verb } from '#bin/command';
import { SIZING_TRAIN } from '#bin/verbs/sizing-train';
import { JSON_FLAG, WIDE, CONSTANTS, MODEL_CONFIG, PLANNING, SCENARIO } from '#bin/verbs/flags';

const FORCE: Flag = { flags: '--force', description: 'overwrite the file' };
const KV: Flag = { flags: '--kv <format>', description: 'format of the cache: bf16 or fp8' };
const ENGINE: Flag = { flags: '--engine <engine>', description: 'vllm, trtllm or sglang' };
const TP: Flag = { flags: '--tp <number>', description: 'tensor parallel degree' };
const IN: Flag = { flags: '--in <tokens>', description: 'mean input tokens' };
const OUT: Flag = { flags: '--out <tokens>', description: 'mean output tokens' };
const MODEL: Flag = { flags: '--model <id>', description: 'the model: an id of `landfall catalog`' };
const GPU: Flag = { flags: '--gpu <id>', description: 'the accelerator: an id of `landfall catalog`' };

const PLAN: Verb = {
  name: 'plan',
  summary: 'the frontier of a model on a GPU, and what binds it; exit 3 where no way carries the load',
  operands: '',
  flags: [
    {
      flags: '--environment <file>',
      description: 'model, nodes, load, objectives and what is switched on as an option of it plans them',
    },
    { flags: '--option <id>', description: 'that option of it (default: the one that it deploys)' },
    { ...SCENARIO, description: 'of its scenarios this one' },
    MODEL,
    GPU,
    { flags: '--gpus <number>', description: 'GPUs of a node (default: 8)' },
    { flags: '--fabric <Gb/s>', description: 'all network cards of a node: groups may span nodes' },
    { flags: '--rps <number>', description: 'requests per second at the peak (default: 1)' },
    IN,
    OUT,
    { flags: '--ttft <ms>', description: 'most milliseconds to the first token' },
    { flags: '--tpot <ms>', description: 'most milliseconds per further token' },
    {
      flags: '--percentile <percentile>',
      description: 'share of requests that meets them: p50, p90, p95 or p99 (default: p95)',
    },
    ENGINE,
    { flags: '--engine-version <release>', description: 'of vLLM: those before 0.11.2 hold less' },
    { flags: '--precision <format>', description: 'format of the weights (default: all)' },
    KV,
    TP,
    { flags: '--cached <share>', description: 'share of the input found in the prefix cache' },
    { flags: '--prefixes <number>', description: 'prefixes that the cache keeps for it' },
    {
      flags: '--speculation <drafter:tokens:acceptance>',
      description: 'n-gram, mtp, eagle or a model that drafts, tokens a step, share accepted',
    },
    { flags: '--adapters <number:rank>', description: 'LoRA adapters kept beside the model' },
    { flags: '--budget <tokens>', description: 'tokens of a step; longer prompts are cut in pieces' },
    { flags: '--slice <profile>', description: 'each GPU cut into slices (MIG), one to a replica' },
    {
      flags: '--disaggregated <GB/s>',
      description: 'prompts and answers on fleets of their own, the cache sent at this rate',
    },
    { flags: '--offload <share>', description: 'share of the weights left in host memory' },
    ...PLANNING,
    JSON_FLAG,
    WIDE,
  ],
  examples: [
    'landfall sizing plan --model llama-3.1-70b --gpu h100-sxm --rps 10 --in 1024 --out 256 --tpot 40',
    'landfall sizing plan --environment support.yaml --option eks --tpot 25',
    'landfall sizing plan --model llama-3.1-70b --gpu h100-sxm --speculation n-gram:3:0.5 --kv fp8',
    'landfall sizing plan --model kimi-k2 --gpu h200-sxm --rps 8 --in 6000 --out 2000 --fabric 3200',
  ],
  load: () => import('#bin/commands/sizing-plan'),
};

const EVALUATE: Verb = {
  name: 'evaluate',
  summary: 'the error of the sizing on measured runs that you bring',
  operands: '[file]',
  flags: [
    { flags: '--limit <number>', description: 'how many of the worst runs to show (default: 10)' },
    {
      flags: '--tpot <ms>',
      description: 'limit under which accelerators are chosen (default: 20, 33 and 50)',
    },
    CONSTANTS,
    MODEL_CONFIG,
    JSON_FLAG,
    WIDE,
  ],
  examples: [
    'landfall sizing evaluate benchmarks.json --json',
    'landfall sizing evaluate benchmarks.json --constants constants.json',
  ],
  load: () => import('#bin/commands/sizing-evaluate'),
};

const CALIBRATE: Verb = {
  name: 'calibrate',
  summary: 'constants fitted to your own runs, refused where they are not better on runs left out',
  operands: '[file]',
  flags: [
    {
      flags: '-o, --output <file>',
      description: 'where to write, missing folders are made; - for stdout (default: constants.json)',
    },
    { flags: '--all', description: 'refit every constant, on the file’s own runs alone' },
    MODEL_CONFIG,
    FORCE,
    JSON_FLAG,
  ],
  examples: ['landfall sizing calibrate runs.json -o constants.json'],
  load: () => import('#bin/commands/sizing-calibrate'),
};

const IMPORT: Verb = {
  name: 'import',
  summary: 'results of load generators as measured runs: vLLM, inference-perf, AIPerf, InferenceX',
  operands: '[file]',
  flags: [
    {
      flags: '-o, --output <file>',
      description: 'where to write, missing folders are made (default: - for stdout)',
    },
    MODEL,
    GPU,
    { flags: '--gpus <number>', description: 'GPUs of the replica' },
    ENGINE,
    { flags: '--precision <format>', description: 'format of the weights' },
    KV,
    TP,
    IN,
    OUT,
    { flags: '--concurrency <number>', description: 'requests that ran at once' },
    FORCE,
  ],
  examples: ['landfall sizing import result.json --gpu h100-sxm --gpus 8 --precision fp8 -o runs.json'],
  load: () => import('#bin/commands/sizing-import'),
};

const TRACE: Verb = {
  name: 'trace',
  summary: 'what a log of requests says of the traffic: mean, peak, percentiles, hours',
  operands: '[file]',
  flags: [JSON_FLAG, WIDE],
  examples: ['landfall sizing trace requests.csv'],
  load: () => import('#bin/commands/sizing-trace'),
};

/** The sizing by itself. */
export const SIZING_VERBS: readonly Verb[] = [
  {
    name: 'sizing',
    summary: 'the sizing by itself: plan, train, evaluate, calibrate, import runs, read a trace',
    operands: '',
    flags: [],
    examples: [...PLAN.examples.slice(0, 1), ...EVALUATE.examples.slice(0, 1)],
    actions: [PLAN, SIZING_TRAIN, EVALUATE, CALIBRATE, IMPORT, TRACE],
  },
];
