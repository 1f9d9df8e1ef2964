import { aws, components, standing, stated, used, type ResourcePricing } from '#lib/cost/resources/component';
import { SECONDS_FROM_A_MINUTE } from '#lib/cost/resources/billed-time';
import { listAt, needed, numberAt, textAt, valueAt } from '#lib/cost/resources/facts';
import { byUse, freeOf, hourly } from '#lib/cost/resources/services/meters';

const stream: ResourcePricing = {
  types: ['AWS::Kinesis::Stream', 'aws_kinesis_stream'],
  cost: (resource, context) => {
    const price = (sku: string, unit: string) => aws('kinesis', sku, unit, context);
    const shards = numberAt(resource, 'ShardCount');
    const isOnDemand =
      textAt(resource, 'StreamModeDetails.StreamMode') === 'ON_DEMAND' || shards === undefined;
    if (!isOnDemand) {
      return components(
        standing('shards', 'shards', price('Shard', 'shard-hour'), 'platform', context, shards),
        used('puts', 'payload units put', price('PUT payload units', '1M requests'), 'platform'),
      );
    }
    return components(
      standing('hours', 'stream on demand', price('On-demand stream', 'hour'), 'platform', context),
      used('data', 'data in', price('On-demand data in', 'GB'), 'platform'),
      used('data-out', 'data out', price('On-demand data out', 'GB'), 'platform'),
    );
  },
};

const firehose = byUse(
  ['AWS::KinesisFirehose::DeliveryStream', 'aws_kinesis_firehose_delivery_stream'],
  'firehose',
  'platform',
  [['data', 'data delivered', 'Data ingested first 500 TB', 'GB']],
);

const kafka: ResourcePricing = {
  types: ['AWS::MSK::Cluster', 'aws_msk_cluster'],
  cost: (resource, context) => {
    const type = needed(
      textAt(resource, 'BrokerNodeGroupInfo.InstanceType'),
      'BrokerNodeGroupInfo.InstanceType',
    );
    const count = numberAt(resource, 'NumberOfBrokerNodes') ?? 1;
    const disk = resource.format === 'terraform' ? 'EbsStorageInfo' : 'EBSStorageInfo';
    const gib = numberAt(resource, `BrokerNodeGroupInfo.StorageInfo.${disk}.VolumeSize`) ?? 0;
    const price = (sku: string, unit: string) => aws('msk', sku, unit, context);
    return components(
      standing('brokers', `${type} brokers`, price(type, 'instance-hour'), 'platform', context, count),
      gib > 0
        ? stated(
            'storage',
            'storage of the brokers',
            price('Broker storage', 'GB-month'),
            'platform',
            gib * count,
            `${count} × ${gib} GB`,
          )
        : null,
    );
  },
};
/** Private connectivity to a cluster from another network, by its authentication schemes and what passes. */
const kafkaConnection = hourly(
  ['AWS::MSK::VpcConnection', 'aws_msk_vpc_connection'],
  'msk',
  'network',
  ['hours', 'private connectivity', 'Private connectivity', 'hour'],
  [['data', 'data that passes', 'Private connectivity data', 'GB']],
);
const replicator = hourly(
  ['AWS::MSK::Replicator', 'aws_msk_replicator'],
  'msk',
  'platform',
  ['hours', 'replicator', 'Replicator', 'hour'],
  [['data', 'data replicated', 'Replicator data', 'GB']],
);
const serverlessKafka = hourly(
  ['AWS::MSK::ServerlessCluster', 'aws_msk_serverless_cluster'],
  'msk',
  'platform',
  ['hours', 'serverless cluster', 'Serverless cluster', 'hour'],
  [['data', 'data in', 'Serverless data in', 'GB']],
);

/** DPUs of a worker, by its type. */
const DPUS: Readonly<Record<string, number>> = {
  Standard: 1,
  'G.025X': 0.25,
  'G.1X': 1,
  'G.2X': 2,
  'G.4X': 4,
  'G.8X': 8,
};
/** DPUs of a job that states nothing, and of a crawler. */
const DEFAULT_DPUS = { job: 10, crawler: 2 } as const;

