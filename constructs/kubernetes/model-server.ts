import type { KubernetesObject } from '#constructs/kubernetes/kubernetes-object';
import { labelsOf, ROLE_LABEL } from '#constructs/kubernetes/labels';
import { autoscalers } from '#constructs/kubernetes/model-server/autoscaler';
import { configData } from '#constructs/kubernetes/model-server/engine-files';
import { disruptionBudgets } from '#constructs/kubernetes/model-server/disruption-budget';
import { computeDomains } from '#constructs/kubernetes/model-server/host-links';
import { fleetSlices, type FleetSlice } from '#constructs/kubernetes/model-server/fleet-slice';
import { MODEL_SERVER } from '#constructs/kubernetes/model-server/names';
import { fleetPolicy, routerPolicy, service } from '#constructs/kubernetes/model-server/network';
import { modelRouter } from '#constructs/kubernetes/model-server/router';
import { weightsClaims, type WeightsVolume } from '#constructs/kubernetes/model-server/weights';
import { workload } from '#constructs/kubernetes/model-server/workload';
import { guardedNamespace } from '#constructs/kubernetes/namespace';
import type { ServingSlice } from '#constructs/kubernetes/serving-slice';

/**
 * The objects of a model server, in the order in which they are applied.
 *
 * Gated weights need a Secret `hugging-face` with the key `token` in the namespace; it is never written here.
 */
export function modelServer(
  slice: ServingSlice,
  weights: WeightsVolume = { on: 'node' },
): readonly KubernetesObject[] {
  const labels = labelsOf({ ...slice, name: MODEL_SERVER, component: 'inference' });
  const { namespace } = slice.cluster;
  const metadata = { name: MODEL_SERVER, namespace, labels };
  const [answering, ...others] = fleetSlices(slice);
  if (answering === undefined) throw new Error('a model server without a fleet');
  const { router } = slice.serving.launch;
  return [
    ...guardedNamespace({
      name: namespace,
      labels: { ...labels, [ROLE_LABEL]: 'serving' },
      podSecurity: 'restricted',
    }),
    { apiVersion: 'v1', kind: 'ServiceAccount', metadata, automountServiceAccountToken: false },
    ...engineFiles(answering),
    ...weightsClaims(namespace, labels, slice.serving.weightsVolumeGib, weights),
    fleetPolicy(answering),
    ...computeDomains(answering),
    workload(answering, weights),
    service(answering),
    ...disruptionBudgets(answering),
    ...autoscalers(answering),
    ...others.flatMap((fleet) => [
      ...engineFiles(fleet),
      fleetPolicy(fleet),
      ...computeDomains(fleet),
      workload(fleet, weights),
      ...disruptionBudgets(fleet),
      ...autoscalers(fleet),
    ]),
    ...(router === undefined ? [] : [routerPolicy(slice, router), ...modelRouter(slice, router)]),
  ];
}

function metadataOf(slice: FleetSlice): KubernetesObject['metadata'] {
  const { name, cluster } = slice;
  return { name, namespace: cluster.namespace, labels: labelsOf({ ...slice, component: 'inference' }) };
}

function engineFiles(slice: FleetSlice): readonly KubernetesObject[] {
  const { files } = slice.serving.launch;
  if (files.length === 0) return [];
  return [{ apiVersion: 'v1', kind: 'ConfigMap', metadata: metadataOf(slice), data: configData(files) }];
}
