import type { Construct } from 'constructs';
import type { Plan } from '#lib/plan/plan';
import { hardwareStack } from '#stacks/terraform/hardware-stack';
import { retrievalStack } from '#stacks/terraform/retrieval-stack';
import { servingStack } from '#stacks/terraform/serving-stack';

/** Owned servers: the metal first, by a management cluster; then the cluster that it becomes. */
export function ownedStacks(scope: Construct, plan: Plan): void {
  const hardware = hardwareStack(scope, plan);
  servingStack(scope, plan, [hardware]);
  if (plan.retrieval !== null) retrievalStack(scope, plan, [hardware]);
}
