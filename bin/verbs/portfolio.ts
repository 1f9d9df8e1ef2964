import type { Verb } from '#bin/command';
import { AS_OF, CONSTANTS, CURRENCY, JSON_FLAG, MARKDOWN, MODEL_CONFIG, QUIET, WIDE } from '#bin/verbs/flags';

/** Verbs about several scenarios together. */
export const PORTFOLIO_VERBS: readonly Verb[] = [
  {
    name: 'portfolio',
    summary: 'which scenario should run where: shared fleets, fixed costs once, limits on all',
    operands: '<environment>',
    flags: [CURRENCY, JSON_FLAG, MARKDOWN, WIDE, QUIET, AS_OF, CONSTANTS, MODEL_CONFIG],
    examples: ['landfall portfolio environments/portfolio.yaml'],
    load: () => import('#bin/commands/portfolio'),
  },
];
