import {
  Aws,
  aws_logs as logs,
  aws_iam as iam,
  custom_resources as custom,
  RemovalPolicy,
} from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { boundedName } from '#constructs/aws/bounded-name';
import { InvokeRole } from '#constructs/aws/invoke-role';
import type { ManagedServingPlan } from '#lib/plan/plan';

export interface ProvisionedThroughputProps {
  readonly managed: ManagedServingPlan;
  readonly region: string;
  /** Beginning of physical names. */
  readonly names: readonly string[];
}

const DURATIONS = { none: undefined, '1-month': 'OneMonth', '6-months': 'SixMonths' } as const;

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
      logGroup: new logs.LogGroup(scope, 'ThroughputLog', { retention: logs.RetentionDays.THREE_MONTHS }),
      policy: custom.AwsCustomResourcePolicy.fromStatements([
        new iam.PolicyStatement({
          actions: ['bedrock:CreateProvisionedModelThroughput'],
          resources: [`${bedrock}::foundation-model/${modelId}`, bought],
        }),
        new iam.PolicyStatement({
          actions: ['bedrock:DeleteProvisionedModelThroughput'],
          resources: [bought],
        }),
      ]),
    });
    const caller = new InvokeRole(scope, {
      guardrail: managed.guardrail,
      names,
      description: 'Calls the model through its model units, and nothing else',
    });
    caller.allow({ resources: [resource.getResponseField('provisionedModelArn')] });
    this.role = caller.role;
  }
}
