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
        flags: '-o, --output <path>',
        description: 'pin: file, - for stdout (default: landfall.prices.json); refresh: folder of the cache',
      },
      { flags: '--force', description: 'pin: overwrite the file' },
      {
        flags: '--provider <ids>',
        description:
          'refresh: only of aws, aws-cn, aws-savings-plans, genai-prices, litellm, skypilot; with --live aws-query, aws-spot',
      },
      {
        flags: '--region <regions>',
        description: 'refresh: of these regions (default: those refreshed before, else us-east-1)',
      },
      {
        flags: '--live',
        description:
          'refresh: ask AWS with your credentials (aws-query, aws-spot); these go before the lists',
      },
      { flags: '--endpoint-root <url>', description: 'refresh: a mirror of one publisher' },
      { flags: '--exchange-rate <pairs>', description: 'refresh: units of a currency for one USD: CNY=7.12' },
      {
        flags: '--accept-moves',
        description: 'refresh: keep prices that moved by more than 40 %, or lists that lost more than 5 %',
      },
      { flags: '--dry-run', description: 'refresh: read and compare, write nothing' },
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
      'landfall catalog refresh --provider aws --region us-east-1,eu-central-1',
      'landfall catalog diff support.prices.json bundled --exit-code',
    ],
    load: () => import('#bin/commands/catalog'),
  },
];
