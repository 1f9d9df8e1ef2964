import type { Verb } from '#bin/command';
import { JSON_FLAG, WIDE, CSV, AS_OF, NO_CACHE, PRICES } from '#bin/verbs/flags';

/** The catalog: facts, prices and their sources. */
export const CATALOG_VERBS: readonly Verb[] = [
  {
    name: 'catalog',
    summary: 'search facts and prices; import-model; prices: age, why, diff, pin, refresh',
    operands: '[query...]',
    flags: [
      {
        flags: '--kind <table>',
        description: 'only this table',
        choices: ['accelerators', 'models', 'instances', 'servers', 'prices', 'assumptions', 'sources'],
      },
      { flags: '--older-than <days>', description: 'only facts older than this' },
      { flags: '--limit <number>', description: 'at most so many records (default: 40 on a screen)' },
      { flags: '--strict', description: 'age: exit 3 when a price is too old to trust' },
      { flags: '--environment <file>', description: 'why: the file whose own prices go first' },
      { flags: '--exit-code', description: 'diff: exit 2 when anything differs' },
      {
        flags: '--output <file>',
        description: 'pin: where to write, - for stdout (default: landfall.prices.json)',
      },
      { flags: '--force', description: 'pin: overwrite the file' },
      PRICES,
      NO_CACHE,
      JSON_FLAG,
      CSV,
      WIDE,
      AS_OF,
    ],
    examples: [
      'landfall catalog h100',
      'landfall catalog bedrock llama --kind prices --older-than 90',
      'landfall catalog import-model my-model=./config.json',
      'landfall catalog age --strict',
      'landfall catalog why aws/ec2/p5.48xlarge/us-east-1/on-demand/instance-hour',
      'landfall catalog pin environments/support.yaml --output support.prices.json',
      'landfall catalog diff support.prices.json bundled --exit-code',
    ],
    load: () => import('#bin/commands/catalog'),
  },
];
