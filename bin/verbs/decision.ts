import type { Verb } from '#bin/command';
import { CSV, CURRENCY, JSON_FLAG, MARKDOWN, PLANNING, QUIET, SCENARIO, WIDE } from '#bin/verbs/flags';

/** Verbs about how sure a comparison is and where its order turns. */
export const DECISION_VERBS: readonly Verb[] = [
  {
    name: 'sensitivity',
    summary: 'what moves each cost, how far, and what would turn the recommendation',
    operands: '<environment>',
    flags: [
      SCENARIO,
      { flags: '--option <id>', description: 'whose tornado is drawn (default: the recommended option)' },
      { flags: '--draws <number>', description: 'scenarios to draw (default: 10000)' },
      { flags: '--seed <number>', description: 'of the draws (default: 1)' },
      CURRENCY,
      JSON_FLAG,
      MARKDOWN,
      WIDE,
      QUIET,
      ...PLANNING,
    ],
    examples: [
      'landfall sensitivity environments/scale.yaml',
      'landfall sensitivity environments/scale.yaml --option colo --draws 100000 --seed 7',
    ],
    load: () => import('#bin/commands/sensitivity'),
  },
  {
    name: 'breakeven',
    summary: 'when and where one option costs as much as another: month, volume, use, prices',
    operands: '<environment> <a> <b>',
    flags: [
      SCENARIO,
      {
        flags: '--over <quantity>',
        description: 'only over this quantity (default: all)',
        choices: ['month', 'volume', 'utilisation', 'gpu-price', 'power-price'],
      },
      CURRENCY,
      JSON_FLAG,
      MARKDOWN,
      WIDE,
      QUIET,
      ...PLANNING,
    ],
    examples: [
      'landfall breakeven environments/scale.yaml leased eks',
      'landfall breakeven environments/scale.yaml colo leased --over month',
    ],
    load: () => import('#bin/commands/breakeven'),
  },
  {
    name: 'assumptions',
    summary: 'everything a cost was computed from: band, source, date, and what it weighs',
    operands: '<environment>',
    flags: [
      SCENARIO,
      { flags: '--option <id>', description: 'only this option' },
      JSON_FLAG,
      CSV,
      MARKDOWN,
      WIDE,
      ...PLANNING,
    ],
    examples: [
      'landfall assumptions environments/support.yaml --option colo',
      'landfall assumptions environments/support.yaml --csv',
    ],
    load: () => import('#bin/commands/assumptions'),
  },
  {
    name: 'report',
    summary: 'one HTML file to read, print and send: the decision, its evidence, and sliders',
    operands: '<environment>',
    flags: [
      {
        flags: '-o, --output <file>',
        description:
          'where to write, missing folders are made; - for stdout (default: <environment>-report.html)',
      },
      { flags: '--force', description: 'overwrite a file that is no report' },
      {
        flags: '--lang <languages>',
        description: 'en, zh, or both, the first shown first (default: en,zh)',
      },
      SCENARIO,
      CURRENCY,
      ...PLANNING,
    ],
    examples: [
      'landfall report environments/support.yaml -o report.html',
      'landfall report prod.yaml --lang zh --currency CNY --output report.zh.html',
    ],
    load: () => import('#bin/commands/report'),
  },
];
