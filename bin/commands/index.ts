import type { Flag, Verb } from '#bin/command';

const JSON_FLAG: Flag = { flags: '--json', description: 'write the document, and nothing else, to stdout' };
const WIDE: Flag = { flags: '--wide', description: 'show every column, however wide' };
const MARKDOWN: Flag = { flags: '--markdown', description: 'write Markdown' };
const CSV: Flag = { flags: '--csv', description: 'write CSV' };
const AS_OF: Flag = { flags: '--as-of <date>', description: 'date of the calculation (default: today)' };
const CONSTANTS: Flag = {
  flags: '--constants <file>',
  description: 'own calibration of the sizing, from `landfall sizing calibrate`',
};
const MODEL_CONFIG: Flag = {
  flags: '--model-config <file>',
  description: 'a model of your own by its config.json: my-model=path/config.json',
};
const SCENARIO: Flag = { flags: '--scenario <id>', description: 'only this scenario' };

/** Every verb, in the order of the help. */
export const VERBS: readonly Verb[] = [
  {
    name: 'init',
    summary: 'write a first environment file: pilot, support, knowledge or scale',
    operands: '[preset]',
    flags: [
      { flags: '--output <file>', description: 'where to write, - for stdout (default: <preset>.yaml)' },
      { flags: '--force', description: 'overwrite the file' },
    ],
    examples: ['landfall init', 'landfall init knowledge --output environments/docs.yaml'],
    load: () => import('#bin/commands/init'),
  },
  {
    name: 'check',
    summary: 'check an environment file: syntax, units, references',
    operands: '<environment>',
    flags: [
      {
        flags: '--format <format>',
        description: 'form of the problems',
        choices: ['text', 'json', 'github'],
      },
    ],
    examples: ['landfall check environments/support.yaml', 'landfall check prod.yaml --format github'],
    load: () => import('#bin/commands/check'),
  },
  {
    name: 'compare',
    summary: 'size, price and rank every option of an environment',
    operands: '<environment>',
    flags: [
      JSON_FLAG,
      MARKDOWN,
      CSV,
      WIDE,
      AS_OF,
      CONSTANTS,
      MODEL_CONFIG,
      SCENARIO,
      {
        flags: '--sort <order>',
        description: 'order of the options (default: cost)',
        choices: ['cost', 'tangible', 'ttft', 'lead-time', 'difficulty', 'quality', 'name'],
      },
      {
        flags: '--strict',
        description: 'exit 3 when a scenario has no option that fits and is fully priced',
      },
    ],
    examples: [
      'landfall compare environments/support.yaml',
      'landfall compare prod.yaml --json > comparison.json',
    ],
    load: () => import('#bin/commands/compare'),
  },
  {
    name: 'estimate',
    summary: 'the whole bill of one option, or of any CDK, CloudFormation or Terraform app',
    operands: '[environment]',
    flags: [
      { flags: '--option <id>', description: 'the option (default: the one that `deploy` names)' },
      {
        flags: '--from <book>',
        description: 'which book: what the plan buys, or what the synthesized artifacts hold',
        choices: ['plan', 'artifacts'],
      },
      {
        flags: '--app <path>',
        description: 'instead of an environment: cdk.out, a template, Terraform JSON, a plan in JSON',
      },
      { flags: '--region <region>', description: 'with --app: where it stands, if it does not say so' },
      { flags: '--usage <file>', description: 'with --app: what it uses in a month' },
      { flags: '--init-usage', description: 'with --app: write a usage file with its own lines' },
      { flags: '--parameter <pairs>', description: 'with --app: values over the defaults, Name=value,…' },
      SCENARIO,
      JSON_FLAG,
      MARKDOWN,
      CSV,
      WIDE,
      AS_OF,
      CONSTANTS,
      MODEL_CONFIG,
    ],
    examples: [
      'landfall estimate environments/support.yaml --option eks',
      'landfall estimate environments/support.yaml --option eks --from artifacts',
      'landfall estimate --app cdk.out',
    ],
    load: () => import('#bin/commands/estimate'),
  },
  {
    name: 'explain',
    summary: 'where a number comes from: formula, inputs, sources',
    operands: '<environment> [path]',
    flags: [SCENARIO, JSON_FLAG, WIDE, AS_OF, CONSTANTS, MODEL_CONFIG],
    examples: [
      'landfall explain environments/support.yaml eks.monthly',
      'landfall explain environments/support.yaml eks.gpus',
      'landfall explain environments/support.yaml   # every path of the deployed option',
    ],
    load: () => import('#bin/commands/explain'),
  },
  {
    name: 'diff',
    summary: 'what changes from one option or environment to another: dangers, money, capacity',
    operands: '<from> <to>',
    flags: [
      { flags: '--environment <file>', description: 'the file that `option:ID` refers to' },
      SCENARIO,
      JSON_FLAG,
      MARKDOWN,
      WIDE,
      AS_OF,
      { flags: '--exit-code', description: 'exit 2 when anything differs' },
    ],
    examples: [
      'landfall diff main/prod.yaml prod.yaml --exit-code',
      'landfall diff environments/support.yaml#bedrock environments/support.yaml#eks',
      'landfall diff option:bedrock option:eks --environment environments/support.yaml',
    ],
    load: () => import('#bin/commands/diff'),
  },
  {
    name: 'synth',
    summary: 'CloudFormation, Terraform JSON or Kubernetes YAML of what an environment deploys',
    operands: '<environment>',
    flags: [
      { flags: '--option <id>', description: 'this option instead of the one that `deploy` names' },
      SCENARIO,
      {
        flags: '--output <folder>',
        description: 'where to write (default: cdk.out, cdktf.out or manifests.out)',
      },
      {
        flags: '--format <format>',
        description: 'assembly of the target, or plain Kubernetes YAML (default: assembly)',
        choices: ['assembly', 'yaml'],
      },
    ],
    examples: [
      'landfall synth environments/support.yaml',
      'landfall synth environments/support.yaml --option leased --format yaml',
    ],
    load: () => import('#bin/commands/synth'),
  },
  {
    name: 'catalog',
    summary: 'search models, GPUs, prices, assumptions and their sources; import a model (import-model)',
    operands: '[query...]',
    flags: [
      {
        flags: '--kind <table>',
        description: 'only this table',
        choices: ['accelerators', 'models', 'instances', 'servers', 'prices', 'assumptions', 'sources'],
      },
      { flags: '--older-than <days>', description: 'only facts older than this' },
      { flags: '--limit <number>', description: 'at most so many records (default: 40 on a screen)' },
      JSON_FLAG,
      CSV,
      WIDE,
      AS_OF,
    ],
    examples: [
      'landfall catalog h100',
      'landfall catalog bedrock llama --kind prices --older-than 90',
      'landfall catalog import-model my-model=./config.json',
    ],
    load: () => import('#bin/commands/catalog'),
  },
  {
    name: 'sizing',
    summary: 'the sizing by itself: evaluate, calibrate, import runs, summarize a trace, plan a model',
    operands: '<action> [file]',
    flags: [
      {
        flags: '--limit <number>',
        description: 'evaluate: how many of the worst runs to show (default: 10)',
      },
      { flags: '-o, --output <file>', description: 'calibrate, import: where to write, - for stdout' },
      { flags: '--force', description: 'calibrate, import: overwrite the file' },
      { flags: '--model <id>', description: 'import, plan: the model' },
      { flags: '--gpu <id>', description: 'import, plan: the accelerator' },
      {
        flags: '--gpus <number>',
        description: 'import: GPUs of the replica; plan: GPUs of a node (default: 8)',
      },
      { flags: '--engine <engine>', description: 'import, plan: vllm, trtllm or sglang' },
      {
        flags: '--precision <format>',
        description: 'import, plan: format of the weights (plan default: all)',
      },
      { flags: '--kv <format>', description: 'import, plan: format of the cache, bf16 or fp8' },
      { flags: '--tp <number>', description: 'import, plan: tensor parallel degree' },
      { flags: '--concurrency <number>', description: 'import: requests that ran at once' },
      { flags: '--rps <number>', description: 'plan: requests per second at the peak (default: 1)' },
      { flags: '--in <tokens>', description: 'import, plan: mean input tokens' },
      { flags: '--out <tokens>', description: 'import, plan: mean output tokens' },
      { flags: '--ttft <ms>', description: 'plan: most milliseconds to the first token' },
      { flags: '--tpot <ms>', description: 'plan: most milliseconds per further token' },
      { flags: '--cached <share>', description: 'plan: share of the input found in the prefix cache' },
      CONSTANTS,
      MODEL_CONFIG,
      JSON_FLAG,
      WIDE,
    ],
    examples: [
      'landfall sizing plan --model llama-3.1-70b --gpu h100-sxm --rps 10 --in 1024 --out 256 --tpot 40',
      'landfall sizing evaluate benchmarks.json --json',
      'landfall sizing trace requests.csv',
      'landfall sizing import result.json --gpu h100-sxm --gpus 8 --precision fp8 -o runs.json',
      'landfall sizing calibrate runs.json -o constants.json',
    ],
    load: () => import('#bin/commands/sizing'),
  },
  {
    name: 'schema',
    summary: 'JSON Schema of the environment file or of a document',
    operands: '[document]',
    flags: [{ flags: '--draft-7', description: 'for tools that know no newer draft (environment only)' }],
    examples: ['landfall schema environment > environment.schema.json', 'landfall schema comparison'],
    load: () => import('#bin/commands/schema'),
  },
  {
    name: 'completion',
    summary: 'a completion script for bash, zsh or fish',
    operands: '<shell>',
    flags: [],
    examples: ['source <(landfall completion bash)'],
    load: () => import('#bin/commands/completion'),
  },
];
