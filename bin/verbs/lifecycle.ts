import type { Flag, Verb } from '#bin/command';
import { DOCTOR } from '#bin/verbs/doctor';
import { DRIFT } from '#bin/verbs/drift';
import { CONSTANTS, JSON_FLAG, MODEL_CONFIG, NO_CACHE, PRICES, SCENARIO } from '#bin/verbs/flags';

const FOLDER: Flag = {
  flags: '--folder <folder>',
  description: 'where cdk.out and cdktf.out are synthesized to (default: here)',
};
const TERRAFORM: Flag = {
  flags: '--terraform <program>',
  description: 'the program that plans and applies stacks outside of AWS (default: terraform, else tofu)',
};

/** Verbs about what stands: planned, reviewed and applied. */
export const LIFECYCLE_VERBS: readonly Verb[] = [
  DOCTOR,
  {
    name: 'plan',
    summary: 'what deploying an environment would change in what stands, as a bundle to review and apply',
    operands: '<environment>',
    flags: [
      { flags: '--option <id>', description: 'this option instead of the one that `deploy` names' },
      SCENARIO,
      {
        flags: '-o, --output <file>',
        description: 'where the bundle is written (default: landfall.plan.json; with --json: nowhere)',
      },
      { flags: '--expires <time>', description: 'how long it may be applied: 30m, 24h, 7d (default: 24h)' },
      { flags: '--offline', description: 'look at no account and no cluster: everything counts as new' },
      FOLDER,
      TERRAFORM,
      JSON_FLAG,
      { flags: '--exit-code', description: 'exit 2 when anything would change' },
      CONSTANTS,
      MODEL_CONFIG,
      PRICES,
      NO_CACHE,
    ],
    examples: [
      'landfall plan environments/support.yaml',
      'landfall plan environments/support.yaml -o plan.json --expires 4h --exit-code',
      'landfall plan environments/support.yaml --option eks --offline',
    ],
    load: () => import('#bin/commands/plan'),
  },
  {
    name: 'apply',
    summary: 'do what a bundle of `plan` says, and nothing else: what stands is compared again before',
    operands: '<bundle>',
    flags: [
      {
        flags: '--approve <address>',
        description: 'approve that this is lost; once for each data-loss of the plan',
      },
      { flags: '--yes', description: 'do not ask' },
      FOLDER,
      TERRAFORM,
      JSON_FLAG,
    ],
    examples: [
      'landfall apply landfall.plan.json',
      "landfall apply plan.json --yes --approve 'support-bedrock-retrieval/Collection'",
    ],
    load: () => import('#bin/commands/apply'),
  },
  DRIFT,
];
