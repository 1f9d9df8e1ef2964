/**
 * Types whose deletion or replacement takes data, identity or access with it that no template brings back. The published
 * specification marks only a few as stateful; this list is ours, and a test holds that it has all of those.
 */
const STATEFUL = [
  // Databases and search
  'AWS::RDS::DBInstance',
  'AWS::RDS::DBCluster',
  'AWS::RDS::GlobalCluster',
  'AWS::DocDB::DBCluster',
  'AWS::DocDB::DBInstance',
  'AWS::DocDBElastic::Cluster',
  'AWS::Neptune::DBCluster',
  'AWS::Neptune::DBInstance',
  'AWS::NeptuneGraph::Graph',
  'AWS::DynamoDB::Table',
  'AWS::DynamoDB::GlobalTable',
  'AWS::DAX::Cluster',
  'AWS::ElastiCache::CacheCluster',
  'AWS::ElastiCache::ReplicationGroup',
  'AWS::ElastiCache::ServerlessCache',
  'AWS::ElastiCache::GlobalReplicationGroup',
  'AWS::MemoryDB::Cluster',
  'AWS::MemoryDB::MultiRegionCluster',
  'AWS::OpenSearchServerless::Collection',
  'AWS::OpenSearchServerless::Index',
  'AWS::OpenSearchService::Domain',
  'AWS::Elasticsearch::Domain',
  'AWS::Redshift::Cluster',
  'AWS::RedshiftServerless::Namespace',
  'AWS::Timestream::Database',
  'AWS::Timestream::Table',
  'AWS::Timestream::InfluxDBInstance',
  'AWS::Cassandra::Keyspace',
  'AWS::Cassandra::Table',
  'AWS::DSQL::Cluster',
  'AWS::QLDB::Ledger',
  'AWS::SDB::Domain',
  'AWS::DMS::ReplicationInstance',
  // Objects, files, disks, backups
  'AWS::S3::Bucket',
  'AWS::S3Express::DirectoryBucket',
  'AWS::S3Outposts::Bucket',
  'AWS::S3Tables::Table',
  'AWS::S3Tables::TableBucket',
  'AWS::S3Tables::Namespace',
  'AWS::S3Vectors::VectorBucket',
  'AWS::S3Vectors::Index',
  'AWS::EFS::FileSystem',
  'AWS::FSx::FileSystem',
  'AWS::FSx::Volume',
  'AWS::FSx::StorageVirtualMachine',
  'AWS::FSx::Snapshot',
  'AWS::EC2::Volume',
  'AWS::Backup::BackupVault',
  'AWS::Backup::LogicallyAirGappedBackupVault',
  'AWS::ECR::Repository',
  'AWS::ECR::PublicRepository',
  'AWS::CodeCommit::Repository',
  'AWS::CodeArtifact::Repository',
  'AWS::CodeArtifact::Domain',
  // Models, knowledge and agents
  'AWS::Bedrock::KnowledgeBase',
  'AWS::Bedrock::DataSource',
  'AWS::BedrockAgentCore::Memory',
  'AWS::SageMaker::Domain',
  'AWS::SageMaker::FeatureGroup',
  'AWS::SageMaker::ModelPackageGroup',
  'AWS::SageMaker::MlflowTrackingServer',
  'AWS::SageMaker::NotebookInstance',
  'AWS::SageMaker::Cluster',
  'AWS::Kendra::Index',
  'AWS::QBusiness::Application',
  'AWS::QBusiness::Index',
  'AWS::Lex::Bot',
  // Clusters and machines that hold state of their own
  'AWS::EKS::Cluster',
  'AWS::EC2::Instance',
  'AWS::EMR::Cluster',
  'AWS::WorkSpaces::Workspace',
  // All that is in them
  'AWS::CloudFormation::Stack',
  'AWS::Organizations::Account',
  // Queues, streams, logs
  'AWS::SQS::Queue',
  'AWS::SNS::Topic',
  'AWS::Kinesis::Stream',
  'AWS::KinesisFirehose::DeliveryStream',
  'AWS::MSK::Cluster',
  'AWS::MSK::ServerlessCluster',
  'AWS::AmazonMQ::Broker',
  'AWS::Logs::LogGroup',
  'AWS::CloudTrail::EventDataStore',
  // Keys, secrets and identities: what they protect is lost with them
  'AWS::KMS::Key',
  'AWS::KMS::ReplicaKey',
  'AWS::SecretsManager::Secret',
  'AWS::Cognito::UserPool',
  'AWS::Cognito::IdentityPool',
  'AWS::ACMPCA::CertificateAuthority',
  // Terraform: Kubernetes
  'kubernetes_persistent_volume_claim',
  'kubernetes_persistent_volume_claim_v1',
  'kubernetes_persistent_volume',
  'kubernetes_persistent_volume_v1',
  'kubernetes_stateful_set',
  'kubernetes_stateful_set_v1',
  'kubernetes_namespace',
  'kubernetes_namespace_v1',
  // Terraform: AWS
  'aws_db_instance',
  'aws_rds_cluster',
  'aws_rds_cluster_instance',
  'aws_docdb_cluster',
  'aws_neptune_cluster',
  'aws_dynamodb_table',
  'aws_elasticache_cluster',
  'aws_elasticache_replication_group',
  'aws_memorydb_cluster',
  'aws_opensearch_domain',
  'aws_opensearchserverless_collection',
  'aws_redshift_cluster',
  'aws_s3_bucket',
  'aws_s3vectors_vector_bucket',
  'aws_s3vectors_index',
  'aws_efs_file_system',
  'aws_fsx_lustre_file_system',
  'aws_fsx_openzfs_file_system',
  'aws_ebs_volume',
  'aws_ecr_repository',
  'aws_eks_cluster',
  'aws_kms_key',
  'aws_secretsmanager_secret',
  'aws_cloudwatch_log_group',
  'aws_sqs_queue',
  'aws_bedrockagent_knowledge_base',
] as const;

/** Kinds of Kubernetes objects that hold data, whoever's definition they follow. */
const STATEFUL_KINDS = new Set([
  'PersistentVolumeClaim',
  'PersistentVolume',
  'StatefulSet',
  // Databases and vector stores by their operators
  'Cluster',
  'Milvus',
  'Qdrant',
  'QdrantCluster',
  'WeaviateCluster',
  'OpenSearchCluster',
  'Elasticsearch',
  'Tenant',
  'ObjectBucketClaim',
  'CephCluster',
  'CephFilesystem',
  'CephBlockPool',
  'CephObjectStore',
  'RedisCluster',
  'PostgresCluster',
  'Kafka',
  // Machines: what they run on is wiped when they are provisioned anew
  'BareMetalHost',
  // A definition takes all objects of its kind with it, a namespace all that is in it
  'CustomResourceDefinition',
  'Namespace',
]);

const BY_NAME: ReadonlySet<string> = new Set(STATEFUL);

/**
 * Whether losing such a resource loses what cannot be made again.
 *
 * @param type - Of CloudFormation, of Terraform, or of a Kubernetes object: `kubernetes_manifest:apps/v1/StatefulSet`
 */
export function isStateful(type: string): boolean {
  const kind = /^kubernetes_manifest:.*\/(\w+)$/.exec(type)?.[1];
  if (kind !== undefined) return STATEFUL_KINDS.has(kind);
  return BY_NAME.has(type);
}
