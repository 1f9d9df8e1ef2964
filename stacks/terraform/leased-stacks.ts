import type { Construct } from 'constructs';
import type { Plan } from '#lib/plan/plan';
import { retrievalStack } from '#stacks/terraform/retrieval-stack';
import { servingStack } from '#stacks/terraform/serving-stack';

/** A cluster that the provider hands over: the model server, and the vector store where the scenario retrieves. */
export function leasedStacks(scope: Construct, plan: Plan): void {
  servingStack(scope, plan);
  if (plan.retrieval !== null) retrievalStack(scope, plan);
}
