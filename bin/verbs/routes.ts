import type { Verb } from '#bin/command';
import {
  AS_OF,
  CONSTANTS,
  CURRENCY,
  JSON_FLAG,
  MARKDOWN,
  MODEL_CONFIG,
  QUIET,
  SCENARIO,
  WIDE,
} from '#bin/verbs/flags';

/** Ways to a scenario's model: build, adapt, direct. */
export const ROUTE_VERBS: readonly Verb[] = [
  {
    name: 'routes',
    summary: 'build, adapt or use as it is: what each way to a model costs, takes and changes',
    operands: '<environment>',
    flags: [SCENARIO, CURRENCY, JSON_FLAG, MARKDOWN, WIDE, QUIET, AS_OF, CONSTANTS, MODEL_CONFIG],
    examples: [
      'landfall routes environments/support.yaml',
      'landfall routes prod.yaml --scenario answers --json > routes.json',
    ],
    load: () => import('#bin/commands/routes'),
  },
];
