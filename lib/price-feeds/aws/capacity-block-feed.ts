import { digestOfText, type PriceRow } from '#lib/catalog/price-documents';
import { askEc2, EC2_ROOT, ec2Head, element, spreadOf } from '#lib/price-feeds/aws/ec2-query';
import { AWS } from '#lib/price-feeds/aws/feed';
import { UnknownForm } from '#lib/price-feeds/document-reader';
import type { FeedAnswer, FeedPart, FeedRequest, PriceFeed } from '#lib/price-feeds/feed';
import { snapshotOf, sourceIdOf } from '#lib/price-feeds/snapshot-of';

const FEED = 'aws-capacity-blocks';
const SERVICE = 'ec2-capacity-block';
/** Of the block that is asked for: the shortest that is sold. */
const HOURS = 24;
const MINUTES_PER_HOUR = 60;

/**
 * What a block of instances costs for a day, by `DescribeCapacityBlockOfferings` of EC2: one part for each region and
 * type, since each is asked for by itself. It names what can be had now; a type without an offer keeps its last price.
 */
export const awsCapacityBlocks: PriceFeed = {
  id: FEED,
  title: 'AWS capacity blocks, asked for with credentials',
  defaultRoot: EC2_ROOT,
  parts: (request) =>
    Promise.resolve(request.regions.filter(AWS.isRegion).flatMap((region) => partsOf(region, request))),
};

/** The types that are known to be sold as blocks in a region. */
function partsOf(region: string, request: FeedRequest): FeedPart[] {
  const known = request.prices().filter((price) => price.service === SERVICE && price.region === region);
  const types = [...new Set(known.map(({ sku }) => sku))].toSorted();
  return types.map((type) => ({ part: `${region}/${type}`, refresh: () => askFor(region, type, request) }));
}

async function askFor(region: string, type: string, request: FeedRequest): Promise<FeedAnswer> {
  const { fetchedAt, catalog } = request;
  const { address, text, items } = await askEc2(
    request,
    { region, action: 'DescribeCapacityBlockOfferings', set: 'capacityBlockOfferingSet' },
    { InstanceType: type, InstanceCount: '1', CapacityDurationHours: String(HOURS) },
  );
  const hourly = items.map((item) => usdPerInstanceHour(item, type));
  if (hourly.length === 0)
    return { snapshot: null, notes: [`no block of ${type} for a day can be had in ${region}`] };
  const part = `${region}/${type}`;
  const shape = catalog.instances.get(type);
  const row: PriceRow = {
    seller: AWS.seller,
    service: SERVICE,
    sku: type,
    region,
    unit: 'instance-hour',
    ...spreadOf(hourly),
    term: 'capacity-block',
    asOf: fetchedAt.slice(0, 10),
    source: sourceIdOf({ feed: FEED, part }),
    ...(shape?.accelerator == null ? {} : { accelerator: shape.accelerator, acceleratorCount: shape.gpus }),
    note: 'median of the blocks offered for one instance and a day',
  };
  const head = ec2Head(FEED, part, fetchedAt);
  return { ...snapshotOf(head, [row], { url: address, sha256: digestOfText(text) }), isPartial: true };
}

/** The fee of a block over its instances and its hours; blocks end at 11:30 UTC, so that some begin with a part of one. */
function usdPerInstanceHour(item: string, type: string): number {
  const figure = (name: string) => Number(element(item, name) ?? Number.NaN);
  const minutes = element(item, 'capacityBlockDurationMinutes') ?? '0';
  const hours = figure('capacityBlockDurationHours') + Number(minutes) / MINUTES_PER_HOUR;
  const usd = figure('upfrontFee') / (figure('instanceCount') * hours);
  const currency = element(item, 'currencyCode');
  if (element(item, 'instanceType') !== type || currency !== 'USD' || !Number.isFinite(usd) || usd <= 0) {
    throw new UnknownForm(
      `a block of ${type} for ${element(item, 'upfrontFee') ?? 'nothing'} ${currency ?? ''}`.trim(),
    );
  }
  return Number(usd.toPrecision(12));
}
