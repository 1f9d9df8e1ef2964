import { Construct } from 'constructs';
import { BlockStorage, DEFAULT_STORAGE_CLASS } from '#constructs/aws/eks/block-storage';
import { GpuCluster } from '#constructs/aws/eks/cluster';
import { CpuNodeGroup } from '#constructs/aws/eks/cpu-node-group';
import { devicePlugin, efaPlugin } from '#constructs/aws/eks/device-plugin';
import { EksKubernetesCluster } from '#constructs/aws/eks/eks-kubernetes-cluster';
import { GpuNodeGroup } from '#constructs/aws/eks/gpu-node-group';
import { NodeAutoscaler } from '#constructs/aws/eks/node-autoscaler';
import { nodeRole } from '#constructs/aws/eks/node-role';
import type { BuiltNetwork } from '#constructs/aws/network';
import { readerAccess } from '#constructs/aws/reader-access';
import type { HelmChart } from '#constructs/kubernetes/kubernetes-object';
import { mirroredChart } from '#constructs/kubernetes/mirrored-chart';
import { modelServer } from '#constructs/kubernetes/model-server';
import { servingOperators } from '#constructs/kubernetes/model-server/operators';
import { readerServers } from '#constructs/kubernetes/reader-servers';
import { servingSlice } from '#constructs/kubernetes/serving-slice';
import { applyStore } from '#constructs/kubernetes/stores/store';
import type { NodePool, Plan } from '#lib/plan/plan';
import { networkStack, retrievalStack } from '#stacks/aws/foundation';
import { OfflineStack } from '#stacks/aws/offline-stack';
import { regionOf } from '#stacks/aws/region';

type Vpc = BuiltNetwork['vpc'];
type Cluster = GpuCluster['cluster'];

/** Stacks of a model server on EKS: network, cluster with its nodes, the server's objects, the vector store. */
export function eksStacks(scope: Construct, plan: Plan): void {
  const network = networkStack(scope, plan);
  const cluster = clusterStack(scope, plan, network.vpc);
  const serving = new OfflineStack(scope, 'Serving', { plan });
  const kubernetes = new EksKubernetesCluster(serving, cluster);
  const slice = servingSlice(plan);
  const install = (chart: HelmChart) => kubernetes.install(mirroredChart(chart, plan.cluster?.imageRegistry));
  install(devicePlugin(plan.nodePools));
  if (plan.serving?.pod.fabric !== undefined) {
    install(efaPlugin(poolsOf(plan, 'gpu').map(({ shape }) => shape)));
  }
  if (slice.scaling !== undefined) {
    const autoscaler = { cluster, plan: slice.cluster, region: regionOf(plan), scaling: slice.scaling };
    install(new NodeAutoscaler(serving, 'NodeAutoscaler', autoscaler).chart);
  }
  for (const chart of servingOperators(slice)) install(chart);
  for (const object of [...modelServer(slice), ...readerServers(plan)]) kubernetes.apply(object);
  readerAccess(serving, plan);
  if (plan.retrieval?.runsOn === 'kubernetes') clusterStore(scope, plan, cluster);
  else retrievalStack(scope, plan, () => network);
}

/** The store in the cluster, with the disks that it claims. */
function clusterStore(scope: Construct, plan: Plan, cluster: Cluster): void {
  const stack = new OfflineStack(scope, 'Retrieval', { plan });
  const store = new Construct(stack, 'Store');
  const { addon } = new BlockStorage(stack, 'BlockStorage', cluster);
  store.node.addDependency(addon);
  const kubernetes = new EksKubernetesCluster(store, cluster);
  kubernetes.apply(DEFAULT_STORAGE_CLASS);
  applyStore(kubernetes, plan);
}

function clusterStack(scope: Construct, plan: Plan, vpc: Vpc): Cluster {
  if (plan.cluster === null) throw new Error(`the plan of ${plan.option} has no cluster`);
  const stack = new OfflineStack(scope, 'Cluster', { plan });
  const { cluster, nodeAddons, podAddons } = new GpuCluster(stack, { cluster: plan.cluster, vpc });
  const role = nodeRole(stack, 'NodeRole');
  const fleets = [plan.serving, plan.serving?.prompts];
  const spansNodes = fleets.some((fleet) => (fleet?.nodesPerReplica ?? 1) > 1);
  for (const [index, pool] of poolsOf(plan, 'gpu').entries()) {
    const id = index === 0 ? 'GpuNodes' : `GpuNodes-${pool.id}`;
    const group = new GpuNodeGroup(stack, id, { cluster, vpc, nodeRole: role, pool, spansNodes });
    group.node.addDependency(...nodeAddons);
  }
  for (const [index, pool] of poolsOf(plan, 'cpu').entries()) {
    const id = index === 0 ? 'CpuNodes' : `CpuNodes-${pool.id}`;
    const group = new CpuNodeGroup(stack, id, { cluster, vpc, nodeRole: role, pool });
    group.node.addDependency(...nodeAddons);
    for (const addon of podAddons) addon.node.addDependency(group);
  }
  return cluster;
}

function poolsOf(plan: Plan, role: NodePool['role']): readonly NodePool[] {
  return plan.nodePools.filter((pool) => pool.role === role);
}
