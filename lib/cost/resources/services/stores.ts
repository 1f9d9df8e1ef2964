import { aws, components, free, type ResourcePricing } from '#lib/cost/resources/component';
import { needed, numberAt, textAt, valueAt } from '#lib/cost/resources/facts';
import { used } from '#lib/cost/resources/services/network';

/** OCUs that an account's first collection keeps up: half an OCU to write and to read, twice with standby replicas. */
const FLOOR_OCU = { standby: 2, single: 1 } as const;

const collection: ResourcePricing = {
  types: ['AWS::OpenSearchServerless::Collection', 'aws_opensearchserverless_collection'],
  cost: (resource, context) => {
    const ocu = textAt(resource, 'StandbyReplicas') === 'DISABLED' ? FLOOR_OCU.single : FLOOR_OCU.standby;
    return components(
      {
        key: 'ocu-floor',
        label: 'OpenSearch Serverless capacity, the least',
        category: 'retrieval',
        price: aws('opensearch-serverless', 'OCU', 'OCU-hour', context),
        quantityPerMonth: ocu * context.hours,
        isFloor: true,
        basis: `${ocu} OCU × ${context.hours} h; the load decides what is used beyond`,
      },
      used(
        'storage',
        'index storage',
        aws('opensearch-serverless', 'storage', 'GB-month', context),
        'retrieval',
      ),
    );
  },
};

const domain: ResourcePricing = {
  types: ['AWS::OpenSearchService::Domain', 'aws_opensearch_domain'],
  cost: (resource, context) => {
    const type = needed(textAt(resource, 'ClusterConfig.InstanceType'), 'ClusterConfig.InstanceType');
    const count = numberAt(resource, 'ClusterConfig.InstanceCount') ?? 1;
    const masters = numberAt(resource, 'ClusterConfig.DedicatedMasterCount') ?? 0;
    const masterType = textAt(resource, 'ClusterConfig.DedicatedMasterType');
    const disk = resource.format === 'terraform' ? 'EbsOptions' : 'EBSOptions';
    const gib = numberAt(resource, `${disk}.VolumeSize`) ?? 0;
    const node = (key: string, sku: string, nodes: number) => ({
      key,
      label: `${sku}, on-demand`,
      category: 'retrieval' as const,
      price: aws('opensearch', sku, 'instance-hour', context),
      quantityPerMonth: nodes * context.hours,
      basis: `${nodes} × ${context.hours} h`,
    });
    return components(
      node('data-nodes', type, count),
      masters > 0 && masterType !== undefined ? node('master-nodes', masterType, masters) : null,
      gib > 0
        ? {
            key: 'disk',
            label: 'gp3 disks of the data nodes',
            category: 'retrieval',
            price: aws('opensearch', 'gp3 storage', 'GB-month', context),
            quantityPerMonth: gib * count,
            basis: `${count} × ${gib} GB`,
          }
        : null,
    );
  },
};

const auroraCluster: ResourcePricing = {
  types: ['AWS::RDS::DBCluster', 'aws_rds_cluster'],
  cost: (resource, context) => {
    const block =
      resource.format === 'terraform'
        ? 'Serverlessv2ScalingConfiguration'
        : 'ServerlessV2ScalingConfiguration';
    const least = numberAt(resource, `${block}.MinCapacity`);
    return components(
      least === undefined
        ? null
        : {
            key: 'acu-floor',
            label: 'Aurora Serverless v2 capacity, the least of one instance',
            category: 'retrieval',
            price: aws('rds', 'Aurora Serverless v2', 'ACU-hour', context),
            quantityPerMonth: least * context.hours,
            isFloor: true,
            basis: `${least} ACU × ${context.hours} h; the load decides what is used beyond`,
          },
      used('storage', 'Aurora storage', aws('rds', 'Aurora storage', 'GB-month', context), 'retrieval'),
      used('io', 'Aurora requests', aws('rds', 'Aurora IO', '1M requests', context), 'retrieval'),
    );
  },
};

const database: ResourcePricing = {
  types: ['AWS::RDS::DBInstance', 'aws_db_instance', 'aws_rds_cluster_instance'],
  cost: (resource, context) => {
    const property = resource.format === 'terraform' ? 'InstanceClass' : 'DBInstanceClass';
    const type = needed(textAt(resource, property), property);
    if (type === 'db.serverless') return free('its capacity is billed with the cluster');
    const isAurora =
      (textAt(resource, 'Engine') ?? '').startsWith('aurora') ||
      valueAt(resource, 'DBClusterIdentifier') !== undefined;
    return components({
      key: 'instance',
      label: `${type}, on-demand`,
      category: 'storage',
      price: aws('rds', `${isAurora ? 'Aurora ' : ''}${type}`, 'instance-hour', context),
      quantityPerMonth: context.hours,
      basis: `${context.hours} h`,
    });
  },
};

const lustre: ResourcePricing = {
  types: ['AWS::FSx::FileSystem', 'aws_fsx_lustre_file_system'],
  cost: (resource, context) => {
    const gib = needed(numberAt(resource, 'StorageCapacity'), 'StorageCapacity');
    const path = resource.format === 'terraform' ? 'DeploymentType' : 'LustreConfiguration.DeploymentType';
    const isScratch = (textAt(resource, path) ?? 'SCRATCH_1').startsWith('SCRATCH');
    const sku = isScratch ? 'Lustre scratch SSD' : 'Lustre persistent SSD 125 MBps per TiB';
    return components({
      key: 'storage',
      label: sku,
      category: 'storage',
      price: aws('fsx', sku, 'GB-month', context),
      quantityPerMonth: gib,
      basis: `${gib} GB`,
    });
  },
};

export const stores: readonly ResourcePricing[] = [collection, domain, auroraCluster, database, lustre];
