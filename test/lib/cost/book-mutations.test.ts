import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ReferenceTo } from '#lib/artifacts/unresolved';
import { priceId, type PriceBook } from '#lib/catalog/prices';
import type { Purchase } from '#lib/catalog/purchase';
import { artifactBill } from '#lib/cost/artifacts/artifact-bill';
import type { Reconciliation } from '#lib/cost/estimate';
import { lineItem } from '#lib/cost/line-item';
import { reconcile } from '#lib/cost/reconcile';
import { catalogPrices, resourceOf } from '../../_support/artifact-bills';

const FINANCE = { horizonMonths: 36, discountRatePerYear: 0.09 };
const HOURS = 730;

/** What both books know: each purchase, and the resource that carries it. */
const ITEMS = [
  ['ec2', 'm6i.xlarge', 'instance-hour', 3 * HOURS],
  ['ebs', 'gp3 storage', 'GB-month', 300],
  ['vpc', 'NAT gateway', 'hour', HOURS],
  ['vpc', 'Interface endpoint', 'endpoint-AZ-hour', 2 * HOURS],
  ['kms', 'Customer managed key', 'key-month', 1],
  ['opensearch', 'r7g.xlarge.search', 'instance-hour', 2 * HOURS],
  // Listed once for everywhere: asked for in a region, answered by another id.
  ['vpc', 'Public IPv4 address', 'hour', HOURS],
] as const;
/** What the plan uses, and the artifacts know the price of. */
const USED = [
  ['s3', 'Standard storage first 50 TB', 'GB-month', 500],
  ['vpc', 'NAT gateway data processed', 'GB', 1000],
] as const;

type Item = readonly [service: string, sku: string, unit: string, quantity: number];

function purchase(kind: 'recurring' | 'usage', [service, sku, unit, quantity]: Item): Purchase {
  const price = { seller: 'aws', service, sku, region: 'us-east-1', term: 'on-demand', unit };
  return {
    kind,
    key: priceId(price),
    label: sku,
    category: 'compute',
    quantityPerMonth: quantity,
    price,
    basis: '',
    resources: ['somewhere'],
  };
}

const PURCHASES = [
  ...ITEMS.map((item) => purchase('recurring', item)),
  ...USED.map((item) => purchase('usage', item)),
];

const RESOURCES = [
  resourceOf('AWS::EC2::EIP', {}, 'address'),
  resourceOf('AWS::EC2::NatGateway', {}, 'nat'),
  resourceOf('AWS::EC2::VPCEndpoint', { VpcEndpointType: 'Interface', SubnetIds: ['a', 'b'] }, 'endpoint'),
  resourceOf('AWS::KMS::Key', {}, 'key'),
  resourceOf('AWS::S3::Bucket', {}, 'bucket'),
  resourceOf(
    'AWS::OpenSearchService::Domain',
    { ClusterConfig: { InstanceType: 'r7g.xlarge.search', InstanceCount: 2 } },
    'domain',
  ),
  resourceOf(
    'AWS::EKS::Nodegroup',
    {
      InstanceTypes: ['m6i.xlarge'],
      ScalingConfig: { DesiredSize: 3 },
      DiskSize: 100,
      ClusterName: new ReferenceTo('cluster', null),
    },
    'nodes',
  ),
];

/** The catalog with one price that somebody got wrong. */
function withPrice(id: string, factor: number): PriceBook {
  return {
    ...catalogPrices,
    price: (asked) => {
      const price = catalogPrices.price(asked);
      if (price.state !== 'priced' || priceId(asked) !== id) return price;
      const { low, base, high } = price.usd;
      return { ...price, usd: { low: low * factor, base: base * factor, high: high * factor } };
    },
  };
}

function reconciled(
  purchases: readonly Purchase[],
  planPrices: PriceBook,
  artifactPrices: PriceBook,
): Reconciliation {
  const lines = purchases.map((each) =>
    lineItem(each, { prices: planPrices, ...FINANCE, growthPerMonth: 0 }),
  );
  const bill = artifactBill(RESOURCES, {
    prices: artifactPrices,
    asOf: '2026-11-23',
    ...FINANCE,
    region: 'us-east-1',
    usage: new Map(),
  });
  return reconcile(purchases, { lines }, bill);
}

const factor = fc.oneof(
  fc.double({ min: 0.1, max: 0.95, noNaN: true }),
  fc.double({ min: 1.05, max: 10, noNaN: true }),
);
const wrongKeys = ({ differences }: Reconciliation) => differences.map(({ key }) => key);

describe('fifty mutations of one book', () => {
  it('none of which is there: the books agree', () => {
    expect(reconciled(PURCHASES, catalogPrices, catalogPrices).differences).toEqual([]);
  });

  it('a quantity: caught, under the price that it stands by', () => {
    fc.assert(
      fc.property(fc.nat(ITEMS.length - 1), factor, (index, wrong) => {
        const purchases = PURCHASES.map((each, at) =>
          at === index && each.kind === 'recurring'
            ? { ...each, quantityPerMonth: each.quantityPerMonth * wrong }
            : each,
        );
        expect(wrongKeys(reconciled(purchases, catalogPrices, catalogPrices))).toEqual([
          PURCHASES[index]?.key,
        ]);
      }),
      { numRuns: 20, seed: 1 },
    );
  });

  it.each(['plan', 'artifacts'])('a price in the book of the %s: caught, and named as a price', (book) => {
    fc.assert(
      fc.property(fc.nat(PURCHASES.length - 1), factor, (index, wrong) => {
        const key = PURCHASES[index]?.key ?? '';
        const mutated = withPrice(key, wrong);
        const result =
          book === 'plan'
            ? reconciled(PURCHASES, mutated, catalogPrices)
            : reconciled(PURCHASES, catalogPrices, mutated);
        expect(wrongKeys(result)).toEqual([key]);
        expect(result.differences[0]?.why).toMatch(
          /^the plan pays [\d.e-]+ USD a unit, the artifacts [\d.e-]+$/,
        );
      }),
      { numRuns: 15, seed: 2 },
    );
  });
});
