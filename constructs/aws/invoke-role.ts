import { aws_iam as iam, type aws_bedrock as bedrock, type aws_kms as kms } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { acknowledge, readableArn } from '#constructs/aws/acknowledged';
import { boundedName } from '#constructs/aws/bounded-name';
import { contentGuardrail } from '#constructs/aws/content-guardrail';

const INVOKE = ['bedrock:InvokeModel', 'bedrock:InvokeModelWithResponseStream'];

export interface InvokeRoleProps {
  readonly guardrail: boolean;
  /** Beginning of physical names. */
  readonly names: readonly string[];
  readonly description: string;
}

/** Who may call a model of Bedrock, and the guardrail without which no call is let through. Built straight into the scope. */
export class InvokeRole {
  public readonly guardrail: bedrock.CfnGuardrail | null;
  public readonly role: iam.Role;
  private readonly scope: Construct;
  private readonly key: kms.Key | null;

  public constructor(scope: Construct, { guardrail, names, description }: InvokeRoleProps) {
    this.scope = scope;
    const guarded = guardrail ? contentGuardrail(scope, 'Guardrail', boundedName(names, 50)) : null;
    this.guardrail = guarded?.guardrail ?? null;
    this.role = new iam.Role(scope, 'InvokeRole', { assumedBy: new iam.AccountRootPrincipal(), description });
    this.key = guarded?.key ?? null;
  }

  /**
   * Each set of resources under its own condition, once; a call without the guardrail is refused, so that no caller can leave it
   * out.
   */
  public allow(
    ...models: readonly {
      readonly resources: readonly string[];
      readonly equals?: Readonly<Record<string, string>>;
    }[]
  ): void {
    const guarded = this.guardrail;
    const through =
      guarded === null
        ? {}
        : { StringLike: { 'bedrock:GuardrailIdentifier': `${guarded.attrGuardrailArn}*` } };
    const statements = models.map(
      ({ resources, equals }) =>
        new iam.PolicyStatement({
          actions: INVOKE,
          resources: [...resources],
          conditions: { ...through, ...(equals === undefined ? {} : { StringEquals: equals }) },
        }),
    );
    if (guarded !== null && this.key !== null) {
      statements.push(
        new iam.PolicyStatement({
          actions: ['bedrock:ApplyGuardrail'],
          resources: [guarded.attrGuardrailArn],
        }),
        new iam.PolicyStatement({ actions: ['kms:Decrypt'], resources: [this.key.keyArn] }),
      );
    }
    const policy = new iam.ManagedPolicy(this.scope, 'InvokeRolePolicy', { roles: [this.role], statements });
    const open = models.flatMap(({ resources }) => resources.filter((arn) => arn.includes('*')));
    acknowledge(
      policy,
      open.map((arn) => `AwsSolutions-IAM5[Resource::${readableArn(arn)}]`),
      'which region of a profile answers, or what id an import gets, the service decides: conditions let in this profile or these tags alone',
    );
  }
}
