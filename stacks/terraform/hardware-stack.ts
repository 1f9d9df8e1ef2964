import { Construct } from 'constructs';
import { metalObjects } from '#constructs/kubernetes/metal/metal-objects';
import { metalSlice } from '#constructs/kubernetes/metal/metal-slice';
import { TerraformCluster } from '#constructs/terraform/terraform-cluster';
import type { Plan } from '#lib/plan/plan';
import { ClusterStack } from '#stacks/terraform/cluster-stack';
import { siteVariables } from '#stacks/terraform/site-variables';

/**
 * The owned servers of a plan and the cluster on them, declared to a management cluster that exists.
 *
 * @throws LandfallError NOT_SYNTHESIZABLE where the plan owns no servers
 */
export function hardwareStack(scope: Construct, plan: Plan): ClusterStack {
  const slice = metalSlice(plan);
  const stack = new ClusterStack(scope, `${plan.environment}-${plan.option}-hardware`, {
    variable: 'management_kubeconfig',
    description: 'Kubeconfig file of the management cluster, which runs Cluster API and Metal3',
  });
  const cluster = new TerraformCluster(new Construct(stack, 'Hardware'), 'Hosts');
  for (const object of metalObjects(slice, siteVariables(stack, slice))) cluster.apply(object);
  return stack;
}
