import type { TerraformStack } from 'cdktf';
import { Construct } from 'constructs';
import { storeObjects, storeOperator } from '#constructs/kubernetes/stores/store';
import { storeSlice } from '#constructs/kubernetes/stores/store-slice';
import { TerraformCluster } from '#constructs/terraform/terraform-cluster';
import type { Plan } from '#lib/plan/plan';
import { ClusterStack } from '#stacks/terraform/cluster-stack';
import { operatorsStack } from '#stacks/terraform/operators-stack';

/**
 * The vector store of a plan on its cluster, under the address that the bill names; and before it, in another stack,
 * the store's operator. Both come after `after`, the stacks that make the cluster.
 */
export function retrievalStack(
  scope: Construct,
  plan: Plan,
  after: readonly TerraformStack[] = [],
): ClusterStack {
  const slice = storeSlice(plan);
  if (slice === null) throw new Error(`the plan of ${plan.option} has no vector store in its cluster`);
  const chart = storeOperator(slice.store);
  const operators = operatorsStack(scope, plan, chart === null ? [] : [chart]);
  const stack = new ClusterStack(scope, `${plan.environment}-${plan.option}-retrieval`);
  for (const earlier of after) {
    operators?.addDependency(earlier);
    stack.addDependency(earlier);
  }
  if (operators !== null) stack.addDependency(operators);
  const cluster = new TerraformCluster(new Construct(stack, 'Retrieval'), 'Store');
  for (const object of storeObjects(slice)) cluster.apply(object);
  return stack;
}
