import { aws_kms as kms, aws_rds as rds, Duration, RemovalPolicy } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { acknowledge, nistAndHipaa } from '#constructs/aws/acknowledged';
import { privateSubnets } from '#constructs/aws/network';
import type { StoreSlice } from '#constructs/aws/vector-stores/store-slice';

/** Aurora capacity unit: about 2 GiB of memory. */
const GIB_PER_ACU = 2;
const SMALLEST_ACU = 0.5;
const LARGEST_ACU = 256;

/** Aurora PostgreSQL Serverless v2 with the Data API; `CREATE EXTENSION vector` is the application's migration. */
export class AuroraPgvectorStore extends Construct {
  public readonly cluster: rds.DatabaseCluster;

  public constructor(scope: Construct, id: string, slice: StoreSlice) {
    super(scope, id);
    const { retrieval } = slice;
    const { vpc } = slice.network();
    const key = new kms.Key(this, 'Key', {
      description: 'Vectors and their database',
      enableKeyRotation: true,
      removalPolicy: RemovalPolicy.RETAIN,
    });
    const { sizing, copies } = retrieval;
    const maximum = capacity(sizing.capacityUnits?.count ?? sizing.memoryGib / GIB_PER_ACU);
    this.cluster = new rds.DatabaseCluster(this, 'Cluster', {
      engine: rds.DatabaseClusterEngine.auroraPostgres({ version: rds.AuroraPostgresEngineVersion.VER_17_9 }),
      vpc,
      vpcSubnets: { subnets: privateSubnets(vpc) },
      writer: rds.ClusterInstance.serverlessV2('Writer'),
      // Of the writer's size, so that it takes over at once.
      readers: Array.from({ length: copies - 1 }, (_, index) =>
        rds.ClusterInstance.serverlessV2(`Reader${index + 1}`, { scaleWithWriter: true }),
      ),
      serverlessV2MinCapacity: SMALLEST_ACU,
      serverlessV2MaxCapacity: maximum,
      defaultDatabaseName: 'vectors',
      // RDS keeps the password in a secret of its own and changes it every week; with one of ours somebody else had to.
      credentials: rds.Credentials.fromUsername('landfall', { encryptionKey: key }),
      manageMasterUserPassword: true,
      enableDataApi: true,
      iamAuthentication: true,
      storageEncrypted: true,
      storageEncryptionKey: key,
      backup: { retention: Duration.days(14) },
      copyTagsToSnapshot: true,
      cloudwatchLogsExports: ['postgresql'],
      deletionProtection: true,
      removalPolicy: RemovalPolicy.RETAIN,
    });
    for (const instance of this.cluster.node.findAll().filter((node) => node instanceof rds.CfnDBInstance)) {
      acknowledge(
        instance,
        [...nistAndHipaa('RDSEnhancedMonitoringEnabled'), ...nistAndHipaa('RDSInBackupPlan')],
        'instances hold no data: their cluster backs its volume up all the time, for two weeks; Serverless v2 sizes their hosts by itself, and what that takes is in the metrics of the cluster',
      );
    }
  }
}

/** Capacity is sold in halves. The ceiling of a cluster is at least one unit. */
function capacity(units: number): number {
  return Math.min(LARGEST_ACU, Math.max(1, Math.ceil(units * 2) / 2));
}
