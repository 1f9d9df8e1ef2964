import { describe, expect, it } from 'vitest';
import { byUsage } from '../../_support/price-lists';
import { read } from '../../_support/read-price-list';

const skus = (offer: string, products: Parameters<typeof read>[1]) =>
  Object.fromEntries(read(offer, products).rows.map(({ service, sku, usd }) => [`${service}/${sku}`, usd]));

describe('hours of instances that services run', () => {
  it('of databases by engine, in one zone and in two', () => {
    const single = { databaseEngine: 'MySQL', deploymentOption: 'Single-AZ' };
    const sqlServer = (databaseEdition: string) => ({
      databaseEngine: 'SQL Server',
      databaseEdition,
      licenseModel: 'License included',
      deploymentOption: 'Single-AZ',
    });
    const products = [
      byUsage('InstanceUsage:db.m5.large', 'Hrs', 0.171, single),
      byUsage('EUC1-InstanceUsage:db.m5.large', 'Hrs', 0.213, { ...single, databaseEngine: 'MariaDB' }),
      byUsage('Multi-AZUsage:db.m5.large', 'Hrs', 0.342, { ...single, deploymentOption: 'Multi-AZ' }),
      // Two readable standbys, engines of which no licence is stated and storage are other products.
      byUsage('Multi-AZClusterUsage:db.m5.large', 'Hrs', 0.5, {
        ...single,
        deploymentOption: 'Multi-AZ (readable standbys)',
      }),
      byUsage('InstanceUsage:db.m5.xlarge', 'Hrs', 2, { ...single, databaseEngine: 'Oracle' }),
      byUsage('InstanceUsage:db.t3.large', 'Hrs', 0.162, sqlServer('Express')),
      byUsage('Multi-AZUsage:db.m5.xlarge', 'Hrs', 2.448, {
        ...sqlServer('Standard'),
        deploymentOption: 'Multi-AZ',
      }),
      byUsage('InstanceUsage:db.m5.xlarge', 'Hrs', 1, {
        ...sqlServer('Standard'),
        licenseModel: 'Bring your own media',
      }),
      byUsage('InstanceUsage:db.t3.large', 'Hrs', 0.136, {
        databaseEngine: 'Oracle',
        databaseEdition: 'Enterprise',
        licenseModel: 'Bring your own license',
        deploymentOption: 'Single-AZ',
      }),
      byUsage('ExtendedSupport:Yr1-Yr2:PostgreSQL12', 'vCPU-Hours', 0.1),
      byUsage('USE2-ExtendedSupport:Yr3:PostgreSQL11', 'vCPU-Hours', 0.2),
      byUsage('ExtendedSupport:Yr1-Yr2:ASv2:AuroraPostgreSQL12', 'ACU-Hr', 0.083),
      byUsage('InstanceUsageIOOptimized:db.r6g.large', 'Hrs', 0.338, {
        ...single,
        databaseEngine: 'Aurora PostgreSQL',
      }),
      byUsage('USE1-RDS:ProxyUsage', 'Hrs', 0.015, { databaseEngine: 'PostgreSQL' }),
      byUsage('InstanceUsage:db.r6g.large', 'Hrs', 0.26, { ...single, databaseEngine: 'Aurora PostgreSQL' }),
    ];
    expect(skus('AmazonRDS', products)).toEqual({
      'rds/MySQL db.m5.large': 0.171,
      'rds/MariaDB db.m5.large': 0.213,
      'rds/MySQL db.m5.large Multi-AZ': 0.342,
      'rds/Aurora db.r6g.large': 0.26,
      'rds/SQL Server Express db.t3.large': 0.162,
      'rds/SQL Server Standard db.m5.xlarge Multi-AZ': 2.448,
      'rds/Oracle Enterprise BYOL db.t3.large': 0.136,
      'rds/Extended support year 1': 0.1,
      'rds/Extended support year 3': 0.2,
      'rds/Aurora db.r6g.large IO-Optimized': 0.338,
      'rds/Proxy': 0.015,
    });
  });

  it('of nodes that keep data in memory', () => {
    expect(
      skus('AmazonElastiCache', [
        byUsage('NodeUsage:cache.r7g.large', 'Hrs', 0.219, { cacheEngine: 'Redis' }),
        byUsage('USW2-NodeUsage:cache.r7g.large', 'Hrs', 0.1752, { cacheEngine: 'Valkey' }),
        byUsage('USE1-ExtendedSupportYr1_Yr2-NodeUsage:cache.r6g.large', 'Hrs', 0.165, {
          cacheEngine: 'Redis',
        }),
      ]),
    ).toEqual({
      'elasticache/Redis cache.r7g.large': 0.219,
      'elasticache/Valkey cache.r7g.large': 0.1752,
      'elasticache/Redis cache.r6g.large extended support year 1': 0.165,
    });
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
