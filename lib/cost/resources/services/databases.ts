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
import { freeOf } from '#lib/cost/resources/services/meters';
import { databaseFacts, databaseStorage } from '#lib/cost/resources/services/relational-storage';
import type { ReadResource } from '#lib/artifacts/unresolved';

const INSTANCES = ['AWS::RDS::DBInstance', 'aws_rds_cluster_instance'] as const;
const SERVERLESS = 'db.serverless';

/** Serverless instances that a cluster has; one at least, since it would be none without. */
function serverlessInstances(cluster: ReadResource, context: PricingContext): number {
  const own = context.ofTypes(INSTANCES).filter((instance) => {
    const isTerraform = instance.format === 'terraform';
    const of = isTerraform ? 'ClusterIdentifier' : 'DBClusterIdentifier';
    if (valueAt(instance, isTerraform ? 'InstanceClass' : 'DBInstanceClass') !== SERVERLESS) return false;
    return resourceAt(instance, of, context)?.address === cluster.address;
  });
  return Math.max(1, own.length);
}

const auroraCluster: ResourcePricing = {
  types: ['AWS::RDS::DBCluster', 'aws_rds_cluster'],
  cost: (resource, context) => {
    const isTerraform = resource.format === 'terraform';
    const type = textAt(resource, isTerraform ? 'DbClusterInstanceClass' : 'DBClusterInstanceClass');
    if (type !== undefined) return multiZoneCluster(resource, type, context);
    const block = isTerraform ? 'Serverlessv2ScalingConfiguration' : 'ServerlessV2ScalingConfiguration';
    const least = numberAt(resource, `${block}.MinCapacity`);
    const most = numberAt(resource, `${block}.MaxCapacity`);
    const price = (sku: string, unit: string) => aws('rds', sku, unit, context);
    const isFlat = textAt(resource, 'StorageType') === 'aurora-iopt1';
    const acu = `Aurora Serverless v2${isFlat ? ' IO-Optimized' : ''}`;
    const count = least === undefined ? 1 : serverlessInstances(resource, context);
    const upTo = most === undefined ? '' : `, up to ${most} ACU each`;
    return components(
      least === undefined
        ? null
        : {
            ...stated(
              'acu-floor',
              `Aurora Serverless v2 capacity, the least of ${count === 1 ? 'one instance' : `${count} instances`}`,
              price(acu, 'ACU-hour'),
              'retrieval',
              count * least * context.hours,
              `${count === 1 ? '' : `${count} × `}${least} ACU × ${context.hours} h; the load decides what is used beyond${upTo}`,
            ),
            isFloor: true,
          },
      firstServerless(resource, context),
      used(
        'storage',
        'Aurora storage',
        price(isFlat ? 'Aurora IO-Optimized storage' : 'Aurora storage', 'GB-month'),
        'retrieval',
      ),
      isFlat ? null : used('io', 'Aurora requests', price('Aurora IO', '1M requests'), 'retrieval'),
    );
  },
};

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
  const engine = textAt(resource, 'Engine') ?? '';
  const name = ENGINES.find(([id]) => engine.startsWith(id))?.[1] ?? engine;
  const sku = `${name} ${type} Multi-AZ cluster`;
  const disk = textAt(resource, 'StorageType') ?? 'io1';
  const gib = numberAt(resource, 'AllocatedStorage') ?? 0;
  const iops = numberAt(resource, 'Iops') ?? 0;
  const price = (of: string, unit: string) => aws('rds', of, unit, context);
  const storage = `${disk} storage Multi-AZ cluster`;
  return components(
    standing('instance', sku, price(sku, 'instance-hour'), 'storage', context),
    stated('storage', `database ${storage}`, price(storage, 'GB-month'), 'storage', gib, `${gib} GB`),
    iops > 0
      ? stated('iops', 'database IOPS', price(`${disk} IOPS Multi-AZ cluster`, 'IOPS-month'), 'storage', iops)
      : null,
  );
}

/** Engines as the price list calls them, by the beginning of the engine's id. */
const ENGINES: readonly (readonly [id: string, name: string])[] = [
  ['mysql', 'MySQL'],
  ['mariadb', 'MariaDB'],
  ['postgres', 'PostgreSQL'],
  ['oracle', 'Oracle'],
  ['sqlserver', 'SQL Server'],
];

/** An instance of Aurora belongs to a cluster, which is billed for its storage. */
const database: ResourcePricing = {
  types: ['AWS::RDS::DBInstance', 'aws_db_instance', 'aws_rds_cluster_instance'],
  cost: (resource, context) => {
    const property = resource.format === 'terraform' ? 'InstanceClass' : 'DBInstanceClass';
    const facts = databaseFacts(resource, context);
    const type = needed(facts.text(property), property);
    if (type === SERVERLESS) return free('its capacity is billed with the cluster');
    const engine = facts.text('Engine') ?? '';
    const isAurora =
      engine.startsWith('aurora') ||
      valueAt(resource, 'DBClusterIdentifier') !== undefined ||
      resource.type === 'aws_rds_cluster_instance';
    const isMulti =
      !isAurora && isOn(valueAt(resource, resource.format === 'terraform' ? 'MultiAz' : 'MultiAZ'));
    const name = isAurora ? 'Aurora' : (ENGINES.find(([id]) => engine.startsWith(id))?.[1] ?? engine);
    const sku = `${name} ${type}${isMulti ? ' Multi-AZ' : ''}`.trim();
    const price = aws('rds', sku, 'instance-hour', context);
    return components(
      standing('instance', `${sku}, on-demand`, price, 'storage', context),
      ...(isAurora ? [] : databaseStorage(facts, isMulti, context)),
    );
  },
};

