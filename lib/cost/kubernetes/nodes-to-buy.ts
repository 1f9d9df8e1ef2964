import { own, ownObject, ownText } from '#lib/artifacts/json';
import type { ReadResource } from '#lib/artifacts/unresolved';
import { boughtNodes, NO_BOUGHT_NODES, type BoughtNodes } from '#lib/cost/kubernetes/bought-nodes';
import type { BuyingContext } from '#lib/cost/kubernetes/offers';
import { poolsOfObjects, statedPool, usualPools, type BoughtPool } from '#lib/cost/kubernetes/bought-pools';
import { clusterFacts } from '#lib/cost/kubernetes/cluster';
import { accepts } from '#lib/cost/kubernetes/node-labels';
import { nodesAmong, type NodePool } from '#lib/cost/kubernetes/node-pools';
import { OpenRequest } from '#lib/cost/kubernetes/pod-demand';
import { canHold, dominantShare } from '#lib/cost/kubernetes/pod-fit';
import { workloadDemand, workloadsOf, type Workload } from '#lib/cost/kubernetes/workloads';

/** A type of nodes that the user named without saying how many of it. */
export interface NodeType {
  readonly type: string;
  readonly term: 'on-demand' | 'spot';
}

export interface NodesToBuyContext extends BuyingContext {
  /** True where the nodes are bought by contract, outside of the artifacts. */
  readonly areNodesElsewhere: boolean;
  /** Types that the user named without a number. */
  readonly nodeTypes: readonly NodeType[];
  /** The nodes that the artifacts hold, as they are billed. Asked for only where pods may go beyond them. */
  readonly standing: () => readonly NodePool[];
}

/**
 * Nodes that the artifacts do not hold and their pods ask for: those of NodePools, of a type that the user named, or,
 * where nothing tells of nodes at all, of a usual cluster of AWS.
 */
export function nodesToBuy(resources: readonly ReadResource[], context: NodesToBuyContext): BoughtNodes {
  if (context.areNodesElsewhere) return NO_BOUGHT_NODES;
  const workloads = workloadsOf(resources);
  if (workloads.length === 0) return NO_BOUGHT_NODES;
  const { nodes, cloud, isAuto } = clusterFacts(resources, { areNodesElsewhere: false });
  const asked: readonly BoughtPool[] = [
    ...poolsOfObjects(resources),
    ...context.nodeTypes.map(({ type, term }) => statedPool(type, term)),
  ];
  const isOpen = nodes === 'unknown' && (cloud === null || cloud === 'aws');
  const pools = asked.length > 0 ? asked : isOpen ? usualPools(isAuto) : [];
  if (pools.length === 0) return NO_BOUGHT_NODES;
  const standing = nodesAmong(resources).length > 0 ? context.standing() : [];
  return boughtNodes(withoutRoom(workloads, standing), pools, context);
}

/** What a reader should know of nodes that are bought for pods, and that nothing but their requests tells of. */
export function boughtNodesNotes({ nodes, notes }: BoughtNodes): readonly string[] {
  const assumed = nodes.flatMap(({ properties }) => {
    const type = ownText(
      ownObject(ownObject(properties, 'metadata'), 'labels'),
      'node.kubernetes.io/instance-type',
    );
    return own(properties, 'isAssumed') === true ? [`${String(own(properties, 'count'))} × ${type}`] : [];
  });
  if (assumed.length === 0) return notes;
  return [
    `no nodes are in these artifacts: ${assumed.join(', ')} are assumed, the cheapest on AWS that hold what pods request; name yours under \`nodes\` of a usage file`,
    ...notes,
  ];
}

/** Workloads that the nodes which stand do not take or have no room for, and the agents of every node. */
function withoutRoom(workloads: readonly Workload[], standing: readonly NodePool[]): readonly Workload[] {
  if (standing.length === 0) return workloads;
  const declared = new Set(standing.flatMap(({ labels }) => [...labels.keys()]));
  const room = new Map(standing.map((pool) => [pool, pool.nodes]));
  return workloads.filter((workload) => {
    const { pod, runs, pods } = workload;
    if (runs === 'every-node') return true;
    try {
      const demand = workloadDemand(workload);
      for (const [pool, nodes] of room) {
        if (!accepts(pool, pod, declared) || !canHold(pool.shape, demand)) continue;
        const taken = dominantShare(pool.shape, demand).nodeShare * pods.base;
        if (taken > nodes) continue;
        room.set(pool, nodes - taken);
        return false;
      }
      return true;
    } catch (error) {
      if (error instanceof OpenRequest) return false;
      throw error;
    }
  });
}
