import type { FleetSlice } from '#constructs/kubernetes/model-server/fleet-slice';

/**
 * What a pod claims of its node: nothing on CPUs, else whole GPUs, or slices by the name under which the device plugin announces them with its
 * MIG strategy `mixed`.
 */
export function acceleratorResource({ nodePool, serving }: FleetSlice): Readonly<Record<string, string>> {
  if (serving.gpusPerReplica === 0) return {};
  const { slices } = nodePool;
  const name = slices === undefined ? 'nvidia.com/gpu' : `nvidia.com/mig-${slices.profile}`;
  return { [name]: String(Math.ceil(serving.gpusPerReplica / serving.nodesPerReplica)) };
}
