import { describe, expect, it } from 'vitest';
import { cents, linesOf } from '../_support/terraform-lines';

/**
 * Configurations as public modules of Terraform make them (databases, search, caches), on 2026-11-23 in us-east-1. Each
 * line is the list price by hand; `null` is a line whose price nobody has found.
 */
const HOURS = 730;

const disk = { allocated_storage: 20 };
const GP2 = 2.3;

describe('databases', () => {
  it('are sold by engine, edition and licence', () => {
    const instance = (engine: string, instance_class: string, more = {}) => ({
      engine,
      instance_class,
      ...disk,
      ...more,
    });
    const billed = linesOf({
      aws_db_instance: {
        express: instance('sqlserver-ex', 'db.t3.large', { license_model: 'license-included' }),
        web: instance('sqlserver-web', 'db.t3.large'),
        standard: instance('sqlserver-se', 'db.m5.xlarge'),
        enterprise: instance('sqlserver-ee', 'db.m5.xlarge'),
        oracle: instance('oracle-se2-cdb', 'db.t3.large', { license_model: 'license-included' }),
        own: instance('oracle-ee', 'db.t3.large', { license_model: 'bring-your-own-license' }),
        // Its price was not found: the price of Express must not answer.
        other: instance('sqlserver-se', 'db.t3.large'),
      },
    });
    expect(billed).toEqual({
      'aws_db_instance.express.instance': 118.26,
      'aws_db_instance.web.instance': 169.36,
      'aws_db_instance.standard.instance': 893.52,
      'aws_db_instance.enterprise.instance': 1705.28,
      'aws_db_instance.oracle.instance': 219,
      'aws_db_instance.own.instance': 99.28,
      'aws_db_instance.other.instance': null,
      ...Object.fromEntries(
        ['express', 'web', 'standard', 'enterprise', 'oracle', 'own', 'other'].map((name) => [
          `aws_db_instance.${name}.storage`,
          GP2,
        ]),
      ),
    });
  });

  it('past their standard support pay for every vCPU, standby ones too', () => {
    const instance = (engine: string, engine_version: string, more = {}) => ({
      engine,
      engine_version,
      instance_class: 'db.t3.large',
      ...disk,
      ...more,
    });
    const billed = linesOf({
      aws_db_instance: {
        // Since 2026-08-01.
        mysql: instance('mysql', '8.0.39'),
        // Its third year began on 2026-03-01.
        old: instance('mysql', '5.7.44'),
        standby: instance('postgres', '13', { multi_az: true }),
        replica: {
          replicate_source_db: '${aws_db_instance.standby.identifier}',
          instance_class: 'db.t3.large',
        },
        upgraded: instance('mysql', '5.7', {
          engine_lifecycle_support: 'open-source-rds-extended-support-disabled',
        }),
        supported: instance('postgres', '14.7'),
        newest: instance('postgres', '19'),
        maria: instance('mariadb', '10.6'),
      },
    });
    const support = Object.entries(billed).filter(([key]) => key.endsWith('.extended-support'));
    expect(Object.fromEntries(support)).toEqual({
      'aws_db_instance.mysql.extended-support': 2 * HOURS * 0.1,
      'aws_db_instance.old.extended-support': 2 * HOURS * 0.2,
      'aws_db_instance.standby.extended-support': 2 * 2 * HOURS * 0.1,
      'aws_db_instance.replica.extended-support': 2 * HOURS * 0.1,
    });
  });

  it('of Aurora have what their cluster states', () => {
    const billed = linesOf({
      aws_rds_cluster: {
        flat: { engine: 'aurora-postgresql', engine_version: '16.4', storage_type: 'aurora-iopt1' },
        old: { engine: 'aurora-postgresql', engine_version: '11.21' },
        // A class of the cluster makes no Multi-AZ cluster of Aurora.
        serverless: {
          engine: 'aurora-mysql',
          db_cluster_instance_class: 'db.serverless',
          serverlessv2_scaling_configuration: { min_capacity: 2, max_capacity: 10 },
        },
        aging: {
          engine: 'aurora-mysql',
          engine_version: '5.7.mysql_aurora.2.11.2',
          serverlessv2_scaling_configuration: { min_capacity: 1, max_capacity: 2 },
        },
      },
      aws_rds_cluster_instance: {
        flat: { for_each: { one: 'db.r6g.large' }, ...of('flat'), instance_class: '${each.value}' },
        old: { count: 2, ...of('old'), instance_class: 'db.r4.large' },
        serverless: { count: 2, ...of('serverless'), instance_class: 'db.serverless' },
      },
    });
    expect(billed).toEqual({
      'aws_rds_cluster_instance.flat["one"].instance': cents(HOURS * 0.338),
      'aws_rds_cluster_instance.old[0].instance': cents(HOURS * 0.29),
      'aws_rds_cluster_instance.old[1].instance': cents(HOURS * 0.29),
      'aws_rds_cluster_instance.old[0].extended-support': 2 * HOURS * 0.2,
      'aws_rds_cluster_instance.old[1].extended-support': 2 * HOURS * 0.2,
      'aws_rds_cluster.serverless.acu-floor': 2 * 2 * HOURS * 0.12,
      'aws_rds_cluster.aging.acu-floor': HOURS * 0.12,
      'aws_rds_cluster.aging.extended-support': null,
    });
  });

  it('behind a proxy decide what it costs', () => {
    const database = { engine: 'postgres', instance_class: 'db.t4g.xlarge', ...disk };
    const billed = linesOf({
      aws_db_instance: { main: database },
      aws_db_proxy: { main: { name: 'main' }, empty: { name: 'empty' } },
      aws_db_proxy_target: {
        main: {
          db_proxy_name: '${aws_db_proxy.main.name}',
          db_instance_identifier: '${aws_db_instance.main.identifier}',
        },
      },
    });
    expect(billed['aws_db_proxy.main.hours']).toBe(4 * HOURS * 0.015);
    expect(billed).not.toHaveProperty(['aws_db_proxy.empty.hours']);
  });
});

