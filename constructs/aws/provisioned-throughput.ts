import {
  Aws,
  aws_logs as logs,
  aws_iam as iam,
  custom_resources as custom,
  RemovalPolicy,
  Stack,
} from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { acknowledge, allControls, readableArn } from '#constructs/aws/acknowledged';
import { boundedName } from '#constructs/aws/bounded-name';
import { acknowledgeDeployFunction } from '#constructs/aws/deploy-function';
import { InvokeRole } from '#constructs/aws/invoke-role';
import { roleWith } from '#constructs/aws/role';
import type { ManagedServingPlan } from '#lib/plan/plan';

export interface ProvisionedThroughputProps {
  readonly managed: ManagedServingPlan;
  readonly region: string;
  /** Beginning of physical names. */
  readonly names: readonly string[];
}

const DURATIONS = { none: undefined, '1-month': 'OneMonth', '6-months': 'SixMonths' } as const;

/** Of the function that buys, in MB: what the CDK takes where nobody says. */
const MEMORY_MB = 512;

/**
 * Model units of a model that Bedrock runs, and who may call it through them. CloudFormation has no resource of it: one of
 * our own buys them. What is committed to stays when the stack goes, since AWS takes nothing back before its end. Built
 * straight into the scope.
 */
export class ProvisionedThroughput {
  public readonly role: iam.Role;

  public constructor(scope: Construct, { managed, region, names }: ProvisionedThroughputProps) {
    const { modelId, provisioned } = managed;
    if (provisioned === undefined) throw new Error(`the plan of ${modelId} has no model units`);
    const { modelUnits, term } = provisioned;
    const bedrock = `arn:${Aws.PARTITION}:bedrock:${region}`;
    const bought = `${bedrock}:${Aws.ACCOUNT_ID}:provisioned-model/*`;
    const commitmentDuration = DURATIONS[term];
    const call = (action: string, parameters: object, ...rest: [custom.PhysicalResourceId] | []) => ({
      service: 'bedrock',
      action,
      region,
      parameters,
      ...(rest[0] === undefined ? {} : { physicalResourceId: rest[0] }),
    });
    const create = call(
      'createProvisionedModelThroughput',
      {
        modelId,
        modelUnits,
        provisionedModelName: boundedName(names, 63),
        ...(commitmentDuration === undefined ? {} : { commitmentDuration }),
      },
      custom.PhysicalResourceId.fromResponse('provisionedModelArn'),
    );
    const log = new logs.LogGroup(scope, 'ThroughputLog', { retention: logs.RetentionDays.ONE_YEAR });
    acknowledge(
      log,
      allControls('CloudWatchLogGroupEncrypted'),
      'holds the calls that buy and give back model units: no prompt and no answer, so no key is bought for it',
    );
    const resource = new custom.AwsCustomResource(scope, 'Throughput', {
      resourceType: 'Custom::BedrockProvisionedThroughput',
      installLatestAwsSdk: false,
      onCreate: create,
      ...(commitmentDuration === undefined
        ? {
            onDelete: call('deleteProvisionedModelThroughput', {
              provisionedModelId: new custom.PhysicalResourceIdReference(),
            }),
          }
        : {}),
      removalPolicy: commitmentDuration === undefined ? RemovalPolicy.DESTROY : RemovalPolicy.RETAIN,
      logGroup: log,
      memorySize: MEMORY_MB,
      role: buyerRole(scope, { log, bought, model: `${bedrock}::foundation-model/${modelId}` }),
    });
    acknowledgeBuyer(scope);
    const caller = new InvokeRole(scope, {
      guardrail: managed.guardrail,
      names,
      description: 'Calls the model through its model units, and nothing else',
    });
    caller.allow({ resources: [resource.getResponseField('provisionedModelArn')] });
    this.role = caller.role;
  }
}

interface Bought {
  readonly log: logs.ILogGroup;
  /** ARNs of what it buys and of the model that it buys units of. */
  readonly bought: string;
  readonly model: string;
}

/** What the function that buys may do: buy units of one model, give them back, write its log. */
function buyerRole(scope: Construct, { log, bought, model }: Bought): iam.IRole {
  const { role, policy } = roleWith(scope, 'ThroughputRole', {
    assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com'),
    description: 'Buys model units of one model, and gives them back',
    statements: [
      new iam.PolicyStatement({
        actions: ['bedrock:CreateProvisionedModelThroughput'],
        resources: [model, bought],
      }),
      new iam.PolicyStatement({
        actions: ['bedrock:DeleteProvisionedModelThroughput'],
        resources: [bought],
      }),
      new iam.PolicyStatement({
        actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
        resources: [log.logGroupArn],
      }),
    ],
  });
  acknowledge(
    policy,
    [`AwsSolutions-IAM5[Resource::${readableArn(bought)}]`],
    'Bedrock makes up the ids of what is bought, which must exist before they can be named',
  );
  return role;
}

/** The CDK has one function in a stack for all resources that are calls. */
function acknowledgeBuyer(scope: Construct): void {
  const id = `AWS${custom.AwsCustomResource.PROVIDER_FUNCTION_UUID.replaceAll('-', '')}`;
  const buyer = Stack.of(scope).node.findChild(id);
  acknowledgeDeployFunction(buyer);
  acknowledge(
    buyer,
    allControls('LambdaInsideVPC'),
    'calls Bedrock and CloudFormation alone, which are reached by their public endpoints: the option has no network',
  );
}
