import type { Verb } from '#bin/command';
import { CONSTANTS, JSON_FLAG, MODEL_CONFIG, NO_CACHE, PRICES, SCENARIO, WIDE } from '#bin/verbs/flags';

/** `landfall drift`. */
export const DRIFT: Verb = {
  name: 'drift',
  summary: 'what is live against what is synthesized: missing, foreign and changed things',
  operands: '<environment>',
  flags: [
    { flags: '--option <id>', description: 'this option instead of the one that `deploy` names' },
    SCENARIO,
    {
      flags: '--format <format>',
      description: 'how it was deployed: by stacks, or as plain Kubernetes YAML (default: assembly)',
      choices: ['assembly', 'yaml'],
    },
    { flags: '--exit-code', description: 'exit 2 when anything differs' },
    { flags: '--fail', description: 'the same' },
    {
      flags: '--folder <folder>',
      description: 'where cdk.out and cdktf.out are synthesized to (default: here)',
    },
    {
      flags: '--terraform <program>',
      description: 'the program that is asked of stacks outside of AWS (default: terraform, else tofu)',
    },
    {
      flags: '--kubeconfig <file>',
      description: 'of the cluster (default: TF_VAR_kubeconfig, else as kubectl finds it)',
    },
    JSON_FLAG,
    WIDE,
    CONSTANTS,
    MODEL_CONFIG,
    PRICES,
    NO_CACHE,
  ],
  examples: [
    'landfall drift environments/support.yaml --exit-code',
    'landfall drift environments/support.yaml --option leased --format yaml',
  ],
  load: () => import('#bin/commands/drift'),
};
