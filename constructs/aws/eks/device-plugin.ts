import type { HelmChart } from '#constructs/kubernetes/kubernetes-object';
import type { NodePool } from '#lib/plan/plan';

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
  };
}
