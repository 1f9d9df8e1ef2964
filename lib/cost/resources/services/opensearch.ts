import {
  aws,
  components,
  standing,
  stated,
  used,
  type Component,
  type PricingContext,
  type ResourcePricing,
} from '#lib/cost/resources/component';
import { blocksAt, numberAt, textAt, valueAt } from '#lib/cost/resources/facts';
import { isOn } from '#lib/cost/resources/services/ec2';
import { freeOf } from '#lib/cost/resources/services/meters';
import { supportOfNodes } from '#lib/cost/resources/services/search-support';
import type { ReadResource } from '#lib/artifacts/unresolved';

/** OCUs that an account's first collection keeps up: half an OCU to write and to read, twice with standby replicas. */
const FLOOR_OCU = { standby: 2, single: 1 } as const;

function floor(ocu: number, group: string, context: PricingContext): Component {
  return {
    key: 'ocu-floor',
    label: 'OpenSearch Serverless capacity, the least',
    category: 'retrieval',
    price: aws('opensearch-serverless', 'OCU', 'OCU-hour', context),
    quantityPerMonth: ocu * context.hours,
    isFloor: true,
    sharedBy: group,
    basis: `${ocu} OCU × ${context.hours} h; the load decides what is used beyond`,
  };
}

function storage(context: PricingContext): Component {
  const price = aws('opensearch-serverless', 'storage', 'GB-month', context);
  return used('storage', 'index storage', price, 'retrieval');
}

/** Capacity under the floor of a group, or of a collection that scales to nothing: all of it is by use. */
function byLoad(context: PricingContext): Component {
  const price = aws('opensearch-serverless', 'OCU', 'OCU-hour', context);
  return used('ocu', 'OpenSearch Serverless capacity', price, 'retrieval');
}

/**
 * Collections of one kind share their capacity: vector search among themselves, search and time series together, each
 * by its key. The key is an account's choice in a policy, so collections of one kind in one region share here.
 */
const collection: ResourcePricing = {
  types: ['AWS::OpenSearchServerless::Collection', 'aws_opensearchserverless_collection'],
  shares: true,
  cost: (resource, context) => {
    if (valueAt(resource, 'CollectionGroupName') !== undefined) {
      return components(storage(context));
    }
    const kind = textAt(resource, 'Type') === 'VECTORSEARCH' ? 'vectors' : 'text';
    const ocu = textAt(resource, 'StandbyReplicas') === 'DISABLED' ? FLOOR_OCU.single : FLOOR_OCU.standby;
    const group = `opensearch-serverless/${context.region}/${kind}/${ocu}`;
    return components(floor(ocu, group, context), storage(context));
  },
};

/** The classic generation keeps the floor of its kind; the next one scales to the least that it states, which may be 0. */
const collectionGroup: ResourcePricing = {
  types: ['AWS::OpenSearchServerless::CollectionGroup', 'aws_opensearchserverless_collection_group'],
  shares: true,
  cost: (resource, context) => {
    const least = ['MinIndexingCapacityInOcu', 'MinSearchCapacityInOcu']
      .map((name) => numberAt(resource, `CapacityLimits.${name}`) ?? 0)
      .reduce((sum, ocu) => sum + ocu, 0);
    const isClassic = textAt(resource, 'Generation') !== 'NEXTGEN';
    const single = textAt(resource, 'StandbyReplicas') === 'DISABLED';
    const kept = isClassic ? Math.max(least, single ? FLOOR_OCU.single : FLOOR_OCU.standby) : least;
    if (kept === 0) return components(byLoad(context));
    return components(floor(kept, `opensearch-serverless/${resource.address}`, context), byLoad(context));
  },
};

function nodes(key: string, sku: string, count: number, context: PricingContext): Component {
  const price = aws('opensearch', sku, 'instance-hour', context);
  return standing(key, `${sku}, on-demand`, price, 'retrieval', context, count);
}

/**
 * MB/s of a gp3 disk of a data node that its storage price includes: 125 up to 170 GB, above it 250 for every 3 TB
 * begun, 1,000 at most (OpenSearch Service pricing).
 */
function includedMegabytesPerSecond(gib: number): number {
  return gib <= 170 ? 125 : Math.min(1000, 250 * Math.ceil(gib / 3000));
}

/** IOPS of a gp3 disk of a data node that its storage price includes: 3,000 for every 3 TB begun, 16,000 at most (same page). */
function includedIops(gib: number): number {
  return Math.min(16_000, 3000 * Math.max(1, Math.ceil(gib / 3000)));
}

function disks(domain: ReadResource, block: string, count: number, context: PricingContext) {
  const gib = numberAt(domain, `${block}.VolumeSize`) ?? 0;
  if (gib === 0) return [];
  const type = textAt(domain, `${block}.VolumeType`) ?? 'gp3';
  const price = (sku: string, unit: string) => aws('opensearch', sku, unit, context);
  const throughput = numberAt(domain, `${block}.Throughput`) ?? 0;
  const iops = numberAt(domain, `${block}.Iops`) ?? 0;
  const beyond = type === 'gp3' ? throughput - includedMegabytesPerSecond(gib) : 0;
  return [
    stated(
      'disk',
      `${type} disks of the data nodes`,
      price(`${type} storage`, 'GB-month'),
      'retrieval',
      gib * count,
      `${count} × ${gib} GB`,
    ),
    beyond > 0
      ? stated(
          'disk-throughput',
          'throughput of the disks',
          price('gp3 throughput above 125 MBps', 'MBps-month'),
          'retrieval',
          beyond * count,
          `${count} × ${beyond} MB/s`,
        )
      : null,
    type === 'gp3' && iops > includedIops(gib)
      ? stated(
          'disk-iops',
          'IOPS of the disks above the included',
          price('gp3 IOPS above baseline', 'IOPS-month'),
          'retrieval',
          (iops - includedIops(gib)) * count,
          `${count} × (${iops} − ${includedIops(gib)} included)`,
        )
      : null,
    type === 'io1' && iops > 0
      ? stated(
          'disk-iops',
          'IOPS of the disks',
          price('io1 IOPS', 'IOPS-month'),
          'retrieval',
          iops * count,
          `${count} × ${iops}`,
        )
      : null,
  ];
}

