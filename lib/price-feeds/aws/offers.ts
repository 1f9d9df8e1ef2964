import { BEDROCK, FOUNDATION_MODELS, MODEL_UNITS, TOKENS_BY_NAME } from '#lib/price-feeds/aws/bedrock-offers';
import { FSX } from '#lib/price-feeds/aws/fsx-offers';
import {
  CACHE_NODES,
  EMR_FEES,
  MEMORY_NODES,
  RDS_INSTANCES,
  RDS_SUPPORT,
} from '#lib/price-feeds/aws/instance-offers';
import { firstTier, usage, type Attributes, type OfferRule } from '#lib/price-feeds/aws/offer-rule';

const POSTGRES = { databaseEngine: 'Aurora PostgreSQL' };
const GB_SECONDS = { 'Lambda-GB-Second': 1, Second: 1, Seconds: 1 };
const HOURS = { Hrs: 1, Hours: 1, hours: 1, Hour: 1, hour: 1 };
const GIGABYTES = { GB: 1 };
const GB_MONTHS = { 'GB-Mo': 1, 'GB-month': 1, 'GB-Month': 1 };

function single(
  service: string,
  usagetype: string,
  sku: string,
  unit: string,
  perOurUnit: Readonly<Record<string, number>>,
  where: Readonly<Record<string, string | RegExp>> = {},
): OfferRule {
  return { service, unit, perOurUnit, where: { usagetype: usage(usagetype), ...where }, sku: firstTier(sku) };
}

/** The name that a pattern with one group finds in the usage type. */
function named(pattern: RegExp, sku: (name: string) => string): OfferRule['sku'] {
  return ({ usagetype = '' }: Attributes, { begin }) => {
    const name = pattern.exec(usagetype)?.[1];
    return name === undefined || begin !== 0 ? null : sku(name);
  };
}

/** The list holds a row for each system, tenancy and reservation state; ours is this one. */
export const PLAIN_LINUX = {
  operatingSystem: 'Linux',
  tenancy: 'Shared',
  preInstalledSw: 'NA',
  capacitystatus: 'Used',
} as const;

const LINUX_INSTANCE: OfferRule = {
  service: 'ec2',
  unit: 'instance-hour',
  perOurUnit: HOURS,
  where: {
    productFamily: /^Compute Instance(?: \(bare metal\))?$/,
    ...PLAIN_LINUX,
    usagetype: /(?:^|-)BoxUsage:/,
  },
  // Under a capacity block the same usage costs 0: its price is the fee of the block, which no list has.
  sku: ({ instanceType, marketoption = 'OnDemand' }) =>
    marketoption === 'OnDemand' ? (instanceType ?? null) : null,
  hasReservations: true,
};

/** Browsers and code interpreters cost the same; we list them as one. */
const AGENT_COMPUTE = [
  ['Runtime', 'Runtime', 'Runtime memory (session life)'],
  ['BrowserTool', 'Tool', 'Tool memory (session life)'],
  ['CodeInterpreter', 'Tool', 'Tool memory (session life)'],
] as const;
const CALLS = { Invocations: 1000, Requests: 1000, Events: 1000, 'Memory-Retrieved': 1000 };
const LOAD_BALANCERS = [
  ['ALB', 'Load Balancer-Application'],
  ['NLB', 'Load Balancer-Network'],
] as const;
const STANDARD_SUPPORT = 'control-plane (standard support)';
const EXTENDED_SUPPORT = 'control-plane (extended support)';
const HOSTED = /(?:^|-)Host:(ml\.[a-z0-9-]+\.[a-z0-9]+)$/;
const AUTO_MODE = /(?:^|-)EKS-Auto:([a-z0-9-]+\.[a-z0-9-]+?)(?:-management-hours)?$/;
const AURORA = /(?:^|-)InstanceUsage:(db\.[a-z0-9]+\.[a-z0-9]+)$/;
const AURORA_IO_OPTIMIZED = /(?:^|-)InstanceUsageIOOptimized:(db\.[a-z0-9]+\.[a-z0-9]+)$/;
const SEARCH_NODE = /(?:^|-)ESInstance:/;

/**
 * Offers of AWS and what of them becomes our prices. A product that no rule takes is left out; a unit that a rule does
 * not know is noted and never converted by guess.
 */
