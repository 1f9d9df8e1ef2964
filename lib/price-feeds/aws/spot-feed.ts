import { digestOfText, type PriceRow } from '#lib/catalog/price-documents';
import { AWS } from '#lib/price-feeds/aws/feed';
import { UnknownForm } from '#lib/price-feeds/document-reader';
import type { FeedAnswer, FeedRequest, PriceFeed } from '#lib/price-feeds/feed';
import { snapshotOf, sourceIdOf } from '#lib/price-feeds/snapshot-of';

const FEED = 'aws-spot';
const VERSION = '2016-11-15';
const PAGE = '1000';
const MAXIMUM_PAGES = 200;

/** What spare instances cost now, by `DescribeSpotPriceHistory` of EC2: one part for each region. */
export const awsSpot: PriceFeed = {
  id: FEED,
  title: 'AWS spot prices, asked for with credentials',
  defaultRoot: 'https://ec2.us-east-1.amazonaws.com',
  parts: (request) =>
    Promise.resolve(
      request.regions
        .filter(AWS.isRegion)
        .map((region) => ({ part: region, refresh: () => askFor(region, request) })),
    ),
};

async function askFor(
  region: string,
  { callAws, root, fetchedAt, catalog }: FeedRequest,
): Promise<FeedAnswer> {
  if (callAws === undefined) throw new UnknownForm('no credentials of AWS to ask with');
  const address = root ?? `https://ec2.${region}.amazonaws.com`;
  const zones = new Map<string, Map<string, number>>();
  const pages: string[] = [];
  for (let token = ''; ;) {
    const text = await callAws({
      service: 'ec2',
      region,
      root: address,
      headers: { 'content-type': 'application/x-www-form-urlencoded; charset=utf-8' },
      body: queryOf([...catalog.instances.keys()], fetchedAt, token),
    });
    pages.push(text);
    if (!/<DescribeSpotPriceHistoryResponse[\s>][^]*<\/DescribeSpotPriceHistoryResponse>\s*$/.test(text)) {
      throw new UnknownForm('not an answer of DescribeSpotPriceHistory');
    }
    readPage(text, zones);
    const next = element(text.replace(/<spotPriceHistorySet>[^]*<\/spotPriceHistorySet>/, ''), 'nextToken');
    if (next === null || next === '') break;
    if (next === token || pages.length >= MAXIMUM_PAGES) throw new UnknownForm('pages that do not end');
    token = next;
  }
  const part = region;
  const source = sourceIdOf({ feed: FEED, part });
  const rows = [...zones].map(([type, byZone]): PriceRow => {
    const prices = [...byZone.values()].toSorted((a, b) => a - b);
    const shape = catalog.instances.get(type);
    return {
      seller: AWS.seller,
      service: 'ec2-spot',
      sku: type,
      region,
      unit: 'instance-hour',
      usd: median(prices),
      lowUsd: prices[0] ?? Number.NaN,
      highUsd: prices.at(-1) ?? Number.NaN,
      term: 'spot',
      asOf: fetchedAt.slice(0, 10),
      source,
      ...(shape?.accelerator == null ? {} : { accelerator: shape.accelerator, acceleratorCount: shape.gpus }),
      note: 'median across zones',
    };
  });
  if (rows.length === 0) return { snapshot: null, notes: [`no spot prices in ${region}`] };
  const head = {
    feed: FEED,
    part,
    publisher: AWS.publisher,
    method: 'price-api',
    confidence: 'primary',
    currency: 'USD',
    fetchedAt,
    publicationDate: null,
    live: true,
  } as const;
  return snapshotOf(head, rows, { url: address, sha256: digestOfText(pages.join('')) });
}

/** From now on: EC2 then gives the price that holds in each zone. */
function queryOf(types: readonly string[], now: string, token: string): string {
  const query = new URLSearchParams({
    Action: 'DescribeSpotPriceHistory',
    Version: VERSION,
    StartTime: now,
    EndTime: now,
    MaxResults: PAGE,
    'ProductDescription.1': 'Linux/UNIX',
  });
  for (const [index, type] of types.entries()) query.set(`InstanceType.${index + 1}`, type);
  if (token !== '') query.set('NextToken', token);
  return query.toString();
}

/** The newest price of each type and zone: EC2 lists newest first, and a page may hold older ones. */
function readPage(text: string, zones: Map<string, Map<string, number>>): void {
  for (const [, item = ''] of text.matchAll(/<item>([^]*?)<\/item>/g)) {
    const [type, zone, price] = ['instanceType', 'availabilityZone', 'spotPrice'].map((name) =>
      element(item, name),
    );
    const usd = Number(price ?? Number.NaN);
    if (type == null || zone == null || !Number.isFinite(usd) || usd < 0) {
      throw new UnknownForm(`a spot price of ${price ?? 'nothing'}`);
    }
    const byZone = zones.get(type) ?? new Map<string, number>();
    zones.set(type, byZone);
    if (!byZone.has(zone)) byZone.set(zone, usd);
  }
}

function element(xml: string, name: string): string | null {
  const [, text] = new RegExp(`<${name}>([^<]*)</${name}>`).exec(xml) ?? [];
  return text ?? null;
}

function median(sorted: readonly number[]): number {
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? Number.NaN;
  const both = sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2;
  return Number(both.toPrecision(12));
}
