import type { Verb } from '#bin/command';
import { CURRENCY, JSON_FLAG, MARKDOWN, PLANNING, QUIET, WIDE } from '#bin/verbs/flags';

/** Verbs about several scenarios together. */
export const PORTFOLIO_VERBS: readonly Verb[] = [
  {
    name: 'portfolio',
    summary: 'which scenario should run where: shared fleets, fixed costs once, limits on all',
    operands: '<environment>',
    flags: [CURRENCY, JSON_FLAG, MARKDOWN, WIDE, QUIET, ...PLANNING],
    examples: ['landfall portfolio environments/portfolio.yaml'],
    load: () => import('#bin/commands/portfolio'),
  },
];
