import {
  aws,
  components,
  stated,
  used,
  type Component,
  type PricingContext,
  type ResourcePricing,
} from '#lib/cost/resources/component';
import { listAt, needed, numberAt, textAt, valueAt } from '#lib/cost/resources/facts';
import { byUse, freeOf } from '#lib/cost/resources/services/meters';
import type { ReadResource } from '#lib/artifacts/unresolved';

const efs: ResourcePricing = {
  types: ['AWS::EFS::FileSystem', 'aws_efs_file_system'],
  cost: (resource, context) => {
    const zone = valueAt(resource, 'AvailabilityZoneName') === undefined ? 'Standard' : 'One Zone';
    const price = (sku: string, unit: string) => aws('efs', sku, unit, context);
    const policies = resource.format === 'terraform' ? 'LifecyclePolicy' : 'LifecyclePolicies';
    const movesOn = listAt(resource, policies).length > 0;
    const reserved = numberAt(resource, 'ProvisionedThroughputInMibps') ?? 0;
    const isElastic = textAt(resource, 'ThroughputMode') === 'elastic';
    return components(
      used('storage', `EFS ${zone} storage`, price(`${zone} storage`, 'GB-month'), 'storage'),
      movesOn
        ? used(
            'storage-ia',
            'EFS infrequent access',
            price(infrequent(zone, isElastic), 'GB-month'),
            'storage',
          )
        : null,
      isElastic ? used('reads', 'EFS reads', price('Elastic reads', 'GB'), 'storage') : null,
      isElastic ? used('writes', 'EFS writes', price('Elastic writes', 'GB'), 'storage') : null,
      reserved > 0
        ? stated(
            'throughput',
            'EFS provisioned throughput',
            price('Provisioned throughput', 'MBps-month'),
            'storage',
            reserved,
          )
        : null,
    );
  },
};

/** Elastic throughput bills what is read apart, and of a file system in several zones takes that out of this price. */
function infrequent(zone: 'Standard' | 'One Zone', isElastic: boolean): string {
  return `${zone} IA storage${isElastic && zone === 'Standard' ? ', elastic' : ''}`;
}

function storage(sku: string, gib: number, context: PricingContext): Component {
  return stated('storage', sku, aws('fsx', sku, 'GB-month', context), 'storage', gib, `${gib} GB`);
}

function throughput(sku: string, mbps: number, context: PricingContext): Component | null {
  if (mbps === 0) return null;
  return stated('throughput', sku, aws('fsx', sku, 'MBps-month', context), 'storage', mbps, `${mbps} MB/s`);
}

/** IOPS that are provisioned beyond those that the storage includes. */
function extraIops(
  sku: string,
  resource: ReadResource,
  at: (name: string) => string,
  included: number,
  context: PricingContext,
): Component | null {
  const beyond = (numberAt(resource, at('DiskIopsConfiguration.Iops')) ?? 0) - included;
  if (beyond <= 0) return null;
  const basis = `${beyond} beyond 3 a GB`;
  return stated('iops', sku, aws('fsx', sku, 'IOPS-month', context), 'storage', beyond, basis);
}

/** MB/s per TiB that a persistent file system states; the catalog's price is that of 125. */
const DEFAULT_LUSTRE_MBPS = 125;

function lustre(resource: ReadResource, at: (name: string) => string, context: PricingContext) {
  const gib = needed(numberAt(resource, 'StorageCapacity'), 'StorageCapacity');
  const isScratch = (textAt(resource, at('DeploymentType')) ?? 'SCRATCH_1').startsWith('SCRATCH');
  const speed = numberAt(resource, at('PerUnitStorageThroughput')) ?? DEFAULT_LUSTRE_MBPS;
  const disk = textAt(resource, 'StorageType') ?? 'SSD';
  const sku = isScratch ? 'Lustre scratch SSD' : `Lustre persistent ${disk} ${speed} MBps per TiB`;
  return components(storage(sku, gib, context));
}

/** IOPS for each GB that the storage of an OpenZFS file system includes. */
const OPENZFS_IOPS_PER_GB = 3;

/** A second server, or one in another zone, has prices of its own. */
function openZfs(resource: ReadResource, at: (name: string) => string, context: PricingContext) {
  const gib = needed(numberAt(resource, 'StorageCapacity'), 'StorageCapacity');
  const speed = numberAt(resource, at('ThroughputCapacity')) ?? 0;
  const deployment = textAt(resource, at('DeploymentType')) ?? '';
  const zones = deployment.startsWith('MULTI_AZ')
    ? ' multi-AZ'
    : deployment.includes('_HA_')
      ? ' single-AZ HA'
      : '';
  return components(
    storage(`OpenZFS${zones} SSD storage`, gib, context),
    throughput(`OpenZFS${zones} throughput`, speed, context),
    extraIops(`OpenZFS${zones} IOPS`, resource, at, OPENZFS_IOPS_PER_GB * gib, context),
  );
}

function windows(resource: ReadResource, at: (name: string) => string, context: PricingContext) {
  const gib = needed(numberAt(resource, 'StorageCapacity'), 'StorageCapacity');
  const zones = (textAt(resource, at('DeploymentType')) ?? '').startsWith('MULTI_AZ')
    ? 'multi-AZ'
    : 'single-AZ';
  const disk = textAt(resource, 'StorageType') === 'HDD' ? 'HDD' : 'SSD';
  const speed = needed(numberAt(resource, at('ThroughputCapacity')), 'ThroughputCapacity');
  return components(
    storage(`Windows ${zones} ${disk} storage`, gib, context),
    throughput(`Windows ${zones} throughput`, speed, context),
    used('backups', 'backups kept', aws('fsx', 'Backup storage', 'GB-month', context), 'storage'),
  );
}

