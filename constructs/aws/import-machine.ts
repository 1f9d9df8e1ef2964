import {
  aws_iam as iam,
  aws_logs as logs,
  aws_stepfunctions as sfn,
  aws_stepfunctions_tasks as tasks,
  Duration,
  type aws_kms as kms,
  type aws_s3 as s3,
} from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { acknowledge, readableArn } from '#constructs/aws/acknowledged';
import { boundedName } from '#constructs/aws/bounded-name';
import { roleWith } from '#constructs/aws/role';

export interface ImportMachineProps {
  readonly bucket: s3.IBucket;
  /** Of the bucket; its log is encrypted with it, too. */
  readonly key: kms.IKey;
  /** Who reads the weights for the job. */
  readonly reader: iam.IRole;
  /** Beginning of ARNs of Bedrock in this account and region. */
  readonly account: string;
  readonly names: readonly string[];
  readonly tags: Readonly<Record<string, string>>;
}

/** Names of jobs and models have 63 characters at most, of which the name of an execution takes 36 and a dash. */
const LONGEST_NAME = 63 - 37;
const POLL = Duration.minutes(1);
/** Jobs take minutes; one that is not done by then is stuck. */
const LONGEST_JOB = Duration.hours(12);

/**
 * Imports what lies under `prefix` of the bucket, which an execution is started with: `{ "prefix": "2026-11/" }`. Its
 * output names the imported model. Started again under its name it makes no second job.
 */
export function importMachine(
  scope: Construct,
  { bucket, key, reader, account, names, tags }: ImportMachineProps,
): sfn.StateMachine {
  const name = `States.Format('${boundedName(names, LONGEST_NAME)}-{}', $$.Execution.Name)`;
  const modelTags = Object.entries(tags).map(([key, value]) => ({ Key: key, Value: value }));
  const create = new tasks.CallAwsService(scope, 'CreateImportJob', {
    service: 'bedrock',
    action: 'createModelImportJob',
    parameters: {
      'JobName.$': name,
      'ImportedModelName.$': name,
      'ClientRequestToken.$': '$$.Execution.Name',
      RoleArn: reader.roleArn,
      ModelDataSource: {
        S3DataSource: { 'S3Uri.$': `States.Format('s3://${bucket.bucketName}/{}', $.prefix)` },
      },
      ImportedModelTags: modelTags,
      JobTags: modelTags,
    },
    // The action takes no resource.
    iamResources: ['*'],
    resultPath: '$.job',
  });
  const wait = new sfn.Wait(scope, 'WhileItImports', { time: sfn.WaitTime.duration(POLL) });
  const look = new tasks.CallAwsService(scope, 'GetImportJob', {
    service: 'bedrock',
    action: 'getModelImportJob',
    parameters: { 'JobIdentifier.$': '$.job.JobArn' },
    iamResources: [`${account}:model-import-job/*`],
    resultPath: '$.state',
  });
  const done = new sfn.Choice(scope, 'IsItDone')
    .when(
      sfn.Condition.stringEquals('$.state.Status', 'Completed'),
      new sfn.Succeed(scope, 'Imported', { outputPath: '$.state' }),
    )
    .when(
      sfn.Condition.stringEquals('$.state.Status', 'Failed'),
      new sfn.Fail(scope, 'NotImported', { error: 'ImportFailed', causePath: '$.state.FailureMessage' }),
    )
    .otherwise(wait);
  return new sfn.StateMachine(scope, 'Import', {
    role: machineRole(scope, { reader, account }),
    comment: 'Imports the weights under the prefix that it is started with: { "prefix": "2026-11/" }',
    definitionBody: sfn.DefinitionBody.fromChainable(create.next(wait).next(look).next(done)),
    timeout: LONGEST_JOB,
    tracingEnabled: true,
    logs: {
      destination: new logs.LogGroup(scope, 'ImportLog', {
        retention: logs.RetentionDays.ONE_YEAR,
        encryptionKey: key,
      }),
      level: sfn.LogLevel.ALL,
    },
  });
}

/** What the machine may do: start jobs with the reader's role, look at them, write its log and its traces. */
function machineRole(
  scope: Construct,
  { reader, account }: Pick<ImportMachineProps, 'reader' | 'account'>,
): iam.IRole {
  const jobs = `${account}:model-import-job/*`;
  const { role, policy } = roleWith(scope, 'ImportMachineRole', {
    assumedBy: new iam.ServicePrincipal('states.amazonaws.com'),
    description: 'Imports models of this option',
    statements: [
      // None of these takes a resource.
      statement(['bedrock:CreateModelImportJob', ...LOG_DELIVERY, ...TRACING], ['*']),
      statement(['bedrock:GetModelImportJob'], [jobs]),
      statement(['bedrock:TagResource'], [jobs, `${account}:imported-model/*`]),
      new iam.PolicyStatement({
        actions: ['iam:PassRole'],
        resources: [reader.roleArn],
        conditions: { StringEquals: { 'iam:PassedToService': 'bedrock.amazonaws.com' } },
      }),
    ],
  });
  acknowledge(
    policy,
    ['*', jobs, `${account}:imported-model/*`].map(
      (arn) => `AwsSolutions-IAM5[Resource::${readableArn(arn)}]`,
    ),
    'the service makes up the ids of jobs and models; to make a job, to deliver logs and to trace take no resource',
  );
  return role;
}

const LOG_DELIVERY = [
  'logs:CreateLogDelivery',
  'logs:DeleteLogDelivery',
  'logs:DescribeLogGroups',
  'logs:DescribeResourcePolicies',
  'logs:GetLogDelivery',
  'logs:ListLogDeliveries',
  'logs:PutResourcePolicy',
  'logs:UpdateLogDelivery',
];
const TRACING = [
  'xray:GetSamplingRules',
  'xray:GetSamplingTargets',
  'xray:PutTelemetryRecords',
  'xray:PutTraceSegments',
];

function statement(actions: string[], resources: string[]): iam.PolicyStatement {
  return new iam.PolicyStatement({ actions, resources });
}
