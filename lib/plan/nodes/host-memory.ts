import type { NodeOffering } from '#lib/targets/port/offering';
import type { Placement } from '#lib/plan/nodes/place';
import type { ServingDemand, ServingSizing } from '#lib/sizing/sizing';

/** Share of a node's memory that weights may take; the rest is the engine's, shared memory and the system's. */
const WEIGHTS_SHARE = 0.7;

/** Why a node cannot hold the weights that its GPUs leave in host memory; `null` where it can. */
export function hostMemoryMisfit(
  { techniques }: ServingDemand,
  sizing: ServingSizing,
  { replicasPerNode }: Placement,
  offering: NodeOffering,
): string | null {
  const share = techniques?.offload?.weightsShare ?? 0;
  const perNode = ((sizing.weightsGib * share) / sizing.nodesPerReplica) * Math.max(1, replicasPerNode);
  const most = offering.memoryGib * WEIGHTS_SHARE;
  if (perNode <= most) return null;
  return `${perNode.toFixed(0)} GiB of weights left in host memory, ${offering.shape} has ${offering.memoryGib} GiB of which ${most.toFixed(0)} may hold weights`;
}
