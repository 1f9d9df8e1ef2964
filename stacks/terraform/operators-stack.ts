import type { Construct } from 'constructs';
import { storeOperator } from '#constructs/kubernetes/stores/store';
import { storeSlice } from '#constructs/kubernetes/stores/store-slice';
import { TerraformCluster } from '#constructs/terraform/terraform-cluster';
import type { Plan } from '#lib/plan/plan';
import { ClusterStack } from '#stacks/terraform/cluster-stack';

/**
 * The operators that the plan's objects need; `null` where they need none. A stack of its own, applied before the
 * others: Terraform cannot even plan an object whose definition the cluster does not have yet.
 */
export function operatorsStack(scope: Construct, plan: Plan): ClusterStack | null {
  const slice = storeSlice(plan);
  const chart = slice === null ? null : storeOperator(slice.store);
  if (chart === null) return null;
  const stack = new ClusterStack(scope, `${plan.environment}-${plan.option}-operators`);
  new TerraformCluster(stack, 'Operators').install(chart);
  return stack;
}
