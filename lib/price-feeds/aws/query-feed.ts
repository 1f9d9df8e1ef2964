import * as z from 'zod';
import { digestOfText, type PriceRow } from '#lib/catalog/price-documents';
import { modelNames } from '#lib/price-feeds/aws/bedrock-offers';
import { AWS } from '#lib/price-feeds/aws/feed';
import { PLAIN_LINUX, OFFERS } from '#lib/price-feeds/aws/offers';
import {
  chosenBy,
  rowsOfProduct,
  withSurcharges,
  type PriceListProps,
} from '#lib/price-feeds/aws/price-list';
import { UnknownForm } from '#lib/price-feeds/document-reader';
import type { FeedAnswer, FeedRequest, PriceFeed } from '#lib/price-feeds/feed';
import { snapshotOf, sourceIdOf } from '#lib/price-feeds/snapshot-of';

const FEED = 'aws-query';
/** Most that one answer may hold. */
const PAGE = 100;
/** More pages than any offer of one region has: a server that never ends is not asked for ever. */
const MAXIMUM_PAGES = 2000;

const Page = z.object({ PriceList: z.array(z.string()), NextToken: z.string().nullish() });
const Item = z.object({
  product: z.object({ sku: z.string(), attributes: z.record(z.string(), z.string()) }).loose(),
  terms: z.object({ OnDemand: z.record(z.string(), z.unknown()).optional() }),
  publicationDate: z.string().optional(),
});

/**
 * The Price List Query API (`GetProducts`), which answers for one offer and region without its whole list. It stands at
 * three places only; each answers for all regions.
 */
export const awsQuery: PriceFeed = {
  id: FEED,
  title: 'AWS prices asked for with credentials',
  defaultRoot: 'https://api.pricing.us-east-1.amazonaws.com',
  parts: (request) => {
    const regions = request.regions.filter(AWS.isRegion);
    const parts = Object.keys(OFFERS).flatMap((offer) =>
      regions.map((region) => ({
        part: `${offer}/${region}`,
        refresh: () => askFor(offer, region, request),
      })),
    );
    return Promise.resolve(parts);
  },
};

async function askFor(
  offer: string,
  region: string,
  { callAws, root, fetchedAt, catalog }: FeedRequest,
): Promise<FeedAnswer> {
  if (callAws === undefined) throw new UnknownForm('no credentials of AWS to ask with');
  const part = `${offer}/${region}`;
  const props: PriceListProps = {
    offer,
    rules: OFFERS[offer] ?? [],
    seller: AWS.seller,
    region,
    currency: 'USD',
    perUsd: 1,
    asOf: fetchedAt.slice(0, 10),
    source: sourceIdOf({ feed: FEED, part }),
    instances: catalog.instances,
    models: modelNames(catalog.managedModels),
    known: catalog.prices(),
  };
  const endpoint = endpointOf(region);
  const address = root ?? `https://api.pricing.${endpoint}.amazonaws.com`;
  const rows: PriceRow[] = [];
  const units = new Map<string, string>();
  let published: string | null = null;
  const texts: string[] = [];
  const ask = (token: string | null) =>
    callAws({
      service: 'pricing',
      region: endpoint,
      root: address,
      headers: {
        'content-type': 'application/x-amz-json-1.1',
        'x-amz-target': 'AWSPriceListService.GetProducts',
      },
      body: JSON.stringify({
        ServiceCode: offer,
        FormatVersion: 'aws_v1',
        MaxResults: PAGE,
        Filters: filtersOf(offer, region),
        ...(token === null ? {} : { NextToken: token }),
      }),
      permission: 'pricing:GetProducts',
    });
  for await (const { text, entries } of pagesOf(ask)) {
    texts.push(text);
    for (const entry of entries) {
      const { product, terms, publicationDate } = parsed(entry, Item, 'a product');
      if (publicationDate !== undefined && publicationDate > (published ?? '')) published = publicationDate;
      const chosen = chosenBy(props.rules, product);
      if (chosen !== null) rows.push(...rowsOfProduct(terms.OnDemand, chosen, props, units));
    }
  }
  if (rows.length === 0) return { snapshot: null, notes: [`${offer} lists nothing known here in ${region}`] };
  const head = {
    feed: FEED,
    part,
    publisher: AWS.publisher,
    method: 'price-api',
    confidence: 'primary',
    currency: 'USD',
    fetchedAt,
    publicationDate: published,
    live: true,
  } as const;
  const { snapshot, notes } = snapshotOf(head, withSurcharges(rows, props.rules), {
    url: address,
    sha256: digestOfText(texts.join('')),
  });
  const unknown = [...units].map(([unit, sku]) => `${sku} is listed by the unknown unit "${unit}"`);
  return { snapshot, notes: [...unknown, ...notes] };
}

/** Page by page, for as long as an answer names the next one. */
async function* pagesOf(
  ask: (token: string | null) => Promise<string>,
): AsyncGenerator<{ readonly text: string; readonly entries: readonly string[] }> {
  const seen = new Set<string>();
  let token: string | null = null;
  do {
    const text = await ask(token);
    const { PriceList, NextToken } = parsed(text, Page, 'an answer of GetProducts');
    yield { text, entries: PriceList };
    token = NextToken == null || NextToken === '' ? null : NextToken;
    if (token !== null && (seen.has(token) || seen.size >= MAXIMUM_PAGES)) {
      throw new UnknownForm('pages that do not end');
    }
    if (token !== null) seen.add(token);
  } while (token !== null);
}

/** Which of the three places is nearest. */
function endpointOf(region: string): string {
  if (region.startsWith('eu-')) return 'eu-central-1';
  return region.startsWith('ap-') ? 'ap-south-1' : 'us-east-1';
}

function filtersOf(offer: string, region: string) {
  const wanted = { regionCode: region, ...(offer === 'AmazonEC2' ? PLAIN_LINUX : {}) };
  return Object.entries(wanted).map(([Field, Value]) => ({ Type: 'TERM_MATCH', Field, Value }));
}

function parsed<Schema extends z.ZodType>(text: string, schema: Schema, what: string): z.output<Schema> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) throw new UnknownForm(`not ${what}: not JSON`);
    throw error;
  }
  const { data, error } = schema.safeParse(value);
  if (error === undefined) return data;
  throw new UnknownForm(`not ${what}: ${error.issues[0]?.path.join('.') ?? ''}`);
}
