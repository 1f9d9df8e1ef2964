import type { Construct } from 'constructs';
import { modelServer } from '#constructs/kubernetes/model-server';
import { servingSlice } from '#constructs/kubernetes/serving-slice';
import { TerraformCluster } from '#constructs/terraform/terraform-cluster';
import type { Plan } from '#lib/plan/plan';
import { ClusterStack } from '#stacks/terraform/cluster-stack';

/** The model server of a plan on a cluster that exists. */
export function servingStack(scope: Construct, plan: Plan): ClusterStack {
  const stack = new ClusterStack(scope, `${plan.environment}-${plan.option}-serving`);
  const cluster = new TerraformCluster(stack, 'Serving');
  for (const object of modelServer(servingSlice(plan))) cluster.apply(object);
  return stack;
}
