import type { Verb } from '#bin/command';
import { JSON_FLAG, WIDE, CSV, AS_OF } from '#bin/verbs/flags';

/** The catalog: facts, prices and their sources. */
export const CATALOG_VERBS: readonly Verb[] = [
  {
    name: 'catalog',
    summary: 'search models, GPUs, prices, assumptions and their sources; import a model (import-model)',
    operands: '[query...]',
    flags: [
      {
        flags: '--kind <table>',
        description: 'only this table',
        choices: ['accelerators', 'models', 'instances', 'servers', 'prices', 'assumptions', 'sources'],
      },
      { flags: '--older-than <days>', description: 'only facts older than this' },
      { flags: '--limit <number>', description: 'at most so many records (default: 40 on a screen)' },
      JSON_FLAG,
      CSV,
      WIDE,
      AS_OF,
    ],
    examples: [
      'landfall catalog h100',
      'landfall catalog bedrock llama --kind prices --older-than 90',
      'landfall catalog import-model my-model=./config.json',
    ],
    load: () => import('#bin/commands/catalog'),
  },
];
