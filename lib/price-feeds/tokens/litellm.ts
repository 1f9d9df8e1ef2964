import * as z from 'zod';
import { jsonReader } from '#lib/price-feeds/document-reader';
import type { FeedAnswer, FeedRequest, PriceFeed } from '#lib/price-feeds/feed';
import { snapshotOf, sourceIdOf } from '#lib/price-feeds/snapshot-of';
import { knownRegions, tokenRows, type TokenPrices } from '#lib/price-feeds/tokens/token-rows';

const FEED = 'litellm';
const PART = 'bedrock';
const ROOT = 'https://raw.githubusercontent.com/BerriAI/litellm/main';
const DOCUMENT = 'model_prices_and_context_window.json';

const perToken = z.number().nonnegative().optional();
const Prices = z.record(
  z.string(),
  z.object({
    litellm_provider: z.string().optional(),
    input_cost_per_token: perToken,
    output_cost_per_token: perToken,
    cache_read_input_token_cost: perToken,
    cache_creation_input_token_cost: perToken,
  }),
);
type Entry = z.output<typeof Prices>[string];

const PROVIDERS = new Set(['bedrock', 'bedrock_converse']);
/** Profiles of one geography; ours are one SKU, because they cost the same. */
const GEOGRAPHY = /^(?:us|eu|apac|jp|au)\./;
const MODEL = /^(?:global\.)?[a-z0-9]+\.[a-z0-9.:-]+$/;

/** Token prices of Bedrock as the project LiteLLM keeps them (MIT): a second opinion, and models that others lack. */
export const litellm: PriceFeed = {
  id: FEED,
  title: 'token prices of Bedrock, by LiteLLM',
  defaultRoot: ROOT,
  parts: async (request) => [{ part: PART, refresh: () => refreshTokens(request) }],
};

async function refreshTokens({ read, root = ROOT, prices, fetchedAt }: FeedRequest): Promise<FeedAnswer> {
  const { value, facts } = await read(`${root}/${DOCUMENT}`, () => jsonReader(Prices));
  const regions = knownRegions(prices());
  const source = sourceIdOf({ feed: FEED, part: PART });
  const rows = Object.entries(value).flatMap(([key, entry]) => {
    const sku = skuOf(key, entry);
    if (sku === null) return [];
    const context = { asOf: fetchedAt.slice(0, 10), source, regions: regions.get(sku) ?? [] };
    return tokenRows(sku, pricesOf(entry), context);
  });
  const head = {
    feed: FEED,
    part: PART,
    publisher: 'BerriAI/litellm',
    method: 'repository',
    confidence: 'secondary',
    licence: 'MIT',
    currency: 'USD',
    fetchedAt,
    publicationDate: null,
  } as const;
  return snapshotOf(head, rows, facts);
}

/** Keys with a path (`bedrock/us-east-1/6-month-commitment/…`) are other terms or other regions. */
function skuOf(key: string, { litellm_provider: provider = '' }: Entry): string | null {
  if (!PROVIDERS.has(provider)) return null;
  const sku = key.replace(GEOGRAPHY, 'regional.');
  return MODEL.test(sku) ? sku : null;
}

function pricesOf(entry: Entry): TokenPrices {
  // Their costs are for one token: 0.00000072 is 0.72 USD for a million, to ten digits.
  const million = (usd: number | undefined) =>
    usd === undefined ? undefined : Number((usd * 1e6).toPrecision(10));
  return {
    input: million(entry.input_cost_per_token),
    output: million(entry.output_cost_per_token),
    cacheRead: million(entry.cache_read_input_token_cost),
    cacheWrite: million(entry.cache_creation_input_token_cost),
  };
}
