import type { HelmChart } from '#constructs/kubernetes/kubernetes-object';
import type { NodePool } from '#lib/plan/plan';

/**
 * Announces network cards with EFA of these shapes to the scheduler: the node image has their driver, not this. Its own image
 * lies in the region's registry of AWS.
 */
export function efaPlugin(shapes: readonly string[]): HelmChart {
  return {
    release: 'aws-efa-k8s-device-plugin',
    chart: 'aws-efa-k8s-device-plugin',
    repository: 'https://aws.github.io/eks-charts',
    version: 'v0.5.29',
    namespace: 'kube-system',
    createNamespace: false,
    values: {
      // Its own list lags behind the shapes that have EFA.
      supportedInstanceLabels: { keys: ['node.kubernetes.io/instance-type'], values: [...shapes] },
      tolerations: [{ key: 'nvidia.com/gpu', operator: 'Exists', effect: 'NoSchedule' }],
    },
  };
}

/** Announces GPUs, or their slices, to the scheduler. The node image has the driver and the container toolkit, not this. */
export function devicePlugin(pools: readonly NodePool[]): HelmChart {
  return {
    release: 'nvidia-device-plugin',
    chart: 'nvidia-device-plugin',
    repository: 'https://nvidia.github.io/k8s-device-plugin',
    version: '0.18.2',
    namespace: 'nvidia-device-plugin',
    createNamespace: true,
    values: {
      // A node whose GPUs cannot be read should be repaired, not serve without them.
      failOnInitError: true,
      tolerations: [{ key: 'nvidia.com/gpu', operator: 'Exists', effect: 'NoSchedule' }],
      // `nvidia.com/mig-3g.40gb` rather than slices under the name of whole GPUs.
      ...(pools.some(({ slices }) => slices !== undefined) ? { migStrategy: 'mixed' } : {}),
    },
    images: { 'image.repository': 'nvcr.io/nvidia/k8s-device-plugin' },
  };
}
