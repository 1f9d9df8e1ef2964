import type { Flag, Verb } from '#bin/command';
import { CURRENCY, JSON_FLAG, MARKDOWN, PLANNING, SCENARIO, WIDE } from '#bin/verbs/flags';

const OPTION: Flag = {
  flags: '--option <id>',
  description: 'the option, on leased or own servers (default: the one that `deploy` names)',
};

/** Verbs about racks and what is in them. */
export const FACILITY_VERBS: readonly Verb[] = [
  {
    name: 'facility',
    summary: 'racks, power, cooling, network, spares, lead time and phases of own servers',
    operands: '<environment>',
    flags: [OPTION, SCENARIO, JSON_FLAG, MARKDOWN, WIDE, ...PLANNING],
    examples: ['landfall facility environments/scale.yaml --option self-built'],
    load: () => import('#bin/commands/facility'),
  },
  {
    name: 'bom',
    summary: 'the bill of materials of own servers, beside what the bill counts',
    operands: '<environment>',
    flags: [
      OPTION,
      { flags: '--format <format>', description: 'form of the list', choices: ['table', 'csv', 'json'] },
      SCENARIO,
      CURRENCY,
      JSON_FLAG,
      WIDE,
      ...PLANNING,
    ],
    examples: ['landfall bom environments/scale.yaml --option colo --format csv > parts.csv'],
    load: () => import('#bin/commands/bom'),
  },
];
