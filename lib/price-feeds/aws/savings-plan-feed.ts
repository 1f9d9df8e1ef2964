import { AWS } from '#lib/price-feeds/aws/feed';
import { readRootIndex, savingsPlanUrl, type RootIndex } from '#lib/price-feeds/aws/index-documents';
import {
  COMPUTE_PLANS,
  SAGEMAKER_PLANS,
  savingsPlansReader,
  type PlanKind,
} from '#lib/price-feeds/aws/savings-plans';
import { UnknownForm } from '#lib/price-feeds/document-reader';
import type { FeedAnswer, FeedRequest, PriceFeed } from '#lib/price-feeds/feed';
import { snapshotOf, sourceIdOf } from '#lib/price-feeds/snapshot-of';

const FEED = 'aws-savings-plans';

/** Savings plans of AWS, as shares of the on-demand prices: one part for each kind and region. */
export const awsSavingsPlans: PriceFeed = {
  id: FEED,
  title: 'AWS savings plans, as shares of the on-demand prices',
  defaultRoot: AWS.root,
  parts: async (request) => {
    const regions = request.regions.filter(AWS.isRegion);
    if (regions.length === 0) return [];
    const root = request.root ?? AWS.root;
    const index = await readRootIndex(request.read, root, AWS.partition);
    return [COMPUTE_PLANS, SAGEMAKER_PLANS].flatMap((kind) =>
      regions.map((region) => ({
        part: `${kind.id}/${region}`,
        refresh: () => refreshPlans(kind, root, index, region, request),
      })),
    );
  },
};

async function refreshPlans(
  kind: PlanKind,
  root: string,
  index: RootIndex,
  region: string,
  { read, prices, fetchedAt }: FeedRequest,
): Promise<FeedAnswer> {
  const url = await savingsPlanUrl(read, root, index, kind.offer, region);
  if (url === null) return { snapshot: null, notes: [`no ${kind.title} in ${region}`] };
  const part = `${kind.id}/${region}`;
  const source = sourceIdOf({ feed: FEED, part });
  const known = prices();
  const { value, facts } = await read(url, () =>
    savingsPlansReader({
      kind,
      seller: AWS.seller,
      region,
      asOf: fetchedAt.slice(0, 10),
      source,
      prices: known,
    }),
  );
  if (value.rows.length === 0) throw new UnknownForm('no rate of a type whose on-demand price is known');
  const { publicationDate } = value;
  const head = {
    feed: FEED,
    part,
    publisher: AWS.publisher,
    method: 'price-api',
    confidence: 'primary',
    currency: 'USD',
    fetchedAt,
    publicationDate,
  } as const;
  const { snapshot, notes } = snapshotOf(head, value.rows, facts);
  return { snapshot, notes: [...value.notes, ...notes] };
}
