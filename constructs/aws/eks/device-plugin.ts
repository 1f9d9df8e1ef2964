import type { HelmChart } from '#constructs/kubernetes/kubernetes-object';

/** Announces `nvidia.com/gpu` to the scheduler. The node image has the driver and the container toolkit, not this. */
export const DEVICE_PLUGIN: HelmChart = {
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
  },
};
