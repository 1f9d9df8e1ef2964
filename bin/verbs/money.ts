import type { Verb } from '#bin/command';
import { CSV, CURRENCY, JSON_FLAG, MARKDOWN, PLANNING, SCENARIO, WIDE } from '#bin/verbs/flags';

/** Verbs about money. */
export const MONEY_VERBS: readonly Verb[] = [
  {
    name: 'estimate',
    summary: 'the whole bill of one option, or of any CDK, CloudFormation, Terraform or Kubernetes app',
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
        description:
          'instead of an environment: cdk.out, a template, Terraform JSON, a plan in JSON, Kubernetes YAML',
      },
      { flags: '--region <region>', description: 'with --app: where it stands, if it does not say so' },
      { flags: '--usage <file>', description: 'with --app: what it uses in a month' },
      { flags: '--init-usage', description: 'with --app: write a usage file with its own lines' },
      {
        flags: '--preset <size>',
        description: 'with --init-usage: amounts of an app of this size to start from',
        choices: ['small', 'medium', 'large'],
      },
      {
        flags: '--free-tier',
        description: 'with --app: take off what AWS gives every account each month for nothing',
      },
      CURRENCY,
      {
        flags: '--baseline <bill>',
        description:
          'show what changed since: JSON of an earlier estimate; with --app also another app, or `prior` for what a plan finds standing',
      },
      { flags: '--budget <usd>', description: 'exit 3 when a month costs more than this' },
      {
        flags: '--max-increase <usd>',
        description: 'with --baseline: exit 3 when a month costs more by more than this',
      },
      {
        flags: '--format <format>',
        description: 'how to write it; infracost, junit and sarif are for other tools',
        choices: ['text', 'json', 'markdown', 'csv', 'infracost', 'junit', 'sarif'],
      },
      { flags: '--parameter <pairs>', description: 'with --app: values over the defaults, Name=value,…' },
      SCENARIO,
      JSON_FLAG,
      MARKDOWN,
      CSV,
      WIDE,
      ...PLANNING,
      { flags: '--strict', description: 'exit 3 when a line has no price, or one too old to trust' },
    ],
    examples: [
      'landfall estimate environments/support.yaml --option eks',
      'landfall estimate environments/support.yaml --option eks --from artifacts',
      'landfall estimate --app cdk.out --budget 5000 --format junit',
      'landfall estimate --app plan.json --baseline prior --markdown --max-increase 500',
      'landfall estimate --app cdk.out --init-usage --preset medium > usage.yaml',
    ],
    load: () => import('#bin/commands/estimate'),
  },
];
