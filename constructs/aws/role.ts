import { aws_iam as iam } from 'aws-cdk-lib';
import type { Construct } from 'constructs';

export interface RoleProps {
  readonly assumedBy: iam.IPrincipal;
  readonly description: string;
  readonly statements: readonly iam.PolicyStatement[];
  /** Policies that AWS keeps up. @default - none */
  readonly managedPolicies?: readonly iam.IManagedPolicy[];
}

/** A role and the policy that holds its own rights. */
export interface RoleWithPolicy {
  readonly role: iam.IRole;
  readonly policy: iam.ManagedPolicy;
}

/**
 * A role whose rights are one policy of its own: an inline one is seen by nobody who looks at policies. What other
 * constructs would add to it is left out, so all that it may do stands in `statements`.
 */
export function roleWith(scope: Construct, id: string, props: RoleProps): RoleWithPolicy {
  const policy = new iam.ManagedPolicy(scope, `${id}Policy`, {
    description: props.description,
    statements: [...props.statements],
  });
  const role = new iam.Role(scope, id, {
    assumedBy: props.assumedBy,
    description: props.description,
    managedPolicies: [policy, ...(props.managedPolicies ?? [])],
  });
  return { role: role.withoutPolicyUpdates(), policy };
}
