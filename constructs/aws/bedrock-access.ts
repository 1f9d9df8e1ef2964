import { aws_bedrock as bedrock, type aws_iam as iam } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { boundedName } from '#constructs/aws/bounded-name';
import { modelArns } from '#constructs/aws/inference-profile';
import { InvokeRole } from '#constructs/aws/invoke-role';
import type { ManagedServingPlan } from '#lib/plan/plan';

export interface BedrockAccessProps {
  readonly managed: ManagedServingPlan;
  readonly region: string;
  /** Beginning of physical names. */
  readonly names: readonly string[];
}

/** One managed model, called through a profile that carries the tags of the bill. Built straight into the scope. */
export class BedrockAccess {
  public readonly profile: bedrock.CfnApplicationInferenceProfile;
  public readonly guardrail: bedrock.CfnGuardrail | null;
  public readonly role: iam.Role;

  public constructor(scope: Construct, props: BedrockAccessProps) {
    const { managed, region, names } = props;
    const arns = modelArns(managed, region);
    this.profile = new bedrock.CfnApplicationInferenceProfile(scope, 'Profile', {
      inferenceProfileName: boundedName(names, 64),
      modelSource: { copyFrom: arns.source },
    });
    const caller = new InvokeRole(scope, {
      guardrail: managed.guardrail,
      names,
      description: 'Calls the model through its profile, and nothing else',
    });
    const profile = this.profile.attrInferenceProfileArn;
    caller.allow(
      { resources: [profile] },
      { resources: arns.models, equals: { 'bedrock:InferenceProfileArn': profile } },
    );
    this.guardrail = caller.guardrail;
    this.role = caller.role;
  }
}
