import type { Verb } from '#bin/command';
import { CURRENCY, JSON_FLAG, MARKDOWN, PLANNING, QUIET, SCENARIO, WIDE } from '#bin/verbs/flags';

/** Ways to a scenario's model: build, adapt, direct. */
export const ROUTE_VERBS: readonly Verb[] = [
  {
    name: 'routes',
    summary: 'build, adapt or use as it is: what each way to a model costs, takes and changes',
    operands: '<environment>',
    flags: [SCENARIO, CURRENCY, JSON_FLAG, MARKDOWN, WIDE, QUIET, ...PLANNING],
    examples: [
      'landfall routes environments/support.yaml',
      'landfall routes prod.yaml --scenario answers --json > routes.json',
    ],
    load: () => import('#bin/commands/routes'),
  },
];