function isOn(value: unknown): boolean {
  return value === true || value === 'true';
}

/** Graph and document databases: instances of a cluster, whose storage and requests are by use. */
function clusterOf(service: string, title: string, types: readonly string[]): ResourcePricing {
  return {
    types,
    cost: (_, context) =>
      components(
        used('storage', `${title} storage`, aws(service, 'Storage', 'GB-month', context), 'retrieval'),
        used('io', `${title} requests`, aws(service, 'IO', '1M requests', context), 'retrieval'),
      ),
  };
}

function instanceOf(service: string, property: string, types: readonly string[]): ResourcePricing {
  return {
    types,
    cost: (resource, context) => {
      const path = resource.format === 'terraform' ? 'InstanceClass' : property;
      const type = needed(textAt(resource, path), path);
      if (type === SERVERLESS) return free('its capacity is billed by its units');
      const price = aws(service, type, 'instance-hour', context);
      return components(standing('instance', `${type}, on-demand`, price, 'retrieval', context));
    },
  };
}

const neptuneGraph: ResourcePricing = {
  types: ['AWS::NeptuneGraph::Graph', 'aws_neptunegraph_graph'],
  cost: (resource, context) => {
    const size = needed(numberAt(resource, 'ProvisionedMemory'), 'ProvisionedMemory');
    const price = aws('neptune-analytics', 'm-NCU', 'NCU-hour', context);
    return components(standing('capacity', `graph of ${size} m-NCUs`, price, 'retrieval', context, size));
  },
};

const proxy: ResourcePricing = {
  types: ['AWS::RDS::DBProxy', 'aws_db_proxy'],
  cost: (_, context) =>
    components(
      used(
        'hours',
        'vCPU-hours of the databases behind it',
        aws('rds', 'Proxy', 'vCPU-hour', context),
        'storage',
      ),
    ),
};

const snapshots: ResourcePricing = {
  types: ['aws_db_snapshot', 'aws_db_cluster_snapshot'],
  cost: (resource, context) => {
    const of = resourceAt(resource, 'DbInstanceIdentifier', context);
    const gib = of === undefined ? undefined : numberAt(of, 'AllocatedStorage');
    const price = aws('rds', 'Backup storage', 'GB-month', context);
    const label = 'snapshot kept';
    return components(
      gib === undefined
        ? used('storage', label, price, 'storage')
        : stated('storage', label, price, 'storage', gib, `${gib} GB, the most that it can hold`),
    );
  },
};

const definitions = freeOf('part of a database, whose instances and storage are billed', [
  'AWS::DocDB::DBClusterParameterGroup',
  'AWS::DocDB::DBSubnetGroup',
  'AWS::Neptune::DBClusterParameterGroup',
  'AWS::Neptune::DBParameterGroup',
  'AWS::Neptune::DBSubnetGroup',
  'AWS::NeptuneGraph::PrivateGraphEndpoint',
  'AWS::RDS::DBClusterEndpoint',
  'AWS::RDS::DBClusterParameterGroup',
  'AWS::RDS::DBParameterGroup',
  'AWS::RDS::DBProxyEndpoint',
  'AWS::RDS::DBProxyTargetGroup',
  'AWS::RDS::DBSubnetGroup',
  'AWS::RDS::EventSubscription',
  'AWS::RDS::GlobalCluster',
  'AWS::RDS::OptionGroup',
  'aws_db_option_group',
  'aws_db_parameter_group',
  'aws_db_proxy_default_target_group',
  'aws_db_proxy_target',
  'aws_db_subnet_group',
  'aws_docdb_subnet_group',
  'aws_neptune_cluster_parameter_group',
  'aws_neptune_parameter_group',
  'aws_neptune_subnet_group',
  'aws_rds_cluster_parameter_group',
  'aws_rds_global_cluster',
]);

export const databases: readonly ResourcePricing[] = [
  auroraCluster,
  database,
  clusterOf('neptune', 'Neptune', ['AWS::Neptune::DBCluster', 'aws_neptune_cluster']),
  instanceOf('neptune', 'DBInstanceClass', ['AWS::Neptune::DBInstance', 'aws_neptune_cluster_instance']),
  neptuneGraph,
  clusterOf('docdb', 'DocumentDB', ['AWS::DocDB::DBCluster', 'aws_docdb_cluster']),
  instanceOf('docdb', 'DBInstanceClass', ['AWS::DocDB::DBInstance', 'aws_docdb_cluster_instance']),
  proxy,
  snapshots,
  definitions,
];
