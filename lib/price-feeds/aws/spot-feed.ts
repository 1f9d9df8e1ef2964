import { digestOfText, type PriceRow } from '#lib/catalog/price-documents';
import { askEc2, EC2_ROOT, ec2Head, element, spreadOf } from '#lib/price-feeds/aws/ec2-query';
import { AWS } from '#lib/price-feeds/aws/feed';
import { UnknownForm } from '#lib/price-feeds/document-reader';
import type { FeedAnswer, FeedRequest, PriceFeed } from '#lib/price-feeds/feed';
import { snapshotOf, sourceIdOf } from '#lib/price-feeds/snapshot-of';

const FEED = 'aws-spot';

/** What spare instances cost now, by `DescribeSpotPriceHistory` of EC2: one part for each region. */
export const awsSpot: PriceFeed = {
  id: FEED,
  title: 'AWS spot prices, asked for with credentials',
  defaultRoot: EC2_ROOT,
  parts: (request) =>
    Promise.resolve(
      request.regions
        .filter(AWS.isRegion)
        .map((region) => ({ part: region, refresh: () => askFor(region, request) })),
    ),
};

async function askFor(region: string, request: FeedRequest): Promise<FeedAnswer> {
  const { fetchedAt, catalog } = request;
  const { address, text, items } = await askEc2(
    request,
    { region, action: 'DescribeSpotPriceHistory', set: 'spotPriceHistorySet' },
    queryOf([...catalog.instances.keys()], fetchedAt),
  );
  const source = sourceIdOf({ feed: FEED, part: region });
  const rows = [...newestByZone(items)].map(([type, byZone]): PriceRow => {
    const shape = catalog.instances.get(type);
    return {
      seller: AWS.seller,
      service: 'ec2-spot',
      sku: type,
      region,
      unit: 'instance-hour',
      ...spreadOf([...byZone.values()]),
      term: 'spot',
      asOf: fetchedAt.slice(0, 10),
      source,
      ...(shape?.accelerator == null ? {} : { accelerator: shape.accelerator, acceleratorCount: shape.gpus }),
      note: 'median across zones',
    };
  });
  if (rows.length === 0) return { snapshot: null, notes: [`no spot prices in ${region}`] };
  const head = ec2Head(FEED, region, fetchedAt);
  return snapshotOf(head, rows, { url: address, sha256: digestOfText(text) });
}

/** From now on: EC2 then gives the price that holds in each zone. */
function queryOf(types: readonly string[], now: string): Record<string, string> {
  const named = types.map((type, index) => [`InstanceType.${index + 1}`, type]);
  return {
    StartTime: now,
    EndTime: now,
    'ProductDescription.1': 'Linux/UNIX',
    ...(Object.fromEntries(named) as Record<string, string>),
  };
}

/** The newest price of each type and zone: EC2 lists newest first, and a page may hold older ones. */
function newestByZone(items: readonly string[]): ReadonlyMap<string, ReadonlyMap<string, number>> {
  const zones = new Map<string, Map<string, number>>();
  for (const item of items) {
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
  return zones;
}
