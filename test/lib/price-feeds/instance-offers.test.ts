import { describe, expect, it } from 'vitest';
import { byUsage } from '../../_support/price-lists';
import { read } from '../../_support/read-price-list';

const skus = (offer: string, products: Parameters<typeof read>[1]) =>
  Object.fromEntries(read(offer, products).rows.map(({ service, sku, usd }) => [`${service}/${sku}`, usd]));

describe('hours of instances that services run', () => {
  it('of databases by engine, in one zone and in two', () => {
    const single = { databaseEngine: 'MySQL', deploymentOption: 'Single-AZ' };
    const products = [
      byUsage('InstanceUsage:db.m5.large', 'Hrs', 0.171, single),
      byUsage('EUC1-InstanceUsage:db.m5.large', 'Hrs', 0.213, { ...single, databaseEngine: 'MariaDB' }),
      byUsage('Multi-AZUsage:db.m5.large', 'Hrs', 0.342, { ...single, deploymentOption: 'Multi-AZ' }),
      // Two readable standbys, engines under a licence and storage are other products.
      byUsage('Multi-AZClusterUsage:db.m5.large', 'Hrs', 0.5, {
        ...single,
        deploymentOption: 'Multi-AZ (readable standbys)',
      }),
      byUsage('InstanceUsage:db.m5.xlarge', 'Hrs', 2, { ...single, databaseEngine: 'Oracle' }),
      byUsage('InstanceUsage:db.r6g.large', 'Hrs', 0.26, { ...single, databaseEngine: 'Aurora PostgreSQL' }),
    ];
    expect(skus('AmazonRDS', products)).toEqual({
      'rds/MySQL db.m5.large': 0.171,
      'rds/MariaDB db.m5.large': 0.213,
      'rds/MySQL db.m5.large Multi-AZ': 0.342,
      'rds/Aurora db.r6g.large': 0.26,
    });
  });

  it('of nodes that keep data in memory', () => {
    expect(
      skus('AmazonElastiCache', [
        byUsage('NodeUsage:cache.r7g.large', 'Hrs', 0.219, { cacheEngine: 'Redis' }),
        byUsage('USW2-NodeUsage:cache.r7g.large', 'Hrs', 0.1752, { cacheEngine: 'Valkey' }),
      ]),
    ).toEqual({ 'elasticache/Redis cache.r7g.large': 0.219, 'elasticache/Valkey cache.r7g.large': 0.1752 });
    expect(
      skus('AmazonMemoryDB', [
        byUsage('APE1-NodeUsage:db.r6g.xlarge', 'Hrs', 0.812, { engine: 'Redis' }),
        byUsage('APE1-NodeUsage:db.r6g.xlarge', 'Hrs', 0.568, { engine: 'Valkey' }),
      ]),
    ).toEqual({ 'memorydb/db.r6g.xlarge': 0.812, 'memorydb/Valkey db.r6g.xlarge': 0.568 });
  });

  it('of EMR on an instance, and of no other software on it', () => {
    expect(
      skus('ElasticMapReduce', [
        byUsage('BoxUsage:m5.xlarge', 'Hrs', 0.048, { softwareType: 'EMR' }),
        byUsage('BoxUsage:m5.xlarge', 'Hrs', 0.1, { softwareType: 'MapR M5' }),
      ]),
    ).toEqual({ 'emr/m5.xlarge': 0.048 });
  });
});
