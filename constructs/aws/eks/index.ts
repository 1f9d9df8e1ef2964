export { BlockStorage } from '#constructs/aws/eks/block-storage';
export { GpuCluster } from '#constructs/aws/eks/cluster';
export { CpuNodeGroup } from '#constructs/aws/eks/cpu-node-group';
export { EksKubernetesCluster } from '#constructs/aws/eks/eks-kubernetes-cluster';
export { GpuNodeGroup } from '#constructs/aws/eks/gpu-node-group';
export { NodeAutoscaler } from '#constructs/aws/eks/node-autoscaler';
