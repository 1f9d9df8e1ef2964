import type { HelmChart } from '#constructs/kubernetes/kubernetes-object';
import { fleetSlices, spansNodes } from '#constructs/kubernetes/model-server/fleet-slice';
import type { ServingSlice } from '#constructs/kubernetes/serving-slice';

/** Keeps the pods of a replica that spans nodes together. */
const LEADER_WORKER_SET: HelmChart = {
  release: 'lws',
  chart: 'lws',
  repository: 'oci://registry.k8s.io/lws/charts',
  version: '0.10.0',
  namespace: 'lws-system',
  createNamespace: true,
  values: {},
  images: { 'image.manager.repository': 'registry.k8s.io/lws/lws' },
};

/** Runs replicas by the clock. */
const KEDA: HelmChart = {
  release: 'keda',
  chart: 'keda',
  repository: 'https://kedacore.github.io/charts',
  version: '2.20.2',
  namespace: 'keda',
  createNamespace: true,
  values: {},
  images: {
    'image.keda.registry': 'ghcr.io',
    'image.metricsApiServer.registry': 'ghcr.io',
    'image.webhooks.registry': 'ghcr.io',
  },
};

/** Hands out the channels by which GPUs of several hosts reach each other's memory. */
const HOST_LINKS: HelmChart = {
  release: 'dra-driver-nvidia-gpu',
  chart: 'dra-driver-nvidia-gpu',
  repository: 'oci://registry.k8s.io/dra-driver-nvidia/charts',
  version: '0.5.0',
  namespace: 'dra-driver-nvidia-gpu',
  createNamespace: true,
  values: {
    // Where the GPU operator installs the driver.
    nvidiaDriverRoot: '/run/nvidia/driver',
    // GPUs stay with the device plugin: two that hand them out collide on a node.
    resources: { gpus: { enabled: false } },
  },
  images: { 'image.repository': 'registry.k8s.io/dra-driver-nvidia/dra-driver-nvidia-gpu' },
};

/** Charts whose definitions the objects of a model server need. */
export function servingOperators(slice: ServingSlice): readonly HelmChart[] {
  const isScheduled = slice.scaling !== undefined && slice.scaling.schedule !== null;
  return [
    ...(fleetSlices(slice).some(spansNodes) ? [LEADER_WORKER_SET] : []),
    ...(fleetSlices(slice).some(({ serving }) => serving.hostLinks !== undefined) ? [HOST_LINKS] : []),
    ...(isScheduled ? [KEDA] : []),
  ];
}
