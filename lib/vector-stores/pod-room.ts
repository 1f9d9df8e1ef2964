/** What every node runs beside its pods: network, proxy, volumes and identity claim a third of it, logs and metrics the rest. */
export const AGENTS = { vcpus: 0.5, memoryGib: 0.75 } as const;

/**
 * Share of a node's memory that the one pod which has the node for itself may claim.
 *
 * A node of EKS keeps 255 MiB + 11 MiB × pods for the kubelet and the container runtime and 100 MiB before it evicts
 * (awslabs/amazon-eks-ami, nodeadm), after 7.5 % that the machine itself takes (Karpenter's default): 28.6 of 32 GiB
 * are left, and a larger share of larger nodes. What this share leaves of them is for the agents.
 */
const MEMORY_SHARE = 0.85;

/** vCPUs that the kubelet of EKS keeps of a node with four or more (same source): 0.08 of four. */
function kubeletVcpus(vcpus: number): number {
  return 0.07 + 0.0025 * vcpus;
}

/** Whole vCPUs and GiB that a pod may claim which has a node for itself, in a cluster of any maker. */
export function podRoom(node: { readonly vcpus: number; readonly memoryGib: number }): {
  readonly vcpus: number;
  readonly memoryGib: number;
} {
  return {
    vcpus: Math.max(1, node.vcpus - Math.ceil(kubeletVcpus(node.vcpus) + AGENTS.vcpus)),
    memoryGib: Math.floor(node.memoryGib * MEMORY_SHARE),
  };
}
