import type { Verb } from '#bin/command';
import { CSV, CURRENCY, JSON_FLAG, MARKDOWN, PLANNING, QUIET, SCENARIO, WIDE } from '#bin/verbs/flags';

/** Verbs about one environment file. */
export const ENVIRONMENT_VERBS: readonly Verb[] = [
  {
    name: 'init',
    summary: 'write a first environment file: pilot, support, knowledge, scale or portfolio',
    operands: '[preset]',
    flags: [
      {
        flags: '-o, --output <file>',
        description: 'where to write, missing folders are made; - for stdout (default: <preset>.yaml)',
      },
      { flags: '--force', description: 'overwrite the file' },
    ],
    examples: ['landfall init', 'landfall init knowledge --output environments/docs.yaml'],
    load: () => import('#bin/commands/init'),
  },
  {
    name: 'check',
    summary: 'check an environment file, and with --policy what it deploys',
    operands: '<environment>',
    flags: [
      JSON_FLAG,
      {
        flags: '--format <format>',
        description: 'form of the problems',
        choices: ['text', 'json', 'markdown', 'sarif', 'junit', 'github', 'gitlab', 'codequality'],
      },
      {
        flags: '--policy',
        description: 'synthesize what is deployed and hold it to the policy pack; exit 3 where it breaks it',
      },
      {
        flags: '--option <id>',
        description: 'with --policy: this option instead of the one that `deploy` names',
      },
      SCENARIO,
    ],
    examples: [
      'landfall check environments/support.yaml',
      'landfall check prod.yaml --format github',
      'landfall check environments/support.yaml --policy --option eks',
    ],
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
      QUIET,
      ...PLANNING,
      SCENARIO,
      CURRENCY,
      {
        flags: '--sort <order>',
        description: 'order of the options (default: cost)',
        choices: ['cost', 'tangible', 'ttft', 'lead-time', 'difficulty', 'quality', 'name'],
      },
      {
        flags: '--strict',
        description:
          'exit 3 when a scenario has no option that fits and is fully priced, or its prices are stale',
      },
    ],
    examples: [
      'landfall compare environments/support.yaml',
      'landfall compare prod.yaml --json > comparison.json',
    ],
    load: () => import('#bin/commands/compare'),
  },
  {
    name: 'models',
    summary: 'cost, quality and speed of every model of the pool on every option',
    operands: '<environment>',
    flags: [
      SCENARIO,
      { flags: '--metric <score>', description: 'score that models are compared by, such as gpqa' },
      { flags: '--every-format', description: 'every weight format, not only the cheapest that fits' },
      JSON_FLAG,
      MARKDOWN,
      WIDE,
      ...PLANNING,
    ],
    examples: [
      'landfall models environments/support.yaml',
      'landfall models prod.yaml --metric mmlu-pro --every-format',
    ],
    load: () => import('#bin/commands/models'),
  },
  {
    name: 'explain',
    summary: 'where a number comes from: formula, inputs, sources',
    operands: '<environment> [path]',
    flags: [SCENARIO, CURRENCY, JSON_FLAG, WIDE, ...PLANNING],
    examples: [
      'landfall explain environments/support.yaml eks.monthly',
      'landfall explain environments/support.yaml eks.gpus',
      'landfall explain environments/support.yaml   # every path of the deployed option',
    ],
    load: () => import('#bin/commands/explain'),
  },
];
