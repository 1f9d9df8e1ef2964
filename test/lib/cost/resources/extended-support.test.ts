import { describe, expect, it } from 'vitest';
import type { ArtifactValue } from '#lib/artifacts/resource';
import { artifactBill } from '#lib/cost/artifacts/artifact-bill';
import { catalogPrices, nodeSizes, resourceOf } from '../../../_support/artifact-bills';

/** Unit price and quantity of the support of a resource on a day. */
function supportOf(resources: readonly ReturnType<typeof resourceOf>[], asOf: string) {
  const { lines } = artifactBill(resources, {
    prices: catalogPrices,
    nodeSizes,
    asOf,
    horizonMonths: 36,
    discountRatePerYear: 0.09,
    region: 'us-east-1',
    usage: new Map(),
  });
  return lines
    .filter(({ item }) => item.key.endsWith('extended-support'))
    .map(({ item }) => [item.quantity, item.unit, item.unitPriceUsd]);
}

const search = (
  properties: Readonly<Record<string, ArtifactValue>>,
  type = 'AWS::OpenSearchService::Domain',
) => [
  resourceOf(type, {
    [type === 'AWS::Elasticsearch::Domain' ? 'ElasticsearchClusterConfig' : 'ClusterConfig']: {
      InstanceType: 'm7g.large.search',
      InstanceCount: 1,
    },
    ...properties,
  }),
];
const FLAT = [[4 * 730, 'NIH', 0.0065]];
const DOUBLE = [[730, 'instance-hour', 0.135]];

describe('the support of a domain of OpenSearch Service', () => {
  it.each([
    ['OpenSearch_2.9', '2025-11-07', []],
    ['OpenSearch_2.9', '2025-11-08', FLAT],
    ['OpenSearch_2.9', '2026-11-06', FLAT],
    ['OpenSearch_2.9', '2026-11-07', DOUBLE],
    ['Elasticsearch_5.6', '2026-11-30', FLAT],
    ['Elasticsearch_7.10', '2026-11-30', []],
    ['Elasticsearch_7.10', '2027-11-08', FLAT],
    ['OpenSearch_3.1', '2027-11-08', []],
  ])('%s on %s', (EngineVersion, asOf, expected) => {
    expect(supportOf(search({ EngineVersion }), asOf)).toEqual(expected);
  });

  it('is of version 1.5 where the old kind states none, and of the newest where the new one does', () => {
    expect(supportOf(search({}, 'AWS::Elasticsearch::Domain'), '2026-11-30')).toEqual(DOUBLE);
    expect(supportOf(search({}), '2026-11-30')).toEqual([]);
  });
});

describe('the support of an instance of DocumentDB', () => {
  const cluster = resourceOf(
    'aws_docdb_cluster',
    { cluster_identifier: 'old', engine_version: '3.6.0' },
    'old',
  );
  const instance = {
    ...resourceOf('aws_docdb_cluster_instance', {
      cluster_identifier: 'old',
      instance_class: 'db.t3.medium',
    }),
    references: ['old'],
  };

  it.each([
    ['2026-03-30', []],
    ['2026-03-31', [[2 * 730, 'vCPU-hour', 0.0312]]],
    ['2028-03-30', [[2 * 730, 'vCPU-hour', 0.0312]]],
    ['2028-03-31', [[2 * 730, 'vCPU-hour', 0.0624]]],
  ])('on %s', (asOf, expected) => {
    expect(supportOf([cluster, instance], asOf)).toEqual(expected);
  });
});