describe('domains of OpenSearch', () => {
  const node = { instance_type: 'r7g.large.search', instance_count: 3 };
  const optional = {
    dedicated_master_type: 'm7g.large.search',
    dedicated_master_count: 3,
    warm_type: 'ultrawarm1.medium.search',
    warm_count: 2,
  };
  const gp3 = { ebs_enabled: true, volume_type: 'gp3', volume_size: 20, iops: 3000, throughput: 125 };

  it('have the nodes that are switched on, coordinators among them', () => {
    const billed = linesOf({
      aws_opensearch_domain: {
        main: {
          cluster_config: {
            ...node,
            ...optional,
            dedicated_master_enabled: true,
            warm_enabled: true,
            node_options: [
              {
                node_type: 'coordinator',
                node_config: { enabled: true, count: 3, type: 'm7g.large.search' },
              },
            ],
          },
          ebs_options: gp3,
        },
        off: {
          cluster_config: { ...node, ...optional, dedicated_master_enabled: false },
          ebs_options: { ...gp3, ebs_enabled: false },
        },
      },
    });
    const priced = Object.entries(billed).filter(([, usd]) => usd !== null);
    expect(Object.fromEntries(priced)).toEqual({
      'aws_opensearch_domain.main.data-nodes': cents(3 * HOURS * 0.178),
      'aws_opensearch_domain.main.master-nodes': cents(3 * HOURS * 0.135),
      'aws_opensearch_domain.main.coordinator-nodes': cents(3 * HOURS * 0.135),
      'aws_opensearch_domain.main.warm-nodes': cents(2 * HOURS * 0.238),
      'aws_opensearch_domain.main.disk': 3 * 20 * 0.122,
      'aws_opensearch_domain.off.data-nodes': cents(3 * HOURS * 0.178),
    });
  });

  it('without a type have that of the default, and pay for IOPS above the included', () => {
    const big = { ...gp3, volume_size: 4000, iops: 16_000, throughput: 500 };
    const billed = linesOf({
      aws_opensearch_domain: {
        bare: { domain_name: 'bare' },
        big: { cluster_config: { ...node, instance_count: 2 }, ebs_options: big },
      },
    });
    expect(billed).toMatchObject({
      'aws_opensearch_domain.bare.data-nodes': null,
      'aws_opensearch_domain.big.disk': 2 * 4000 * 0.122,
      'aws_opensearch_domain.big.disk-iops': null,
    });
  });
});

describe('caches', () => {
  it('without servers are billed for the least that they keep', () => {
    const limits = {
      data_storage: { minimum: 10, maximum: 20, unit: 'GB' },
      ecpu_per_second: { minimum: 5000, maximum: 10_000 },
    };
    const billed = linesOf({
      aws_elasticache_serverless_cache: {
        redis: { engine: 'redis', name: 'redis' },
        valkey: { engine: 'valkey', name: 'valkey' },
        kept: { engine: 'valkey', name: 'kept', cache_usage_limits: limits },
      },
    });
    expect(billed).toEqual({
      'aws_elasticache_serverless_cache.redis.storage-floor': HOURS * 0.125,
      'aws_elasticache_serverless_cache.valkey.storage-floor': cents(0.1 * HOURS * 0.084),
      'aws_elasticache_serverless_cache.kept.storage-floor': 10 * HOURS * 0.084,
      'aws_elasticache_serverless_cache.kept.units-floor': cents(5000 * 3600 * HOURS * 1e-6 * 0.0023),
    });
  });

  it('of an old Redis pay for its support, and a group beside another has nodes like it', () => {
    const billed = linesOf({
      aws_elasticache_cluster: {
        old: { engine: 'redis', engine_version: '5.0.6', node_type: 'cache.r6g.large', num_cache_nodes: 1 },
        six: { engine: 'redis', engine_version: '6.2', node_type: 'cache.r6g.large', num_cache_nodes: 1 },
      },
      aws_elasticache_replication_group: {
        first: { node_type: 'cache.r7g.large', num_node_groups: 2, replicas_per_node_group: 1 },
        second: {
          global_replication_group_id:
            '${aws_elasticache_global_replication_group.both.global_replication_group_id}',
          num_cache_clusters: 2,
        },
      },
      aws_elasticache_global_replication_group: {
        both: { primary_replication_group_id: '${aws_elasticache_replication_group.first.id}' },
      },
    });
    expect(billed).toEqual({
      'aws_elasticache_cluster.old.nodes': cents(HOURS * 0.206),
      'aws_elasticache_cluster.old.extended-support': cents(HOURS * 0.165),
      'aws_elasticache_cluster.six.nodes': cents(HOURS * 0.206),
      'aws_elasticache_replication_group.first.nodes': cents(4 * HOURS * 0.219),
      'aws_elasticache_replication_group.second.nodes': cents(2 * HOURS * 0.219),
    });
  });
});

function of(cluster: string) {
  return { cluster_identifier: `\${aws_rds_cluster.${cluster}.id}` };
}
