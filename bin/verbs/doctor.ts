import type { Verb } from '#bin/command';
import { CONSTANTS, JSON_FLAG, MODEL_CONFIG, NO_CACHE, PRICES, SCENARIO, WIDE } from '#bin/verbs/flags';

/** `landfall doctor`. */
export const DOCTOR: Verb = {
  name: 'doctor',
  summary: 'what has to be true before a deployment: tools, rights, quotas, capacity, cluster',
  operands: '<environment>',
  flags: [
    { flags: '--option <id>', description: 'this option instead of the one that `deploy` names' },
    SCENARIO,
    { flags: '--offline', description: 'ask only this machine, not the cloud or the cluster' },
    {
      flags: '--kubeconfig <file>',
      description: 'of the cluster (default: TF_VAR_kubeconfig, else as kubectl finds it)',
    },
    {
      flags: '--management-kubeconfig <file>',
      description: 'of the cluster that own servers are declared to (also: TF_VAR_management_kubeconfig)',
    },
    JSON_FLAG,
    WIDE,
    CONSTANTS,
    MODEL_CONFIG,
    PRICES,
    NO_CACHE,
  ],
  examples: [
    'landfall doctor environments/support.yaml',
    'landfall doctor environments/support.yaml --option leased --kubeconfig ~/.kube/prod',
  ],
  load: () => import('#bin/commands/doctor'),
};
