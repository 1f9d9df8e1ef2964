/**
 * Share of a node's memory that the one pod which has the node for itself may claim.
 *
 * A node of EKS keeps 255 MiB + 11 MiB × pods for the kubelet and the container runtime and 100 MiB before it evicts
 * (awslabs/amazon-eks-ami, nodeadm), after 7.5 % that the machine itself takes (Karpenter's default): 28.6 of 32 GiB
 * are left, more on larger nodes. What this share leaves of them is for the agents of the node.
 */
const MEMORY_SHARE = 0.85;

/** Reserved for the kubelet, where a node of EKS keeps 0.08 of 4 vCPUs and less of more, and for the agents. */
const KEPT_VCPUS = 1;

/** What every node runs beside its pods: network, proxy, volumes, identity, logs and metrics. */
export const AGENTS = { vcpus: 0.5, memoryGib: 1 } as const;

/** Whole vCPUs and GiB that a pod may claim which has a node for itself, in a cluster of any maker. */
export function podRoom(node: { readonly vcpus: number; readonly memoryGib: number }): {
  readonly vcpus: number;
  readonly memoryGib: number;
} {
  return {
    vcpus: Math.max(1, node.vcpus - KEPT_VCPUS),
    memoryGib: Math.floor(node.memoryGib * MEMORY_SHARE),
  };
}
