/**
 * Share of a node's CPU and memory that pods of a plan may have; the rest is the kubelet's, the system's and the agents'.
 * EKS keeps 255 MiB, 11 MiB for each pod a node may have and 100 MiB against eviction: 5 % of 32 GiB with 110 pods, 1 % of
 * 192 GiB (`eks-nodeadm`, kubelet defaults). Other clusters keep more of small nodes; agents (device plugin, network,
 * metrics, logs) take some GiB everywhere.
 */
export const ALLOCATABLE_SHARE = 0.9;
