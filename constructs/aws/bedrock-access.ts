import { aws_bedrock as bedrock, aws_iam as iam } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { boundedName } from '#constructs/aws/bounded-name';
import { acknowledge } from '#constructs/aws/acknowledged';
import { contentGuardrail } from '#constructs/aws/content-guardrail';
import { modelArns } from '#constructs/aws/inference-profile';
import { roleWith } from '#constructs/aws/role';
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
  public readonly role: iam.IRole;

  public constructor(scope: Construct, props: BedrockAccessProps) {
    const { managed, region, names } = props;
    const arns = modelArns(managed, region);
    this.profile = new bedrock.CfnApplicationInferenceProfile(scope, 'Profile', {
      inferenceProfileName: boundedName(names, 64),
      modelSource: { copyFrom: arns.source },
    });
    const guarded = managed.guardrail ? contentGuardrail(scope, 'Guardrail', boundedName(names, 50)) : null;
    this.guardrail = guarded?.guardrail ?? null;
    const { role, policy } = roleWith(scope, 'InvokeRole', {
      assumedBy: new iam.AccountRootPrincipal(),
      description: 'Calls the model through its profile, and nothing else',
      statements: [
        ...this.invoking(arns.models),
        ...(guarded === null
          ? []
          : [
              new iam.PolicyStatement({
                actions: ['bedrock:ApplyGuardrail'],
                resources: [guarded.guardrail.attrGuardrailArn],
              }),
              new iam.PolicyStatement({ actions: ['kms:Decrypt'], resources: [guarded.key.keyArn] }),
            ]),
      ],
    });
    this.role = role;
    acknowledge(
      policy,
      arns.models
        .filter((arn) => arn.includes(':bedrock:*:'))
        .map(
          (arn) =>
            `AwsSolutions-IAM5[Resource::${arn.replaceAll(/\$\{Token\[[^\]]*\]\}/g, '<AWS::Partition>')}]`,
        ),
      'a profile over regions answers from whichever has room: the model is named, and only calls through this profile are let in',
    );
  }

  private invoking(models: readonly string[]): iam.PolicyStatement[] {
    const profile = this.profile.attrInferenceProfileArn;
    const guarded = this.guardrail;
    // A call without the guardrail is refused, so that no caller can leave it out.
    const condition =
      guarded === null
        ? {}
        : { StringLike: { 'bedrock:GuardrailIdentifier': `${guarded.attrGuardrailArn}*` } };
    return [
      new iam.PolicyStatement({ actions: INVOKE, resources: [profile], conditions: condition }),
      new iam.PolicyStatement({
        actions: INVOKE,
        resources: [...models],
        conditions: { ...condition, StringEquals: { 'bedrock:InferenceProfileArn': profile } },
      }),
    ];
  }
}
