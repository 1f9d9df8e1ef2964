import type { Construct } from 'constructs';
import type { HelmChart } from '#constructs/kubernetes/kubernetes-object';
import { mirroredChart } from '#constructs/kubernetes/mirrored-chart';
import { TerraformCluster } from '#constructs/terraform/terraform-cluster';
import type { Plan } from '#lib/plan/plan';
import { ClusterStack } from '#stacks/terraform/cluster-stack';

class OperatorsStack extends ClusterStack {
  public readonly cluster = new TerraformCluster(this, 'Operators');
}

/**
 * The stack of a plan's operators with these charts added to it; `null` where there are none to add. A stack of its own,
 * applied before the others: Terraform cannot even plan an object whose definition the cluster does not have yet.
 */
export function operatorsStack(
  scope: Construct,
  plan: Plan,
  charts: readonly HelmChart[],
): ClusterStack | null {
  if (charts.length === 0) return null;
  const id = `${plan.environment}-${plan.option}-operators`;
  const existing = scope.node.tryFindChild(id);
  const stack = existing instanceof OperatorsStack ? existing : new OperatorsStack(scope, id);
  for (const chart of charts) stack.cluster.install(mirroredChart(chart, plan.cluster?.imageRegistry));
  return stack;
}
