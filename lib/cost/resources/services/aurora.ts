import {
  aws,
  components,
  standing,
  stated,
  used,
  type Component,
  type PricingContext,
  type ResourceCost,
  type ResourcePricing,
} from '#lib/cost/resources/component';
import { numberAt, resourceAt, textAt, valueAt } from '#lib/cost/resources/facts';
import { databaseName } from '#lib/cost/resources/services/database-names';
import { keptSecret } from '#lib/cost/resources/services/kept-secret';
import {
  supportOfCapacity,
  supportOfInstances,
  type SupportedDatabase,
} from '#lib/cost/resources/services/database-support';
import type { ReadResource } from '#lib/artifacts/unresolved';

const CLUSTER_INSTANCES = ['AWS::RDS::DBInstance', 'aws_rds_cluster_instance'] as const;
export const SERVERLESS = 'db.serverless';

/** Serverless instances that a cluster has; one at least, since it would be none without. */
function serverlessInstances(cluster: ReadResource, context: PricingContext): number {
  const own = context.ofTypes(CLUSTER_INSTANCES).filter((instance) => {
    const isTerraform = instance.format === 'terraform';
    if (valueAt(instance, isTerraform ? 'InstanceClass' : 'DBInstanceClass') !== SERVERLESS) return false;
    return clusterOfInstance(instance, context)?.address === cluster.address;
  });
  return Math.max(1, own.length);
}

/** The cluster of Aurora that an instance belongs to. */
export function clusterOfInstance(instance: ReadResource, context: PricingContext): ReadResource | undefined {
  const path = instance.format === 'terraform' ? 'ClusterIdentifier' : 'DBClusterIdentifier';
  return resourceAt(instance, path, context);
}

/** Whether a cluster pays for its requests by higher prices of instances and storage. */
export function isFlatRate(cluster: ReadResource): boolean {
  return textAt(cluster, 'StorageType') === 'aurora-iopt1';
}

/** What decides the support of a cluster and of its instances. */
export function supportOf(cluster: ReadResource): SupportedDatabase {
  return {
    engine: textAt(cluster, 'Engine') ?? '',
    version: textAt(cluster, 'EngineVersion'),
    lifecycleSupport: textAt(cluster, 'EngineLifecycleSupport'),
  };
}

export const auroraCluster: ResourcePricing = {
  types: ['AWS::RDS::DBCluster', 'aws_rds_cluster'],
  cost: (resource, context) => {
    const isTerraform = resource.format === 'terraform';
    const type = textAt(resource, isTerraform ? 'DbClusterInstanceClass' : 'DBClusterInstanceClass');
    // A cluster of Aurora has the classes of its instances, whatever stands here.
    const isAurora = (textAt(resource, 'Engine') ?? '').startsWith('aurora');
    if (type !== undefined && !isAurora) return multiZoneCluster(resource, type, context);
    const price = (sku: string, unit: string) => aws('rds', sku, unit, context);
    const isFlat = isFlatRate(resource);
    return components(
      ...serverlessCapacity(resource, context),
      firstServerless(resource, context),
      used(
        'storage',
        'Aurora storage',
        price(isFlat ? 'Aurora IO-Optimized storage' : 'Aurora storage', 'GB-month'),
        'retrieval',
      ),
      keptSecret(resource, context),
      isFlat ? null : used('io', 'Aurora requests', price('Aurora IO', '1M requests'), 'retrieval'),
    );
  },
};

function serverlessCapacity(resource: ReadResource, context: PricingContext): readonly (Component | null)[] {
  const isTerraform = resource.format === 'terraform';
  const block = isTerraform ? 'Serverlessv2ScalingConfiguration' : 'ServerlessV2ScalingConfiguration';
  const least = numberAt(resource, `${block}.MinCapacity`);
  if (least === undefined) return [];
  const most = numberAt(resource, `${block}.MaxCapacity`);
  const count = serverlessInstances(resource, context);
  const upTo = most === undefined ? '' : `, up to ${most} ACU each`;
  const sku = `Aurora Serverless v2${isFlatRate(resource) ? ' IO-Optimized' : ''}`;
  const acuHours = count * least * context.hours;
  return [
    {
      ...stated(
        'acu-floor',
        `Aurora Serverless v2 capacity, the least of ${count === 1 ? 'one instance' : `${count} instances`}`,
        aws('rds', sku, 'ACU-hour', context),
        'retrieval',
        acuHours,
        `${count === 1 ? '' : `${count} × `}${least} ACU × ${context.hours} h; the load decides what is used beyond${upTo}`,
      ),
      isFloor: true,
    },
    supportOfCapacity(supportOf(resource), acuHours, context),
  ];
}

/** Capacity of the first version, whose clusters have no instances. */
function firstServerless(resource: ReadResource, context: PricingContext): Component | null {
  if (textAt(resource, 'EngineMode') !== 'serverless') return null;
  const least = numberAt(resource, 'ScalingConfiguration.MinCapacity') ?? 1;
  const price = aws('rds', 'Aurora Serverless v1', 'ACU-hour', context);
  const quantity = least * context.hours;
  const basis = `${least} ACU × ${context.hours} h; the load decides what is used beyond, or pauses it`;
  return {
    ...stated('acu-floor', 'Aurora Serverless v1 capacity', price, 'retrieval', quantity, basis),
    isFloor: true,
  };
}

/** Not Aurora: a writer and two readable standbys, which the price list sells as one. */
function multiZoneCluster(resource: ReadResource, type: string, context: PricingContext): ResourceCost {
  const name = databaseName(textAt(resource, 'Engine') ?? '', undefined);
  const sku = `${name} ${type} Multi-AZ cluster`;
  const disk = textAt(resource, 'StorageType') ?? 'io1';
  const gib = numberAt(resource, 'AllocatedStorage') ?? 0;
  const iops = numberAt(resource, 'Iops') ?? 0;
  const price = (of: string, unit: string) => aws('rds', of, unit, context);
  const storage = `${disk} storage Multi-AZ cluster`;
  return components(
    standing('instance', sku, price(sku, 'instance-hour'), 'storage', context),
    supportOfInstances(supportOf(resource), type, 3, context),
    keptSecret(resource, context),
    stated('storage', `database ${storage}`, price(storage, 'GB-month'), 'storage', gib, `${gib} GB`),
    iops > 0
      ? stated('iops', 'database IOPS', price(`${disk} IOPS Multi-AZ cluster`, 'IOPS-month'), 'storage', iops)
      : null,
  );
}
