import type { FleetSlice } from '#constructs/kubernetes/model-server/fleet-slice';

/**
 * What a pod claims of its node: nothing on CPUs, else whole GPUs, or slices by the name under which the device plugin announces them with its
 * MIG strategy `mixed`; and devices of the network between nodes, where its replica spans several.
 */
export function acceleratorResource({ nodePool, serving }: FleetSlice): Readonly<Record<string, string>> {
  if (serving.gpusPerReplica === 0) return {};
  const { slices } = nodePool;
  const name = slices === undefined ? 'nvidia.com/gpu' : `nvidia.com/mig-${slices.profile}`;
  const { fabric } = serving.pod;
  return {
    [name]: String(Math.ceil(serving.gpusPerReplica / serving.nodesPerReplica)),
    ...(fabric === undefined ? {} : { [fabric.resource]: String(fabric.devices) }),
  };
}
