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
};

/** Charts whose definitions the objects of a model server need. */
export function servingOperators(slice: ServingSlice): readonly HelmChart[] {
  const isScheduled = slice.scaling !== undefined && slice.scaling.schedule !== null;
  return [
    ...(fleetSlices(slice).some(spansNodes) ? [LEADER_WORKER_SET] : []),
    ...(isScheduled ? [KEDA] : []),
  ];
}
