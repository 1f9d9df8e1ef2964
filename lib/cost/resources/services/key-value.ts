import { aws, components, standing, stated, used, type ResourcePricing } from '#lib/cost/resources/component';
import { needed, numberAt, textAt, valueAt } from '#lib/cost/resources/facts';
import { cacheCluster, replicationGroup, serverlessCache } from '#lib/cost/resources/services/caches';
import { byUse, freeOf } from '#lib/cost/resources/services/meters';
import type { ReadResource } from '#lib/artifacts/unresolved';

/** Capacity that a table reserves; CloudFormation nests it, Terraform does not. */
function reserved(resource: ReadResource, name: 'ReadCapacityUnits' | 'WriteCapacityUnits'): number {
  const own = name === 'ReadCapacityUnits' ? 'ReadCapacity' : 'WriteCapacity';
  return numberAt(resource, resource.format === 'terraform' ? own : `ProvisionedThroughput.${name}`) ?? 0;
}

const table: ResourcePricing = {
  types: [
    'AWS::DynamoDB::Table',
    'AWS::DynamoDB::GlobalTable',
    'AWS::Serverless::SimpleTable',
    'aws_dynamodb_table',
  ],
  cost: (resource, context) => {
    const price = (sku: string, unit: string) => aws('dynamodb', sku, unit, context);
    const storage = used('storage', 'table storage', price('Standard storage', 'GB-month'), 'storage');
    const recovery = valueAt(
      resource,
      resource.format === 'terraform' ? 'PointInTimeRecovery' : 'PointInTimeRecoverySpecification',
    );
    const backups =
      recovery === undefined
        ? null
        : used('recovery', 'point-in-time recovery', price('Point-in-time recovery', 'GB-month'), 'storage');
    const [reads, writes] = [
      reserved(resource, 'ReadCapacityUnits'),
      reserved(resource, 'WriteCapacityUnits'),
    ];
    if (textAt(resource, 'BillingMode') !== 'PAY_PER_REQUEST' && reads + writes > 0) {
      return components(
        storage,
        standing(
          'reads',
          'read capacity units',
          price('Provisioned reads', 'RCU-hour'),
          'storage',
          context,
          reads,
        ),
        standing(
          'writes',
          'write capacity units',
          price('Provisioned writes', 'WCU-hour'),
          'storage',
          context,
          writes,
        ),
        backups,
      );
    }
    return components(
      storage,
      used('reads', 'read request units', price('On-demand reads', '1M requests'), 'storage'),
      used('writes', 'write request units', price('On-demand writes', '1M requests'), 'storage'),
      backups,
    );
  },
};

const memoryDb: ResourcePricing = {
  types: ['AWS::MemoryDB::Cluster', 'aws_memorydb_cluster'],
  cost: (resource, context) => {
    const type = needed(textAt(resource, 'NodeType'), 'NodeType');
    const shards = numberAt(resource, 'NumShards') ?? 1;
    const count = shards * (1 + (numberAt(resource, 'NumReplicasPerShard') ?? 1));
    const isValkey = textAt(resource, 'Engine')?.toLowerCase() === 'valkey';
    const price = aws('memorydb', isValkey ? `Valkey ${type}` : type, 'instance-hour', context);
    const written = aws('memorydb', isValkey ? 'Valkey data written' : 'Data written', 'GB', context);
    return components(
      standing('nodes', `${type}, on-demand`, price, 'storage', context, count),
      used('writes', 'data written', written, 'storage'),
    );
  },
};

const keyspaces = byUse(['AWS::Cassandra::Table', 'aws_keyspaces_table'], 'keyspaces', 'storage', [
  ['storage', 'table storage', 'Storage', 'GB-month'],
  ['reads', 'read request units', 'On-demand reads', '1M requests'],
  ['writes', 'write request units', 'On-demand writes', '1M requests'],
]);
const timestream = byUse(['AWS::Timestream::Table', 'aws_timestreamwrite_table'], 'timestream', 'storage', [
  ['writes', 'writes', 'Writes', '1M requests'],
  ['storage', 'memory store', 'Memory storage', 'GB-hour'],
]);
const influx: ResourcePricing = {
  types: ['AWS::Timestream::InfluxDBInstance', 'aws_timestreaminfluxdb_db_instance'],
  cost: (resource, context) => {
    const type = needed(textAt(resource, 'DbInstanceType'), 'DbInstanceType');
    const gib = numberAt(resource, 'AllocatedStorage') ?? 0;
    const price = aws('timestream', type, 'instance-hour', context);
    const disk = aws('timestream', 'InfluxDB storage', 'GB-month', context);
    return components(
      standing('instance', `${type}, on-demand`, price, 'storage', context),
      gib > 0 ? stated('storage', 'InfluxDB storage', disk, 'storage', gib) : null,
    );
  },
};

const definitions = freeOf('part of a table or a cache, whose capacity and storage are billed', [
  'AWS::Cassandra::Keyspace',
  'AWS::ElastiCache::GlobalReplicationGroup',
  'AWS::ElastiCache::ParameterGroup',
  'AWS::ElastiCache::SubnetGroup',
  'AWS::ElastiCache::User',
  'AWS::ElastiCache::UserGroup',
  'AWS::MemoryDB::ACL',
  'AWS::MemoryDB::ParameterGroup',
  'AWS::MemoryDB::SubnetGroup',
  'AWS::MemoryDB::User',
  'AWS::Timestream::Database',
  'aws_dynamodb_contributor_insights',
  'aws_dynamodb_resource_policy',
  'aws_dynamodb_table_item',
  'aws_elasticache_global_replication_group',
  'aws_elasticache_parameter_group',
  'aws_elasticache_subnet_group',
  'aws_elasticache_user',
  'aws_elasticache_user_group',
  'aws_keyspaces_keyspace',
  'aws_memorydb_acl',
  'aws_memorydb_parameter_group',
  'aws_memorydb_subnet_group',
  'aws_memorydb_user',
  'aws_timestreamwrite_database',
]);

export const keyValue: readonly ResourcePricing[] = [
  table,
  replicationGroup,
  cacheCluster,
  serverlessCache,
  memoryDb,
  keyspaces,
  timestream,
  influx,
  definitions,
];
