import { Aws, aws_iam as iam, aws_kms as kms, aws_s3 as s3, Duration, RemovalPolicy } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { acknowledge, allControls, logicalId } from '#constructs/aws/acknowledged';
import { importMachine } from '#constructs/aws/import-machine';
import { InvokeRole } from '#constructs/aws/invoke-role';
import { letLogsUse } from '#constructs/aws/logs-key';
import { roleWith } from '#constructs/aws/role';
import type { ManagedServingPlan } from '#lib/plan/plan';

export interface ImportedModelProps {
  readonly managed: ManagedServingPlan;
  readonly region: string;
  /** Beginning of physical names. */
  readonly names: readonly string[];
  /** On what is imported: callers may call models with them, and no other import. */
  readonly tags: Readonly<Record<string, string>>;
}

/**
 * Weights that Bedrock serves: the bucket that they are put into, the role that reads them, a state machine that imports
 * them, and who may call the result. CloudFormation has no import of models. Built straight into the scope.
 */
export class ImportedModel {
  public readonly bucket: s3.Bucket;
  public readonly role: iam.Role;

  public constructor(scope: Construct, { managed, region, names, tags }: ImportedModelProps) {
    const key = new kms.Key(scope, 'WeightsKey', {
      description: 'Weights of models to import',
      enableKeyRotation: true,
      removalPolicy: RemovalPolicy.RETAIN,
    });
    this.bucket = new s3.Bucket(scope, 'Weights', {
      encryption: s3.BucketEncryption.KMS,
      encryptionKey: key,
      bucketKeyEnabled: true,
      blockPublicAccess: s3.BlockPublicAccess.BLOCK_ALL,
      enforceSSL: true,
      versioned: true,
      // An upload of many GB that was broken off is paid for until somebody clears it away.
      lifecycleRules: [{ abortIncompleteMultipartUploadAfter: Duration.days(7) }],
      removalPolicy: RemovalPolicy.RETAIN,
    });
    acknowledge(
      this.bucket,
      ['AwsSolutions-S1', ...allControls('S3BucketLoggingEnabled')],
      'one role reads it, by jobs that CloudTrail records; a bucket for logs of access cannot be encrypted with a key of our own',
    );
    acknowledge(
      this.bucket,
      allControls('S3BucketReplicationEnabled'),
      'a copy of weights whose training run or hub keeps them; each version stays here, and one import reads them in this region',
    );
    const account = `arn:${Aws.PARTITION}:bedrock:${region}:${Aws.ACCOUNT_ID}`;
    const { role: reader, policy } = roleWith(scope, 'ImportRole', {
      description: 'Reads weights for import jobs of this account',
      statements: [
        new iam.PolicyStatement({ actions: ['s3:GetObject'], resources: [this.bucket.arnForObjects('*')] }),
        new iam.PolicyStatement({ actions: ['s3:ListBucket'], resources: [this.bucket.bucketArn] }),
        new iam.PolicyStatement({ actions: ['kms:Decrypt'], resources: [key.keyArn] }),
      ],
      assumedBy: new iam.ServicePrincipal('bedrock.amazonaws.com', {
        conditions: {
          StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID },
          ArnEquals: { 'aws:SourceArn': `${account}:model-import-job/*` },
        },
      }),
    });
    acknowledge(
      policy,
      [`AwsSolutions-IAM5[Resource::<${logicalId(this.bucket)}.Arn>/*]`],
      'every object of the bucket is a part of weights to import, under a prefix that each import names',
    );
    letLogsUse(key);
    importMachine(scope, { bucket: this.bucket, key, reader, account, names, tags });
    const caller = new InvokeRole(scope, {
      guardrail: managed.guardrail,
      names,
      description: 'Calls models that this stack imported, and nothing else',
    });
    // The service makes the id of a model up: its tags say which are meant.
    const equals = Object.fromEntries(
      Object.entries(tags).map(([tag, value]) => [`aws:ResourceTag/${tag}`, value]),
    );
    caller.allow({ resources: [`${account}:imported-model/*`], equals });
    this.role = caller.role;
  }
}