const glueJob: ResourcePricing = {
  types: ['AWS::Glue::Job', 'aws_glue_job'],
  cost: (resource, context) => {
    const workers = numberAt(resource, 'NumberOfWorkers');
    const worker = DPUS[textAt(resource, 'WorkerType') ?? 'Standard'] ?? 1;
    const dpus =
      workers === undefined ? (numberAt(resource, 'MaxCapacity') ?? DEFAULT_DPUS.job) : workers * worker;
    const price = aws('glue', 'DPU', 'DPU-hour', context);
    return components(
      used('dpu', `${dpus} DPUs while the job runs`, price, 'compute', {
        unitsPerSecond: dpus / 3600,
        time: SECONDS_FROM_A_MINUTE,
      }),
    );
  },
};
const crawler: ResourcePricing = {
  types: ['AWS::Glue::Crawler', 'aws_glue_crawler'],
  cost: (_, context) => {
    const price = aws('glue', 'DPU', 'DPU-hour', context);
    return components(
      used('dpu', `${DEFAULT_DPUS.crawler} DPUs while it crawls`, price, 'compute', {
        unitsPerSecond: DEFAULT_DPUS.crawler / 3600,
        time: { stepSeconds: 1, minimumSeconds: 600 },
      }),
    );
  },
};
const catalog = byUse(['AWS::Glue::Database', 'aws_glue_catalog_database'], 'glue', 'platform', [
  ['objects', 'objects in the catalog', 'Catalog objects', '100k objects'],
]);

const athena = byUse(['AWS::Athena::WorkGroup', 'aws_athena_workgroup'], 'athena', 'platform', [
  ['scanned', 'data scanned', 'Data scanned', 'TB'],
]);

const redshift: ResourcePricing = {
  types: ['AWS::Redshift::Cluster', 'aws_redshift_cluster'],
  cost: (resource, context) => {
    const type = needed(textAt(resource, 'NodeType'), 'NodeType');
    const count = numberAt(resource, 'NumberOfNodes') ?? 1;
    const price = (sku: string, unit: string) => aws('redshift', sku, unit, context);
    return components(
      standing('nodes', `${type}, on-demand`, price(type, 'instance-hour'), 'storage', context, count),
      type.startsWith('ra3')
        ? used('storage', 'managed storage', price('Managed storage', 'GB-month'), 'storage')
        : null,
    );
  },
};
const redshiftServerless: ResourcePricing = {
  types: ['AWS::RedshiftServerless::Workgroup', 'aws_redshiftserverless_workgroup'],
  cost: (resource, context) => {
    const rpus = numberAt(resource, 'BaseCapacity') ?? 128;
    const price = aws('redshift', 'RPU', 'RPU-hour', context);
    return components(
      used('rpu', `${rpus} RPUs while queries run`, price, 'storage', {
        unitsPerSecond: rpus / 3600,
        time: SECONDS_FROM_A_MINUTE,
      }),
    );
  },
};

const airflow: ResourcePricing = {
  types: ['AWS::MWAA::Environment', 'aws_mwaa_environment'],
  cost: (resource, context) => {
    const size = (textAt(resource, 'EnvironmentClass') ?? 'mw1.small').replace(/^mw1\./, '');
    const price = aws('mwaa', `Environment ${size}`, 'hour', context);
    return components(standing('hours', `Airflow environment, ${size}`, price, 'platform', context));
  },
};

