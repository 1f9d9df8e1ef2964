import { aws_iam as iam, aws_kms as kms, aws_s3vectors as s3vectors, RemovalPolicy } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { boundedName } from '#constructs/aws/bounded-name';
import type { StoreSlice } from '#constructs/aws/vector-stores/store-slice';

/** A vector bucket with one index, encrypted with a key of its own. */
export class S3VectorsStore extends Construct {
  /** Escape hatch: the L1, for whatever the props leave out. */
  public readonly resource: s3vectors.CfnVectorBucket;
  public readonly index: s3vectors.CfnIndex;

  public constructor(scope: Construct, id: string, { retrieval, names }: StoreSlice) {
    super(scope, id);
    const name = boundedName(names, 63);
    const key = new kms.Key(this, 'Key', {
      description: `Vectors of ${name}`,
      enableKeyRotation: true,
      removalPolicy: RemovalPolicy.RETAIN,
    });
    // The service writes its index in the background, after the request that asked for it.
    key.grantEncryptDecrypt(new iam.ServicePrincipal('indexing.s3vectors.amazonaws.com'));
    this.resource = new s3vectors.CfnVectorBucket(this, 'Resource', {
      vectorBucketName: name,
      encryptionConfiguration: { sseType: 'aws:kms', kmsKeyArn: key.keyArn },
    });
    this.resource.applyRemovalPolicy(RemovalPolicy.RETAIN);
    this.index = new s3vectors.CfnIndex(this, 'Index', {
      vectorBucketName: name,
      indexName: 'chunks',
      dataType: 'float32',
      dimension: retrieval.dimensions,
      distanceMetric: 'cosine',
      // Text is returned, never filtered on, and filterable metadata is limited to 2 kB.
      metadataConfiguration: { nonFilterableMetadataKeys: ['text'] },
    });
    this.index.applyRemovalPolicy(RemovalPolicy.RETAIN);
    this.index.addResourceDependency(this.resource);
  }
}
