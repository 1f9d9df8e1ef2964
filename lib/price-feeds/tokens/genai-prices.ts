import { parse, YAMLParseError } from 'yaml';
import * as z from 'zod';
import { IncompleteDocument, textReader, UnknownForm } from '#lib/price-feeds/document-reader';
import type { FeedAnswer, FeedRequest, PriceFeed } from '#lib/price-feeds/feed';
import { snapshotOf, sourceIdOf } from '#lib/price-feeds/snapshot-of';
import { knownRegions, tokenRows, type TokenPrices } from '#lib/price-feeds/tokens/token-rows';

const FEED = 'genai-prices';
const PART = 'aws';
const ROOT = 'https://raw.githubusercontent.com/pydantic/genai-prices/main';
const DOCUMENT = 'prices/providers/aws.yml';

/** A price, or a price that rises with the length of the prompt: ours is that of a short one. */
const Amount = z.union([z.number().nonnegative(), z.object({ base: z.number().nonnegative() })]);
const Prices = z.object({
  input_mtok: Amount.optional(),
  output_mtok: Amount.optional(),
  cache_read_mtok: Amount.optional(),
  cache_write_mtok: Amount.optional(),
});
const Constraint = z.object({ start_date: z.coerce.string().optional() });
const Provider = z.object({
  id: z.literal('aws'),
  models: z.array(
    z.object({
      id: z.string().regex(/^[^/\s]+$/),
      prices_checked: z.coerce.string().optional(),
      prices: z.union([z.array(z.object({ constraint: z.unknown().optional(), prices: Prices })), Prices]),
    }),
  ),
});
type Model = z.output<typeof Provider>['models'][number];

/** Token prices of Bedrock as the project genai-prices collects them (MIT), with their changes by date. */
export const genaiPrices: PriceFeed = {
  id: FEED,
  title: 'token prices of Bedrock, by pydantic/genai-prices',
  defaultRoot: ROOT,
  parts: async (request) => [{ part: PART, refresh: () => refreshTokens(request) }],
};

async function refreshTokens({ read, root = ROOT, prices, fetchedAt }: FeedRequest): Promise<FeedAnswer> {
  const { value: text, facts } = await read(`${root}/${DOCUMENT}`, textReader);
  const { models } = providerOf(text);
  const asOf = fetchedAt.slice(0, 10);
  const regions = knownRegions(prices());
  const source = sourceIdOf({ feed: FEED, part: PART });
  const rows = models.flatMap((model) => {
    const current = currentPrices(model, asOf);
    const context = { asOf, source, regions: regions.get(model.id) ?? [] };
    return current === null ? [] : tokenRows(model.id, current, context);
  });
  const head = {
    feed: FEED,
    part: PART,
    publisher: 'pydantic/genai-prices',
    method: 'repository',
    confidence: 'secondary',
    licence: 'MIT',
    currency: 'USD',
    fetchedAt,
    publicationDate: null,
  } as const;
  return snapshotOf(head, rows, facts);
}

function providerOf(text: string): z.output<typeof Provider> {
  const { data, error } = Provider.safeParse(yamlOf(text));
  if (error === undefined) return data;
  const [issue] = error.issues;
  throw new UnknownForm(`${issue?.path.join('.') || 'the document'}: ${issue?.message ?? 'another form'}`);
}

function yamlOf(text: string): unknown {
  // Half a YAML document can be a whole one; one that was written ends its last line.
  if (!text.endsWith('\n')) throw new IncompleteDocument('the last line does not end');
  try {
    return parse(text, { maxAliasCount: 0 });
  } catch (error) {
    if (error instanceof YAMLParseError || error instanceof ReferenceError) {
      throw new UnknownForm(error.message.split('\n')[0] ?? 'not YAML');
    }
    throw error;
  }
}

/** Of prices by date, the last that has begun; one that holds at some hours of the day only is not ours. */
function currentPrices({ prices }: Model, asOf: string): TokenPrices | null {
  if (!Array.isArray(prices)) return tokenPrices(prices);
  const begun = prices.flatMap(({ constraint, prices: own }) => {
    if (constraint === undefined) return [{ from: '', own }];
    const from = Constraint.safeParse(constraint).data?.start_date;
    return from === undefined || from > asOf ? [] : [{ from, own }];
  });
  const last = begun.toSorted((a, b) => (a.from < b.from ? -1 : 1)).at(-1);
  return last === undefined ? null : tokenPrices(last.own);
}

function tokenPrices(prices: z.output<typeof Prices>): TokenPrices {
  const amount = (value: z.output<typeof Amount> | undefined) =>
    typeof value === 'object' ? value.base : value;
  return {
    input: amount(prices.input_mtok),
    output: amount(prices.output_mtok),
    cacheRead: amount(prices.cache_read_mtok),
    cacheWrite: amount(prices.cache_write_mtok),
  };
}