const broker: ResourcePricing = {
  types: ['AWS::AmazonMQ::Broker', 'aws_mq_broker'],
  cost: (resource, context) => {
    const type = needed(textAt(resource, 'HostInstanceType'), 'HostInstanceType');
    const engine =
      (textAt(resource, 'EngineType') ?? '').toLowerCase() === 'rabbitmq' ? 'RabbitMQ' : 'ActiveMQ';
    const mode = textAt(resource, 'DeploymentMode') ?? 'SINGLE_INSTANCE';
    const count = mode.startsWith('CLUSTER') ? 3 : mode.startsWith('ACTIVE_STANDBY') ? 2 : 1;
    const price = (sku: string, unit: string) => aws('mq', `${engine} ${sku}`, unit, context);
    // ActiveMQ keeps messages on EFS unless it is told otherwise; RabbitMQ on volumes.
    const disk =
      engine === 'RabbitMQ' || textAt(resource, 'StorageType')?.toLowerCase() === 'ebs' ? 'EBS' : 'EFS';
    return components(
      standing('brokers', `${engine} ${type}`, price(type, 'instance-hour'), 'platform', context, count),
      used('storage', `messages kept on ${disk}`, price(`${disk} storage`, 'GB-month'), 'storage'),
    );
  },
};

const transfer: ResourcePricing = {
  types: ['AWS::Transfer::Server', 'aws_transfer_server'],
  cost: (resource, context) => {
    const protocols = Math.max(1, listAt(resource, 'Protocols').length);
    const price = (sku: string, unit: string) => aws('transfer', sku, unit, context);
    return components(
      standing('protocols', 'protocols enabled', price('Protocol', 'hour'), 'platform', context, protocols),
      used('data', 'data transferred', price('Data', 'GB'), 'platform'),
    );
  },
};

const emrServerless: ResourcePricing = {
  types: ['AWS::EMRServerless::Application', 'aws_emrserverless_application'],
  cost: (resource, context) => {
    const price = (sku: string, unit: string) => aws('emr-serverless', sku, unit, context);
    const chip = textAt(resource, 'Architecture') === 'ARM64' ? 'arm' : 'x86';
    const isWarm = valueAt(resource, 'InitialCapacity') !== undefined;
    return components(
      { ...used('cpu', 'vCPU of jobs', price(`vCPU ${chip}`, 'vCPU-hour'), 'compute'), isFloor: isWarm },
      used('memory', 'memory of jobs', price(`memory ${chip}`, 'GB-hour'), 'compute'),
    );
  },
};

const definitions = freeOf('a definition; the data and the runs that it describes are billed', [
  'AWS::AmazonMQ::Configuration',
  'AWS::AmazonMQ::ConfigurationAssociation',
  'AWS::Athena::DataCatalog',
  'AWS::Athena::NamedQuery',
  'AWS::Athena::PreparedStatement',
  'AWS::Glue::Classifier',
  'AWS::Glue::Connection',
  'AWS::Glue::DataCatalogEncryptionSettings',
  'AWS::Glue::Partition',
  'AWS::Glue::Registry',
  'AWS::Glue::Schema',
  'AWS::Glue::SecurityConfiguration',
  'AWS::Glue::Table',
  'AWS::Glue::Trigger',
  'AWS::Glue::Workflow',
  'AWS::Kinesis::ResourcePolicy',
  'AWS::LakeFormation::*',
  'AWS::MSK::ClusterPolicy',
  'AWS::MSK::Configuration',
  'AWS::Redshift::ClusterParameterGroup',
  'AWS::Redshift::ClusterSubnetGroup',
  'AWS::RedshiftServerless::Namespace',
  'AWS::Transfer::User',
  'aws_athena_database',
  'aws_athena_named_query',
  'aws_glue_catalog_table',
  'aws_glue_connection',
  'aws_glue_security_configuration',
  'aws_glue_trigger',
  'aws_glue_workflow',
  'aws_lakeformation_*',
  'aws_mq_configuration',
  'aws_msk_cluster_policy',
  'aws_msk_configuration',
  'aws_redshift_parameter_group',
  'aws_redshift_subnet_group',
  'aws_redshiftserverless_namespace',
  'aws_transfer_user',
]);

export const streams: readonly ResourcePricing[] = [
  stream,
  firehose,
  kafka,
  kafkaConnection,
  replicator,
  serverlessKafka,
  glueJob,
  crawler,
  catalog,
  athena,
  redshift,
  redshiftServerless,
  airflow,
  broker,
  transfer,
  emrServerless,
  definitions,
];
