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
import {
  auroraCluster,
  clusterOfInstance,
  isFlatRate,
  SERVERLESS,
  supportOf,
} from '#lib/cost/resources/services/aurora';
import { databaseName } from '#lib/cost/resources/services/database-names';
import { proxy } from '#lib/cost/resources/services/database-proxy';
import { supportOfDocuments, supportOfInstances } from '#lib/cost/resources/services/database-support';
import { keptSecret } from '#lib/cost/resources/services/kept-secret';
import { freeOf } from '#lib/cost/resources/services/meters';
import { databaseFacts, databaseStorage } from '#lib/cost/resources/services/relational-storage';
import type { ReadResource } from '#lib/artifacts/unresolved';

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
    if (isAurora) return auroraInstance(resource, type, context);
    const isMulti = isOn(valueAt(resource, resource.format === 'terraform' ? 'MultiAz' : 'MultiAZ'));
    const name = databaseName(engine, facts.text('LicenseModel'));
    const sku = `${name} ${type}${isMulti ? ' Multi-AZ' : ''}`.trim();
    const support = {
      engine,
      version: facts.text('EngineVersion'),
      lifecycleSupport: facts.text('EngineLifecycleSupport'),
    };
    return components(
      standing(
        'instance',
        `${sku}, on-demand`,
        aws('rds', sku, 'instance-hour', context),
        'storage',
        context,
      ),
      supportOfInstances(support, type, isMulti ? 2 : 1, context),
      ...databaseStorage(facts, isMulti, context),
      keptSecret(resource, context),
    );
  },
};

/** What an instance leaves out is as its cluster has it. */
function auroraInstance(resource: ReadResource, type: string, context: PricingContext): ResourceCost {
  const cluster = clusterOfInstance(resource, context);
  const own = supportOf(resource);
  const support = cluster === undefined ? own : supportOf(cluster);
  const sku = `Aurora ${type}${cluster !== undefined && isFlatRate(cluster) ? ' IO-Optimized' : ''}`;
  return components(
    standing('instance', `${sku}, on-demand`, aws('rds', sku, 'instance-hour', context), 'storage', context),
    supportOfInstances({ ...support, version: own.version ?? support.version }, type, 1, context),
  );
}

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

/** An instance of DocumentDB runs the version of its cluster. */
function supportOfDocument(instance: ReadResource, type: string, context: PricingContext): Component | null {
  const cluster = clusterOfInstance(instance, context);
  const version = cluster === undefined ? undefined : valueAt(cluster, 'EngineVersion');
  return supportOfDocuments(typeof version === 'string' ? version : undefined, type, context);
}

function instanceOf(service: string, property: string, types: readonly string[]): ResourcePricing {
  return {
    types,
    cost: (resource, context) => {
      const path = resource.format === 'terraform' ? 'InstanceClass' : property;
      const type = needed(textAt(resource, path), path);
      if (type === SERVERLESS) return free('its capacity is billed by its units');
      const price = aws(service, type, 'instance-hour', context);
      return components(
        standing('instance', `${type}, on-demand`, price, 'retrieval', context),
        service === 'docdb' ? supportOfDocument(resource, type, context) : null,
      );
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
