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

/** Charts whose definitions the objects of a model server need. */
export function servingOperators(slice: ServingSlice): readonly HelmChart[] {
  return fleetSlices(slice).some(spansNodes) ? [LEADER_WORKER_SET] : [];
}