export const OFFERS: Readonly<Record<string, readonly OfferRule[]>> = {
  AmazonEC2: [
    LINUX_INSTANCE,
    single('ebs', 'EBS:VolumeUsage.gp3', 'gp3 storage', 'GB-month', GB_MONTHS),
    single('ebs', 'EBS:VolumeUsage.io2', 'io2 storage', 'GB-month', GB_MONTHS),
    single('ebs', 'EBS:VolumeP-IOPS.gp3', 'gp3 IOPS above 3000', 'IOPS-month', { 'IOPS-Mo': 1 }),
    single('ebs', 'EBS:VolumeP-IOPS.io2', 'io2 IOPS', 'IOPS-month', { 'IOPS-Mo': 1 }),
    single('ebs', 'EBS:VolumeP-Throughput.gp3', 'gp3 throughput above 125 MBps', 'MBps-month', {
      'GiBps-mo': 1 / 1024,
      'MiBps-Mo': 1,
    }),
    single('vpc', 'NatGateway-Hours', 'NAT gateway', 'hour', HOURS),
    single('vpc', 'NatGateway-Bytes', 'NAT gateway data processed', 'GB', GIGABYTES),
  ],
  AmazonVPC: [
    single('vpc', 'VpcEndpoint-Hours', 'Interface endpoint', 'endpoint-AZ-hour', HOURS),
    single('vpc', 'VpcEndpoint-Bytes', 'Interface endpoint data first 1 PB', 'GB', GIGABYTES),
    single('vpc', 'PublicIPv4:InUseAddress', 'Public IPv4 address', 'hour', HOURS),
  ],
  AWSELB: LOAD_BALANCERS.flatMap(([sku, productFamily]) => [
    single('elb', 'LoadBalancerUsage', sku, 'hour', HOURS, { productFamily }),
    single('elb', 'LCUUsage', `${sku} LCU`, 'LCU-hour', { 'LCU-Hrs': 1, 'NLCU-Hrs': 1 }, { productFamily }),
  ]),
  AmazonEKS: [
    single('eks', 'AmazonEKS-Hours:perCluster', STANDARD_SUPPORT, 'cluster-hour', HOURS),
    {
      ...single('eks', 'AmazonEKS-Hours:extendedSupport', EXTENDED_SUPPORT, 'cluster-hour', HOURS),
      onTopOf: STANDARD_SUPPORT,
    },
    {
      service: 'eks',
      unit: 'instance-hour',
      perOurUnit: HOURS,
      where: { usagetype: AUTO_MODE },
      sku: named(AUTO_MODE, (type) => `Auto Mode surcharge, ${type}`),
    },
  ],
  AmazonECS: [
    single('eks-fargate', 'Fargate-vCPU-Hours:perCPU', 'vCPU', 'vCPU-hour', HOURS),
    single('eks-fargate', 'Fargate-GB-Hours', 'memory', 'GB-hour', HOURS),
  ],
  AmazonSageMaker: [
    {
      service: 'sagemaker',
      unit: 'instance-hour',
      perOurUnit: HOURS,
      where: { usagetype: HOSTED },
      sku: named(HOSTED, (type) => type),
    },
  ],
  AmazonBedrock: [...BEDROCK, ...MODEL_UNITS],
  AmazonBedrockService: TOKENS_BY_NAME,
  AmazonBedrockFoundationModels: FOUNDATION_MODELS,
  AmazonBedrockAgentCore: [
    ...AGENT_COMPUTE.flatMap(([usagetype, name, life]) => [
      single(
        'bedrock-agentcore',
        `${usagetype}:Consumption-based:vCPU`,
        `${name} CPU (active only)`,
        'vCPU-hour',
        {
          'vCPU-Hours': 1,
        },
      ),
      single('bedrock-agentcore', `${usagetype}:Consumption-based:Memory`, life, 'GB-hour', {
        'GB-Hours': 1,
      }),
    ]),
    single(
      'bedrock-agentcore',
      'Gateway:Consumption-based:API-Invocations',
      'Gateway API invocations',
      '1k requests',
      CALLS,
    ),
    single(
      'bedrock-agentcore',
      'Gateway:Consumption-based:Search-API',
      'Gateway search',
      '1k requests',
      CALLS,
    ),
    single(
      'bedrock-agentcore',
      'Memory:Consumption-based:Short-Term-Memory',
      'Memory short-term events',
      '1k requests',
      CALLS,
    ),
    single(
      'bedrock-agentcore',
      'Memory:Consumption-based:Long-Term-Memory-Retrieval',
      'Memory long-term retrieval',
      '1k requests',
      CALLS,
    ),
  ],
  AmazonS3: [
    single('s3', 'TimedStorage-ByteHrs', 'Standard storage first 50 TB', 'GB-month', GB_MONTHS),
    single('s3', 'Requests-Tier1', 'PUT, COPY, POST, LIST', '1k requests', { Requests: 1000 }),
    single('s3', 'Requests-Tier2', 'GET', '1k requests', { Requests: 1000 }),
  ],
  AmazonFSx: FSX,
  AmazonECR: [single('ecr', 'TimedStorage-ByteHrs', 'Storage', 'GB-month', GB_MONTHS)],
  AmazonEFS: [
    single('efs', 'TimedStorage-ByteHrs', 'Standard storage', 'GB-month', GB_MONTHS),
    single('efs', 'TimedStorage-Z-ByteHrs', 'One Zone storage', 'GB-month', GB_MONTHS),
  ],
  AmazonRDS: [
    single('rds', 'Aurora:ServerlessV2Usage', 'Aurora Serverless v2', 'ACU-hour', { 'ACU-Hr': 1 }, POSTGRES),
    single(
      'rds',
      'Aurora:ServerlessV2IOOptimizedUsage',
      'Aurora Serverless v2 IO-Optimized',
      'ACU-hour',
      { 'ACU-Hr': 1 },
      POSTGRES,
    ),
    single('rds', 'Aurora:StorageUsage', 'Aurora storage', 'GB-month', GB_MONTHS),
    single('rds', 'Aurora:StorageIOUsage', 'Aurora IO', '1M requests', { IOs: 1_000_000 }),
    {
      service: 'rds',
      unit: 'instance-hour',
      perOurUnit: HOURS,
      where: { usagetype: AURORA, deploymentOption: 'Single-AZ', ...POSTGRES },
      sku: named(AURORA, (type) => `Aurora ${type}`),
      hasReservations: true,
    },
    {
      service: 'rds',
      unit: 'instance-hour',
      perOurUnit: HOURS,
      where: { usagetype: AURORA_IO_OPTIMIZED, deploymentOption: 'Single-AZ', ...POSTGRES },
      sku: named(AURORA_IO_OPTIMIZED, (type) => `Aurora ${type} IO-Optimized`),
    },
    single('rds', 'RDS:ProxyUsage', 'Proxy', 'vCPU-hour', HOURS, { databaseEngine: 'PostgreSQL' }),
    ...RDS_INSTANCES,
    ...RDS_SUPPORT,
  ],
  AmazonElastiCache: CACHE_NODES,
  AmazonMemoryDB: MEMORY_NODES,
  ElasticMapReduce: EMR_FEES,
  AmazonES: [
    {
      service: 'opensearch',
      unit: 'instance-hour',
      perOurUnit: HOURS,
      where: { usagetype: SEARCH_NODE, instanceType: /\.search$/ },
      sku: ({ instanceType }) => instanceType ?? null,
      hasReservations: true,
    },
    single('opensearch', 'ES:GP3-Storage', 'gp3 storage', 'GB-month', GB_MONTHS),
    single('opensearch', 'ES:Managed-Storage', 'Managed storage', 'GB-month', GB_MONTHS),
    // Both kinds of unit cost the same; we list them as one.
    single('opensearch-serverless', '(?:Indexing|Search)OCU', 'OCU', 'OCU-hour', {
      'OCU-Hours': 1,
      ...HOURS,
    }),
  ],
  awskms: [
    single('kms', 'KMS-Keys', 'Customer managed key', 'key-month', { Keys: 1, Months: 1 }),
    single('kms', 'KMS-Requests', 'Requests', '10k requests', { Requests: 10_000 }),
  ],
  AmazonCloudWatch: [
    single('cloudwatch', 'CW:AlarmMonitorUsage', 'Alarm standard resolution', 'alarm-month', { Alarms: 1 }),
    single('cloudwatch', 'CW:MetricMonitorUsage', 'Metric first 10k', 'metric-month', { Metrics: 1 }),
    single('cloudwatch', 'DataProcessing-Bytes', 'Logs ingested (standard)', 'GB', GIGABYTES),
    single('cloudwatch', 'TimedStorage-ByteHrs', 'Logs archival', 'GB-month', GB_MONTHS),
    single('cloudwatch', 'DataScanned-Bytes', 'Logs Insights scanned', 'GB', GIGABYTES),
  ],
  AWSLambda: [
    single('lambda', 'Lambda-GB-Second', 'Duration x86 first tier', 'GB-second', GB_SECONDS),
    single('lambda', 'Lambda-GB-Second-ARM', 'Duration arm first tier', 'GB-second', GB_SECONDS),
    single('lambda', 'Request', 'Requests', '1M requests', { Requests: 1_000_000 }),
  ],
  AWSSecretsManager: [
    single('secretsmanager', 'AWSSecretsManager-Secrets', 'Secret', 'secret-month', { Secrets: 1 }),
  ],
  AmazonStates: [
    single('stepfunctions', 'StateTransition', 'Standard transitions', '1k transitions', {
      StateTransitions: 1000,
    }),
  ],
  AmazonApiGateway: [
    single('apigateway', 'ApiGatewayRequest', 'REST requests first 333M', '1M requests', {
      Requests: 1_000_000,
    }),
    single('apigateway', 'ApiGatewayHttpRequest', 'HTTP requests first 300M', '1M requests', {
      Requests: 1_000_000,
    }),
  ],
  AWSDataTransfer: [
    {
      service: 'data-transfer',
      unit: 'GB',
      perOurUnit: GIGABYTES,
      where: { usagetype: usage('DataTransfer-Out-Bytes'), transferType: 'AWS Outbound' },
      sku: (_, { begin }) => `internet out from ${begin} GB`,
    },
    single(
      'data-transfer',
      'DataTransfer-Regional-Bytes',
      'intra-region cross-AZ, per direction',
      'GB',
      GIGABYTES,
      { transferType: 'IntraRegion' },
    ),
  ],
};