/** IOPS for each GB of SSD that an ONTAP file system includes. */
const ONTAP_IOPS_PER_GB = 3;

/** Billed by zones, and the throughput of the second generation by prices of its own. */
function ontap(resource: ReadResource, at: (name: string) => string, context: PricingContext) {
  const gib = needed(numberAt(resource, 'StorageCapacity'), 'StorageCapacity');
  const deployment = textAt(resource, at('DeploymentType')) ?? 'SINGLE_AZ_1';
  const kind = `ONTAP ${deployment.startsWith('MULTI_AZ') ? 'multi-AZ' : 'single-AZ'}`;
  const pairs = numberAt(resource, at('HAPairs')) ?? numberAt(resource, at('HaPairs')) ?? 1;
  const perPair =
    numberAt(resource, at('ThroughputCapacityPerHAPair')) ??
    numberAt(resource, at('ThroughputCapacityPerHaPair'));
  const speed = perPair === undefined ? (numberAt(resource, at('ThroughputCapacity')) ?? 0) : perPair * pairs;
  return components(
    storage(`${kind} SSD storage`, gib, context),
    throughput(`${kind}${deployment.endsWith('_2') ? ' second-generation' : ''} throughput`, speed, context),
    extraIops(`${kind} IOPS`, resource, at, ONTAP_IOPS_PER_GB * gib, context),
    used(
      'capacity-pool',
      'capacity pool',
      aws('fsx', `${kind} capacity pool`, 'GB-month', context),
      'storage',
    ),
    used('backups', 'backups kept', aws('fsx', 'Backup storage', 'GB-month', context), 'storage'),
  );
}

/** What a kind of file system is billed for, by the name that CloudFormation gives the kind. */
const KINDS = { LUSTRE: lustre, OPENZFS: openZfs, WINDOWS: windows, ONTAP: ontap } as const;
const BLOCKS = {
  LUSTRE: 'LustreConfiguration',
  OPENZFS: 'OpenZFSConfiguration',
  WINDOWS: 'WindowsConfiguration',
  ONTAP: 'OntapConfiguration',
} as const;

const fsx: ResourcePricing = {
  types: ['AWS::FSx::FileSystem'],
  cost: (resource, context) => {
    const named = needed(textAt(resource, 'FileSystemType'), 'FileSystemType');
    const kind = Object.keys(KINDS).find((each): each is keyof typeof KINDS => each === named);
    if (kind === undefined) return { state: 'unpriced', why: `an FSx file system of the kind ${named}` };
    return KINDS[kind](resource, (name) => `${BLOCKS[kind]}.${name}`, context);
  },
};

function terraformFsx(type: string, kind: keyof typeof KINDS): ResourcePricing {
  return { types: [type], cost: (resource, context) => KINDS[kind](resource, (name) => name, context) };
}

const backups = byUse(['AWS::Backup::BackupVault', 'aws_backup_vault'], 'backup', 'storage', [
  ['efs', 'EFS backups kept', 'EFS warm storage', 'GB-month'],
  ['ebs', 'EBS snapshots kept', 'EBS snapshot storage', 'GB-month'],
  ['databases', 'database snapshots kept', 'RDS snapshot storage', 'GB-month'],
]);
const images = byUse(
  ['AWS::ECR::Repository', 'AWS::ECR::PublicRepository', 'aws_ecr_repository', 'aws_ecrpublic_repository'],
  'ecr',
  'storage',
  [['storage', 'images kept', 'Storage', 'GB-month']],
);

const definitions = freeOf('part of a file system, a registry or a backup, whose storage is billed', [
  'AWS::Backup::BackupPlan',
  'AWS::Backup::BackupSelection',
  'AWS::ECR::PullThroughCacheRule',
  'AWS::ECR::RegistryPolicy',
  'AWS::ECR::RegistryScanningConfiguration',
  'AWS::ECR::ReplicationConfiguration',
  'AWS::ECR::RepositoryCreationTemplate',
  'AWS::EFS::AccessPoint',
  'AWS::EFS::MountTarget',
  'AWS::FSx::DataRepositoryAssociation',
  'AWS::FSx::S3AccessPointAttachment',
  'AWS::FSx::StorageVirtualMachine',
  'AWS::FSx::Volume',
  'aws_backup_plan',
  'aws_backup_selection',
  'aws_ecr_lifecycle_policy',
  'aws_ecr_pull_through_cache_rule',
  'aws_ecr_registry_scanning_configuration',
  'aws_ecr_repository_policy',
  'aws_efs_access_point',
  'aws_efs_backup_policy',
  'aws_efs_file_system_policy',
  'aws_efs_mount_target',
  'aws_fsx_data_repository_association',
  'aws_fsx_ontap_storage_virtual_machine',
  'aws_fsx_ontap_volume',
]);

export const fileStorage: readonly ResourcePricing[] = [
  efs,
  fsx,
  terraformFsx('aws_fsx_lustre_file_system', 'LUSTRE'),
  terraformFsx('aws_fsx_openzfs_file_system', 'OPENZFS'),
  terraformFsx('aws_fsx_windows_file_system', 'WINDOWS'),
  terraformFsx('aws_fsx_ontap_file_system', 'ONTAP'),
  backups,
  images,
  definitions,
];
