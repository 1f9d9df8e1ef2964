import { aws_bedrock as bedrock, aws_iam as iam } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { boundedName } from '#constructs/aws/bounded-name';
import { contentGuardrail } from '#constructs/aws/content-guardrail';
import { modelArns } from '#constructs/aws/inference-profile';
import type { ManagedServingPlan } from '#lib/plan/plan';

const INVOKE = ['bedrock:InvokeModel', 'bedrock:InvokeModelWithResponseStream'];

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
    const guarded = managed.guardrail ? contentGuardrail(scope, 'Guardrail', boundedName(names, 50)) : null;
    this.guardrail = guarded?.guardrail ?? null;
    this.role = new iam.Role(scope, 'InvokeRole', {
      assumedBy: new iam.AccountRootPrincipal(),
      description: 'Calls the model through its profile, and nothing else',
    });
    this.allow(arns.models);
    guarded?.key.grantDecrypt(this.role);
  }

  private allow(models: readonly string[]): void {
    const profile = this.profile.attrInferenceProfileArn;
    const guarded = this.guardrail;
    // A call without the guardrail is refused, so that no caller can leave it out.
    const condition =
      guarded === null
        ? {}
        : { StringLike: { 'bedrock:GuardrailIdentifier': `${guarded.attrGuardrailArn}*` } };
    this.role.addToPolicy(
      new iam.PolicyStatement({ actions: INVOKE, resources: [profile], conditions: condition }),
    );
    this.role.addToPolicy(
      new iam.PolicyStatement({
        actions: INVOKE,
        resources: [...models],
        conditions: { ...condition, StringEquals: { 'bedrock:InferenceProfileArn': profile } },
      }),
    );
    if (guarded === null) return;
    this.role.addToPolicy(
      new iam.PolicyStatement({ actions: ['bedrock:ApplyGuardrail'], resources: [guarded.attrGuardrailArn] }),
    );
  }
}
