import type { Placement } from '#lib/plan/nodes/place';
import type { Plan } from '#lib/plan/plan';
import type { ServingSizing } from '#lib/sizing/sizing';

/**
 * Capacity beyond the peak while one replica, or one node, is down: `(1 + headroom) × replicas left ÷ replicas − 1`.
 * Below 0 is the share of the peak that then misses its objectives or waits.
 */
export function redundancyOf(
  { headroom, replicas: own, nodesPerReplica, prompts }: ServingSizing,
  { replicasPerNode, nodes }: Placement,
): NonNullable<Plan['redundancy']> {
  // Of two fleets the smaller one loses more with each replica.
  const replicas = Math.min(own, prompts?.replicas ?? own);
  const without = (lost: number) => ((1 + headroom) * Math.max(0, replicas - lost)) / replicas - 1;
  // Replicas are spread evenly: the fullest node holds this many, and a replica over several nodes stands on one each.
  const onOneNode =
    nodesPerReplica > 1 || replicasPerNode === 0
      ? 1
      : prompts === undefined
        ? Math.ceil(replicas / Math.max(1, nodes.base))
        : replicasPerNode;
  return { withoutOneReplica: without(1), withoutOneNode: without(Math.min(replicas, onOneNode)) };
}
