import type { Verb } from '#bin/command';
import {
  CONSTANTS,
  CURRENCY,
  JSON_FLAG,
  MARKDOWN,
  MODEL_CONFIG,
  NO_CACHE,
  PLANNING,
  PRICES,
  SCENARIO,
  WIDE,
} from '#bin/verbs/flags';

/** Verbs about what is deployed and what changes. */
export const CHANGE_VERBS: readonly Verb[] = [
  {
    name: 'diff',
    summary: 'what changes from one option or environment to another: dangers, money, capacity',
    operands: '<from> <to>',
    flags: [
      { flags: '--environment <file>', description: 'the file that `option:ID` and `git:REV` refer to' },
      SCENARIO,
      CURRENCY,
      JSON_FLAG,
      MARKDOWN,
      WIDE,
      ...PLANNING,
      { flags: '--exit-code', description: 'exit 2 when anything differs' },
      {
        flags: '--fail-on <gates>',
        description:
          'exit 3 on any of these: data-loss,broadening,cost:+10%,cost:+5000,unpriced; every class of danger is one',
      },
      {
        flags: '--format <format>',
        description: 'form of the output; markdown is for a comment of a pull request (default: text)',
        choices: ['text', 'json', 'markdown', 'sarif', 'junit', 'github', 'gitlab', 'codequality'],
      },
    ],
    examples: [
      'landfall diff git:main environments/support.yaml --exit-code',
      'landfall diff git:v1.0#support support            # environments/support.yaml, then and now',
      'landfall diff file:estimate.json support#eks      # what `estimate --json` wrote before',
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
        flags: '-o, --output <folder>',
        description:
          'where to write, missing folders are made (default: cdk.out, cdktf.out or manifests.out)',
      },
      {
        flags: '--format <format>',
        description: 'assembly of the target, or plain Kubernetes YAML (default: assembly)',
        choices: ['assembly', 'yaml'],
      },
      CONSTANTS,
      MODEL_CONFIG,
      PRICES,
      NO_CACHE,
    ],
    examples: [
      'landfall synth environments/support.yaml',
      'landfall synth environments/support.yaml --option leased --format yaml',
    ],
    load: () => import('#bin/commands/synth'),
  },
];
