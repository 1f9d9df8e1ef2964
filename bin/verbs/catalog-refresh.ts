import type { Verb } from '#bin/command';
import { JSON_FLAG, WIDE } from '#bin/verbs/flags';

/** `landfall catalog refresh`. */
export const CATALOG_REFRESH: Verb = {
  name: 'refresh',
  summary: 'read what publishers of prices offer today into the local cache',
  operands: '',
  flags: [
    {
      flags: '--provider <ids>',
      description:
        'only of aws, aws-cn, aws-savings-plans, genai-prices, litellm, skypilot, gpuhunt; with --live aws-query, aws-spot, aws-capacity-blocks',
    },
    {
      flags: '--region <regions>',
      description: 'of these regions (default: those refreshed before, else us-east-1)',
    },
    {
      flags: '--live',
      description:
        'ask AWS with your credentials (on-demand, spot, capacity blocks); these go before the lists',
    },
    { flags: '-o, --output <folder>', description: 'folder of the cache' },
    { flags: '--endpoint-root <url>', description: 'a mirror of one publisher' },
    { flags: '--exchange-rate <pairs>', description: 'units of a currency for one USD: CNY=7.12' },
    {
      flags: '--accept-moves',
      description: 'keep prices that moved by more than 40 %, or lists that lost more than 5 %',
    },
    { flags: '--dry-run', description: 'read and compare, write nothing' },
    JSON_FLAG,
    WIDE,
  ],
  examples: [
    'landfall catalog refresh --provider aws --region us-east-1,eu-central-1',
    'landfall catalog refresh --live --provider aws-spot --dry-run',
  ],
  load: () => import('#bin/commands/catalog-refresh'),
};
