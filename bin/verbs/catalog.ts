import type { Verb } from '#bin/command';
import { CATALOG_REFRESH } from '#bin/verbs/catalog-refresh';
import { AS_OF, CSV, JSON_FLAG, NO_CACHE, PLANNING, PRICES, SCENARIO, WIDE } from '#bin/verbs/flags';

const AGE: Verb = {
  name: 'age',
  summary: 'how old the prices are, and which are too old to trust',
  operands: '',
  flags: [
    { flags: '--strict', description: 'exit 3 when a price is too old to trust' },
    PRICES,
    NO_CACHE,
    JSON_FLAG,
    WIDE,
    AS_OF,
  ],
  examples: ['landfall catalog age --strict'],
  load: () => import('#bin/commands/catalog-age'),
};

const WHY: Verb = {
  name: 'why',
  summary: 'who says what a price is, and which source goes before which',
  operands: '[price...]',
  flags: [
    { flags: '--environment <file>', description: 'the file whose own prices go first' },
    PRICES,
    NO_CACHE,
    JSON_FLAG,
    WIDE,
    AS_OF,
  ],
  examples: ['landfall catalog why aws/ec2/p5.48xlarge/us-east-1/on-demand/instance-hour'],
  load: () => import('#bin/commands/catalog-why'),
};

const DIFF: Verb = {
  name: 'diff',
  summary: 'prices that moved between two lists: bundled, cache, a pin or a folder',
  operands: '[from] [to]',
  flags: [{ flags: '--exit-code', description: 'exit 2 when anything differs' }, JSON_FLAG, WIDE],
  examples: ['landfall catalog diff landfall.prices.json bundled --exit-code'],
  load: () => import('#bin/commands/catalog-diff'),
};

const PIN: Verb = {
  name: 'pin',
  summary: 'hold the prices of an environment still, in a file for --prices',
  operands: '[environment]',
  flags: [
    {
      flags: '-o, --output <file>',
      description: 'where to write, missing folders are made; - for stdout (default: landfall.prices.json)',
    },
    { flags: '--force', description: 'overwrite the file' },
    SCENARIO,
    ...PLANNING,
  ],
  examples: ['landfall catalog pin environments/support.yaml --output support.prices.json'],
  load: () => import('#bin/commands/catalog-pin'),
};

const IMPORT_MODEL: Verb = {
  name: 'import-model',
  summary: 'read the config.json of a model, as --model-config does',
  operands: '[file]',
  flags: [JSON_FLAG, WIDE],
  examples: ['landfall catalog import-model my-model=./config.json'],
  load: () => import('#bin/commands/catalog-import-model'),
};

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
        choices: [
          'accelerators',
          'models',
          'instances',
          'servers',
          'prices',
          'free-tier',
          'assumptions',
          'sources',
        ],
      },
      { flags: '--older-than <days>', description: 'only facts older than this' },
      { flags: '--limit <number>', description: 'at most so many records (default: 40 on a screen)' },
      PRICES,
      NO_CACHE,
      JSON_FLAG,
      CSV,
      WIDE,
      AS_OF,
    ],
    examples: ['landfall catalog h100', 'landfall catalog bedrock llama --kind prices --older-than 90'],
    load: () => import('#bin/commands/catalog'),
    actions: [AGE, WHY, DIFF, PIN, CATALOG_REFRESH, IMPORT_MODEL],
  },
];
