import { isChinese } from '#lib/catalog/aws-sellers';
import { priceListUrl, readRootIndex, type RootIndex } from '#lib/price-feeds/aws/index-documents';
import { modelNames } from '#lib/price-feeds/aws/bedrock-offers';
import { OFFERS } from '#lib/price-feeds/aws/offers';
import { priceListReader } from '#lib/price-feeds/aws/price-list';
import { UnknownForm } from '#lib/price-feeds/document-reader';
import type { FeedAnswer, FeedRequest, PriceFeed } from '#lib/price-feeds/feed';
import { snapshotOf, sourceIdOf } from '#lib/price-feeds/snapshot-of';

/** A part of AWS with price lists of its own. */
export interface Partition {
  readonly feed: string;
  readonly title: string;
  readonly root: string;
  /** Its name in the addresses. */
  readonly partition: string;
  readonly seller: string;
  readonly publisher: string;
  readonly currency: string;
  readonly isRegion: (region: string) => boolean;
}

export const AWS: Partition = {
  feed: 'aws',
  title: 'AWS price lists, no credentials',
  root: 'https://pricing.us-east-1.amazonaws.com',
  partition: 'aws',
  seller: 'aws',
  publisher: 'Amazon Web Services',
  currency: 'USD',
  isRegion: (region) => !isChinese(region),
};

/** Run by other companies, with prices in CNY. */
export const AWS_CHINA: Partition = {
  feed: 'aws-cn',
  title: 'AWS price lists of the regions in China, in CNY',
  root: 'https://pricing.cn-north-1.amazonaws.com.cn',
  partition: 'cn',
  seller: 'aws-cn',
  publisher: 'Amazon Web Services in China',
  currency: 'CNY',
  isRegion: isChinese,
};

/** The bulk price lists of one partition: one part for each offer and region. */
export function priceListFeed(partition: Partition): PriceFeed {
  return {
    id: partition.feed,
    title: partition.title,
    defaultRoot: partition.root,
    parts: async (request) => {
      const regions = request.regions.filter(partition.isRegion);
      if (regions.length === 0) return [];
      const root = request.root ?? partition.root;
      const index = await readRootIndex(request.read, root, partition.partition);
      return Object.keys(OFFERS).flatMap((offer) =>
        regions.map((region) => ({
          part: `${offer}/${region}`,
          refresh: () => refreshOffer(partition, root, index, offer, region, request),
        })),
      );
    },
  };
}

async function refreshOffer(
  { feed, seller, publisher, currency }: Partition,
  root: string,
  index: RootIndex,
  offer: string,
  region: string,
  { read, catalog, fetchedAt, exchangeRates }: FeedRequest,
): Promise<FeedAnswer> {
  const url = await priceListUrl(read, root, index, offer, region);
  if (url === null) return { snapshot: null, notes: [`${offer} is not sold in ${region}`] };
  const part = `${offer}/${region}`;
  const rate = exchangeRates.get(currency);
  if (rate === undefined && currency !== 'USD') throw new UnknownForm(`no exchange rate of ${currency}`);
  const { value, facts } = await read(url, () =>
    priceListReader({
      offer,
      rules: OFFERS[offer] ?? [],
      seller,
      region,
      currency,
      perUsd: rate?.perUsd ?? 1,
      asOf: fetchedAt.slice(0, 10),
      source: sourceIdOf({ feed, part }),
      instances: catalog.instances,
      models: modelNames(catalog.managedModels),
      known: catalog.prices(),
    }),
  );
  if (value.rows.length === 0) throw new UnknownForm('no price that is known here');
  const { publicationDate } = value;
  const head = { feed, part, publisher, method: 'price-api', confidence: 'primary', currency } as const;
  const { snapshot, notes } = snapshotOf({ ...head, fetchedAt, publicationDate }, value.rows, facts);
  const converted =
    rate === undefined ? [] : [`${currency} at ${rate.perUsd} to the USD, the rate of ${rate.asOf}`];
  return { snapshot, notes: [...converted, ...value.notes, ...notes] };
}
