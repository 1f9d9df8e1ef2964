import type { TerraformStack } from 'cdktf';
import type { Construct } from 'constructs';
import { modelServer } from '#constructs/kubernetes/model-server';
import { servingOperators } from '#constructs/kubernetes/model-server/operators';
import { readerServers } from '#constructs/kubernetes/reader-servers';
import { servingSlice } from '#constructs/kubernetes/serving-slice';
import { TerraformCluster } from '#constructs/terraform/terraform-cluster';
import type { Plan } from '#lib/plan/plan';
import { ClusterStack } from '#stacks/terraform/cluster-stack';
import { operatorsStack } from '#stacks/terraform/operators-stack';

/**
 * The model server of a plan, and what reads for it, on a cluster that exists; before it, in another stack, the operator that its objects may
 * need. Both come after `after`, the stacks that make the cluster.
 */
export function servingStack(
  scope: Construct,
  plan: Plan,
  after: readonly TerraformStack[] = [],
): ClusterStack {
  const slice = servingSlice(plan);
  const operators = operatorsStack(scope, plan, servingOperators(slice));
  const stack = new ClusterStack(scope, `${plan.environment}-${plan.option}-serving`);
  for (const earlier of after) {
    operators?.addDependency(earlier);
    stack.addDependency(earlier);
  }
  if (operators !== null) stack.addDependency(operators);
  const cluster = new TerraformCluster(stack, 'Serving');
  for (const object of [...modelServer(slice), ...readerServers(plan)]) cluster.apply(object);
  return stack;
}