const domain: ResourcePricing = {
  types: [
    'AWS::OpenSearchService::Domain',
    'AWS::Elasticsearch::Domain',
    'aws_opensearch_domain',
    'aws_elasticsearch_domain',
  ],
  cost: (resource, context) => {
    const isOld = resource.type === 'AWS::Elasticsearch::Domain';
    const block = isOld ? 'ElasticsearchClusterConfig' : 'ClusterConfig';
    const at = (name: string) => `${block}.${name}`;
    const sku = (type: string) => type.replace(/\.elasticsearch$/, '.search');
    const type = textAt(resource, at('InstanceType')) ?? DEFAULT_TYPE;
    const count = numberAt(resource, at('InstanceCount')) ?? 1;
    const warm = isOn(valueAt(resource, at('WarmEnabled'))) ? numberAt(resource, at('WarmCount')) : undefined;
    const warmType = textAt(resource, at('WarmType'));
    const disk = resource.format === 'terraform' ? 'EbsOptions' : 'EBSOptions';
    const managed = aws('opensearch', 'Managed storage', 'GB-month', context);
    const machines = [
      nodes('data-nodes', sku(type), count, context),
      masterNodes(resource, at, sku, context),
      ...blocksAt(resource, at('NodeOptions')).map((option) => optionalNodes(option, sku, context)),
      warm === undefined || warmType === undefined ? null : nodes('warm-nodes', sku(warmType), warm, context),
    ].filter((each) => each !== null);
    return components(
      ...machines,
      ...supportOfNodes(resource, machines, context),
      warm === undefined ? null : used('warm-storage', 'warm storage', managed, 'retrieval'),
      isOn(valueAt(resource, at('ColdStorageOptions.Enabled')))
        ? used('cold-storage', 'cold storage', managed, 'retrieval')
        : null,
      ...(isOn(valueAt(resource, `${disk}.${disk === 'EbsOptions' ? 'EbsEnabled' : 'EBSEnabled'}`))
        ? disks(resource, disk, count, context)
        : []),
    );
  },
};

/** What a domain has where nothing states it: AWS and Terraform's provider agree. */
const DEFAULT_TYPE = 'm4.large.search';

type Named = (name: string) => string;

function masterNodes(domain: ReadResource, at: Named, sku: Named, context: PricingContext): Component | null {
  const count = numberAt(domain, at('DedicatedMasterCount')) ?? 0;
  const type = textAt(domain, at('DedicatedMasterType'));
  if (!isOn(valueAt(domain, at('DedicatedMasterEnabled'))) || count === 0 || type === undefined) return null;
  return nodes('master-nodes', sku(type), count, context);
}

/** Nodes that only coordinate requests. */
function optionalNodes(option: ReadResource, sku: Named, context: PricingContext): Component | null {
  const type = textAt(option, 'NodeConfig.Type');
  const count = numberAt(option, 'NodeConfig.Count') ?? 0;
  if (!isOn(valueAt(option, 'NodeConfig.Enabled')) || type === undefined || count === 0) return null;
  return nodes(`${textAt(option, 'NodeType') ?? 'coordinator'}-nodes`, sku(type), count, context);
}

/** OCUs of a pipeline that runs all month at its least. */
const pipeline: ResourcePricing = {
  types: ['AWS::OSIS::Pipeline', 'aws_osis_pipeline'],
  cost: (resource, context) => {
    const least = numberAt(resource, 'MinUnits') ?? 1;
    const price = aws('opensearch-ingestion', 'OCU', 'OCU-hour', context);
    return components({
      ...standing('ocu-floor', 'ingestion capacity', price, 'retrieval', context, least),
      isFloor: true,
    });
  },
};

const definitions = freeOf('part of a collection or a domain, whose capacity and storage are billed', [
  'AWS::OpenSearchServerless::AccessPolicy',
  'AWS::OpenSearchServerless::CollectionIndex',
  'AWS::OpenSearchServerless::Index',
  'AWS::OpenSearchServerless::LifecyclePolicy',
  'AWS::OpenSearchServerless::SecurityConfig',
  'AWS::OpenSearchServerless::SecurityPolicy',
  'AWS::OpenSearchServerless::VpcEndpoint',
  'AWS::OpenSearchService::Application',
  'AWS::OpenSearch::DataSource',
  'aws_opensearch_domain_policy',
  'aws_opensearchserverless_access_policy',
  'aws_opensearchserverless_lifecycle_policy',
  'aws_opensearchserverless_security_config',
  'aws_opensearchserverless_security_policy',
  'aws_opensearchserverless_vpc_endpoint',
]);

export const openSearch: readonly ResourcePricing[] = [
  collection,
  collectionGroup,
  domain,
  pipeline,
  definitions,
];
