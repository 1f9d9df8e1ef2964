import type { Category } from '#lib/catalog/purchase';
import { aws, components, type ResourcePricing } from '#lib/cost/resources/component';
import { used } from '#lib/cost/resources/services/network';

/** A line by use: its key, what it is called, and the SKU and unit of its price. */
export type Line = readonly [key: string, label: string, sku: string, unit: string];

function byUse(
  types: readonly string[],
  service: string,
  category: Category,
  lines: readonly Line[],
): ResourcePricing {
  return {
    types,
    cost: (_, context) =>
      components(
        ...lines.map(([key, label, sku, unit]) =>
          used(key, label, aws(service, sku, unit, context), category),
        ),
      ),
  };
}

/** Resources whose bill is made of what passes through them. */
export const byUseOnly: readonly ResourcePricing[] = [
  byUse(['AWS::S3::Bucket', 'aws_s3_bucket'], 's3', 'storage', [
    ['storage', 'S3 Standard storage', 'Standard storage first 50 TB', 'GB-month'],
    ['writes', 'S3 writes and lists', 'PUT, COPY, POST, LIST', '1k requests'],
    ['reads', 'S3 reads', 'GET', '1k requests'],
  ]),
  byUse(['AWS::S3Vectors::Index', 'aws_s3vectors_index'], 's3vectors', 'retrieval', [
    ['storage', 'vectors stored', 'storage', 'GB-month'],
    ['puts', 'vectors written', 'PUT (logical GB, 128 KB minimum per PUT)', 'GB'],
    ['queries', 'queries', 'QueryVectors API', '1M requests'],
  ]),
  byUse(['AWS::Logs::LogGroup', 'aws_cloudwatch_log_group'], 'cloudwatch', 'platform', [
    ['ingested', 'logs ingested', 'Logs ingested (standard)', 'GB'],
    ['stored', 'logs kept', 'Logs archival', 'GB-month'],
  ]),
  byUse(['AWS::Lambda::Function', 'AWS::Serverless::Function', 'aws_lambda_function'], 'lambda', 'compute', [
    ['requests', 'Lambda requests', 'Requests', '1M requests'],
    ['duration', 'Lambda duration', 'Duration x86 first tier', 'GB-second'],
  ]),
  byUse(['AWS::ECR::Repository', 'aws_ecr_repository'], 'ecr', 'storage', [
    ['storage', 'images kept', 'Storage', 'GB-month'],
  ]),
  byUse(['AWS::EFS::FileSystem', 'aws_efs_file_system'], 'efs', 'storage', [
    ['storage', 'EFS storage', 'Standard storage', 'GB-month'],
  ]),
  byUse(['AWS::ApiGateway::RestApi', 'aws_api_gateway_rest_api'], 'apigateway', 'network', [
    ['requests', 'REST requests', 'REST requests first 333M', '1M requests'],
  ]),
  byUse(['AWS::ApiGatewayV2::Api', 'aws_apigatewayv2_api'], 'apigateway', 'network', [
    ['requests', 'HTTP requests', 'HTTP requests first 300M', '1M requests'],
  ]),
  byUse(
    ['AWS::StepFunctions::StateMachine', 'AWS::Serverless::StateMachine', 'aws_sfn_state_machine'],
    'stepfunctions',
    'platform',
    [['transitions', 'state transitions', 'Standard transitions', '1k transitions']],
  ),
  byUse(
    ['AWS::BedrockAgentCore::Runtime', 'aws_bedrockagentcore_agent_runtime'],
    'bedrock-agentcore',
    'compute',
    [
      ['cpu', 'agent runtime, active CPU', 'Runtime CPU (active only)', 'vCPU-hour'],
      ['memory', 'agent runtime, memory', 'Runtime memory (session life)', 'GB-hour'],
    ],
  ),
  byUse(['AWS::ECS::Service', 'aws_ecs_service'], 'eks-fargate', 'compute', [
    ['cpu', 'Fargate vCPU', 'vCPU', 'vCPU-hour'],
    ['memory', 'Fargate memory', 'memory', 'GB-hour'],
  ]),
  byUse(['AWS::EKS::FargateProfile', 'aws_eks_fargate_profile'], 'eks-fargate', 'compute', [
    ['cpu', 'Fargate vCPU', 'vCPU', 'vCPU-hour'],
    ['memory', 'Fargate memory', 'memory', 'GB-hour'],
  ]),
  byUse(
    [
      'AWS::DynamoDB::Table',
      'AWS::DynamoDB::GlobalTable',
      'AWS::Serverless::SimpleTable',
      'aws_dynamodb_table',
    ],
    'dynamodb',
    'storage',
    [
      ['storage', 'table storage', 'Standard storage', 'GB-month'],
      ['reads', 'read request units', 'On-demand reads', '1M requests'],
      ['writes', 'write request units', 'On-demand writes', '1M requests'],
    ],
  ),
  byUse(['AWS::SQS::Queue', 'aws_sqs_queue'], 'sqs', 'platform', [
    ['requests', 'queue requests', 'Standard requests', '1M requests'],
  ]),
  byUse(['AWS::SNS::Topic', 'aws_sns_topic'], 'sns', 'platform', [
    ['requests', 'messages published', 'Publishes', '1M requests'],
  ]),
  byUse(['AWS::Events::EventBus', 'aws_cloudwatch_event_bus'], 'eventbridge', 'platform', [
    ['events', 'own events', 'Custom events', '1M events'],
  ]),
  byUse(['AWS::CloudFront::Distribution', 'aws_cloudfront_distribution'], 'cloudfront', 'network', [
    ['data', 'data out', 'Data out', 'GB'],
    ['requests', 'requests', 'HTTPS requests', '10k requests'],
  ]),
  byUse(['AWS::Kinesis::Stream', 'aws_kinesis_stream'], 'kinesis', 'platform', [
    ['data', 'data in', 'On-demand data in', 'GB'],
  ]),
  byUse(
    ['AWS::KinesisFirehose::DeliveryStream', 'aws_kinesis_firehose_delivery_stream'],
    'firehose',
    'platform',
    [['data', 'data delivered', 'Data ingested', 'GB']],
  ),
  byUse(['AWS::Glue::Job', 'aws_glue_job', 'AWS::Glue::Crawler', 'aws_glue_crawler'], 'glue', 'compute', [
    ['dpu', 'data processing units', 'DPU', 'DPU-hour'],
  ]),
  byUse(['AWS::Cognito::UserPool', 'aws_cognito_user_pool'], 'cognito', 'platform', [
    ['users', 'monthly active users', 'Monthly active user', 'user-month'],
  ]),
  byUse(['AWS::GuardDuty::Detector', 'aws_guardduty_detector'], 'guardduty', 'platform', [
    ['events', 'events analysed', 'CloudTrail events', '1M events'],
  ]),
  byUse(['AWS::Macie::Session', 'aws_macie2_account'], 'macie', 'platform', [
    ['buckets', 'buckets watched', 'Bucket', 'bucket-month'],
  ]),
  byUse(['AWS::Config::ConfigurationRecorder', 'aws_config_configuration_recorder'], 'config', 'platform', [
    ['items', 'configuration items', 'Configuration item', 'item'],
  ]),
  byUse(['AWS::CloudTrail::Trail', 'aws_cloudtrail'], 'cloudtrail', 'platform', [
    ['events', 'data events', 'Data events', '100k events'],
  ]),
  byUse(['AWS::Backup::BackupVault', 'aws_backup_vault'], 'backup', 'storage', [
    ['storage', 'backups kept', 'Warm storage', 'GB-month'],
  ]),
  byUse(['AWS::CodeBuild::Project', 'aws_codebuild_project'], 'codebuild', 'compute', [
    ['minutes', 'build minutes', 'Build minutes', 'minute'],
  ]),
  byUse(['AWS::Kendra::Index', 'aws_kendra_index'], 'kendra', 'retrieval', [
    ['hours', 'index hours', 'Index', 'hour'],
  ]),
  byUse(
    ['AWS::MSK::Cluster', 'aws_msk_cluster', 'AWS::MSK::ServerlessCluster', 'aws_msk_serverless_cluster'],
    'msk',
    'platform',
    [['hours', 'broker hours', 'Broker', 'instance-hour']],
  ),
  byUse(
    [
      'AWS::ElastiCache::ReplicationGroup',
      'AWS::ElastiCache::CacheCluster',
      'AWS::ElastiCache::ServerlessCache',
      'aws_elasticache_replication_group',
      'aws_elasticache_cluster',
      'aws_elasticache_serverless_cache',
    ],
    'elasticache',
    'storage',
    [['hours', 'node hours', 'Node', 'instance-hour']],
  ),
  byUse(['AWS::MemoryDB::Cluster', 'aws_memorydb_cluster'], 'memorydb', 'storage', [
    ['hours', 'node hours', 'Node', 'instance-hour'],
  ]),
  byUse(['AWS::Batch::ComputeEnvironment', 'aws_batch_compute_environment'], 'batch', 'compute', [
    ['instances', 'instances of jobs', 'Instances of jobs', 'instance-hour'],
  ]),
  byUse(['AWS::PCS::Cluster', 'aws_pcs_cluster'], 'pcs', 'compute', [
    ['hours', 'controller hours', 'Controller', 'hour'],
  ]),
  byUse(
    [
      'AWS::SageMaker::Cluster',
      'aws_sagemaker_hyperpod_cluster',
      'AWS::SageMaker::TrainingJob',
      'AWS::SageMaker::ProcessingJob',
    ],
    'sagemaker',
    'compute',
    [['instances', 'instances of the cluster or job', 'HyperPod instances', 'instance-hour']],
  ),
  byUse(
    [
      'AWS::SageMaker::Domain',
      'AWS::SageMaker::UserProfile',
      'AWS::SageMaker::App',
      'AWS::SageMaker::Space',
      'aws_sagemaker_domain',
      'aws_sagemaker_user_profile',
      'aws_sagemaker_app',
      'aws_sagemaker_space',
    ],
    'sagemaker',
    'compute',
    [['instances', 'instances of studio apps', 'Studio instances', 'instance-hour']],
  ),
  byUse(['AWS::SageMaker::FeatureGroup', 'aws_sagemaker_feature_group'], 'sagemaker', 'storage', [
    ['requests', 'feature store requests', 'Feature store requests', '1M requests'],
  ]),
  byUse(
    [
      'AWS::BedrockAgentCore::Gateway',
      'AWS::BedrockAgentCore::Memory',
      'AWS::BedrockAgentCore::BrowserCustom',
      'AWS::BedrockAgentCore::CodeInterpreterCustom',
      'aws_bedrockagentcore_gateway',
      'aws_bedrockagentcore_memory',
      'aws_bedrockagentcore_browser',
      'aws_bedrockagentcore_code_interpreter',
    ],
    'bedrock-agentcore',
    'platform',
    [['requests', 'requests', 'Requests', '1k requests']],
  ),
  byUse(
    ['AWS::Neptune::DBCluster', 'AWS::NeptuneGraph::Graph', 'aws_neptune_cluster', 'aws_neptunegraph_graph'],
    'neptune',
    'retrieval',
    [['hours', 'capacity hours', 'Capacity', 'hour']],
  ),
  byUse(['AWS::Timestream::Table', 'aws_timestreamwrite_table'], 'timestream', 'storage', [
    ['writes', 'writes', 'Writes', '1M requests'],
  ]),
  byUse(['AWS::XRay::Group', 'aws_xray_group'], 'xray', 'platform', [
    ['traces', 'traces recorded', 'Traces recorded', '1M traces'],
  ]),
  byUse(['AWS::EC2::TransitGateway', 'aws_ec2_transit_gateway'], 'vpc', 'network', [
    ['data', 'data through the transit gateway', 'Transit gateway data', 'GB'],
  ]),
  byUse(
    ['AWS::EC2::CapacityReservation', 'aws_ec2_capacity_reservation', 'AWS::EC2::Host', 'aws_ec2_host'],
    'ec2',
    'compute',
    [['hours', 'reserved hours', 'Reserved capacity', 'instance-hour']],
  ),
];
