import {
  aws,
  components,
  free,
  standing,
  stated,
  used,
  type Component,
  type PricingContext,
  type ResourceCost,
  type ResourcePricing,
} from '#lib/cost/resources/component';
import { needed, numberAt, resourceAt, textAt, valueAt } from '#lib/cost/resources/facts';
import type { ReadResource } from '#lib/artifacts/unresolved';

type Engine = 'Valkey' | 'Redis' | 'Memcached';

function engineOf(resource: ReadResource): Engine {
  const engine = (textAt(resource, 'Engine') ?? 'redis').toLowerCase();
  return engine === 'valkey' ? 'Valkey' : engine === 'memcached' ? 'Memcached' : 'Redis';
}

/**
 * The last day of standard support of a major version of Redis OSS, and the first of the third year after it. Source:
 * the release calendar of the Amazon ElastiCache user guide, as it stood in August 2026.
 */
const REDIS_LIFECYCLES: Readonly<Record<string, { readonly ends: string; readonly thirdYearFrom: string }>> =
  {
    4: { ends: '2026-01-31', thirdYearFrom: '2028-02-01' },
    5: { ends: '2026-01-31', thirdYearFrom: '2028-02-01' },
    6: { ends: '2027-01-31', thirdYearFrom: '2029-02-01' },
  };

/** What nodes of a version past its standard support cost beside themselves. */
function extendedSupport(
  resource: ReadResource,
  type: string,
  count: number,
  context: PricingContext,
): Component | null {
  const major = /^\d+/.exec(textAt(resource, 'EngineVersion') ?? '')?.[0] ?? '';
  const lifecycle = engineOf(resource) === 'Redis' ? REDIS_LIFECYCLES[major] : undefined;
  if (lifecycle === undefined || context.asOf <= lifecycle.ends) return null;
  const year = context.asOf >= lifecycle.thirdYearFrom ? 3 : 1;
  const price = aws('elasticache', `Redis ${type} extended support year ${year}`, 'instance-hour', context);
  const label = 'ElastiCache Extended Support';
  const line = standing('extended-support', label, price, 'storage', context, count);
  return { ...line, basis: `${line.basis}; standard support of ${major} ended on ${lifecycle.ends}` };
}

function nodes(
  resource: ReadResource,
  like: ReadResource,
  count: number,
  context: PricingContext,
): ResourceCost {
  const path = resource.format === 'terraform' ? 'NodeType' : 'CacheNodeType';
  const type = needed(textAt(resource, path) ?? textAt(like, path), path);
  const sku = `${engineOf(like)} ${type}`;
  const price = aws('elasticache', sku, 'instance-hour', context);
  return components(
    standing('nodes', `${sku}, on-demand`, price, 'storage', context, count),
    extendedSupport(like, type, count, context),
  );
}

const GLOBAL_GROUPS = { terraform: 'GlobalReplicationGroupId', other: 'PrimaryReplicationGroupId' } as const;

/** The group whose nodes a secondary group of a global datastore has the like of; the group itself where it is none. */
function modelOf(resource: ReadResource, context: PricingContext): ReadResource {
  const store = resourceAt(resource, GLOBAL_GROUPS.terraform, context);
  if (store === undefined) return resource;
  return resourceAt(store, GLOBAL_GROUPS.other, context) ?? resource;
}

export const replicationGroup: ResourcePricing = {
  types: ['AWS::ElastiCache::ReplicationGroup', 'aws_elasticache_replication_group'],
  cost: (resource, context) => {
    const model = modelOf(resource, context);
    const groups = numberAt(resource, 'NumNodeGroups') ?? numberAt(model, 'NumNodeGroups') ?? 1;
    const replicas = numberAt(resource, 'ReplicasPerNodeGroup');
    const clusters = numberAt(resource, 'NumCacheClusters') ?? 1;
    const count = replicas === undefined ? Math.max(groups, clusters) : groups * (1 + replicas);
    return nodes(resource, model, count, context);
  },
};

export const cacheCluster: ResourcePricing = {
  types: ['AWS::ElastiCache::CacheCluster', 'aws_elasticache_cluster'],
  cost: (resource, context) => {
    if (valueAt(resource, 'ReplicationGroupId') !== undefined && resource.format === 'terraform') {
      const group = resourceAt(resource, 'ReplicationGroupId', context);
      if (group !== undefined) return free('a member of its replication group, which is billed');
    }
    return nodes(resource, resource, numberAt(resource, 'NumCacheNodes') ?? 1, context);
  },
};

/** GB that a serverless cache is billed for at least (ElastiCache pricing, "Serverless"). */
const LEAST_GB: Readonly<Record<Engine, number>> = { Valkey: 0.1, Redis: 1, Memcached: 1 };

export const serverlessCache: ResourcePricing = {
  types: ['AWS::ElastiCache::ServerlessCache', 'aws_elasticache_serverless_cache'],
  cost: (resource, context) => {
    const engine = engineOf(resource);
    const price = (sku: string, unit: string) =>
      aws('elasticache', `${engine} serverless ${sku}`, unit, context);
    const isTerraform = resource.format === 'terraform';
    const units = isTerraform ? 'EcpuPerSecond' : 'ECPUPerSecond';
    const data = price('data', 'GB-hour');
    const leastGb = Math.max(
      LEAST_GB[engine],
      numberAt(resource, 'CacheUsageLimits.DataStorage.Minimum') ?? 0,
    );
    const leastUnits = numberAt(resource, `CacheUsageLimits.${units}.Minimum`) ?? 0;
    return components(
      {
        ...stated(
          'storage-floor',
          'data kept, the least',
          data,
          'storage',
          leastGb * context.hours,
          `${leastGb} GB × ${context.hours} h; what is kept decides what is used beyond`,
        ),
        isFloor: true,
      },
      used('storage', 'data kept beyond it', data, 'storage'),
      leastUnits > 0
        ? {
            ...stated(
              'units-floor',
              'processing units, the least',
              price('ECPU', '1M requests'),
              'storage',
              (leastUnits * 3600 * context.hours) / 1e6,
              `${leastUnits} a second × ${context.hours} h; the load decides what is used beyond`,
            ),
            isFloor: true,
          }
        : null,
      used('units', 'processing units', price('ECPU', '1M requests'), 'storage'),
    );
  },
};
