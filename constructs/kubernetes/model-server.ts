import type { KubernetesObject } from '#constructs/kubernetes/kubernetes-object';
import { labelsOf, ROLE_LABEL, selectorOf } from '#constructs/kubernetes/labels';
import { autoscalers } from '#constructs/kubernetes/model-server/autoscaler';
import { configData } from '#constructs/kubernetes/model-server/engine-files';
import { MODEL_SERVER } from '#constructs/kubernetes/model-server/names';
import { modelServerDeployment } from '#constructs/kubernetes/model-server/pod';
import { weightsClaims, type WeightsVolume } from '#constructs/kubernetes/model-server/weights';
import { guardedNamespace } from '#constructs/kubernetes/namespace';
import { DNS_EGRESS, fromRole, HTTPS_EGRESS, tcp } from '#constructs/kubernetes/network-rules';
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
  return [
    ...guardedNamespace({
      name: namespace,
      labels: { ...labels, [ROLE_LABEL]: 'serving' },
      podSecurity: 'restricted',
    }),
    { apiVersion: 'v1', kind: 'ServiceAccount', metadata, automountServiceAccountToken: false },
    ...engineFiles(slice, metadata),
    ...weightsClaims(namespace, labels, slice.serving.weightsVolumeGib, weights),
    networkPolicy(slice, metadata),
    modelServerDeployment(slice, weights),
    service(slice, metadata),
    ...disruptionBudgets(slice, metadata),
    ...autoscalers(slice),
  ];
}

type Metadata = KubernetesObject['metadata'];

function engineFiles(slice: ServingSlice, metadata: Metadata): readonly KubernetesObject[] {
  const { files } = slice.serving.launch;
  if (files.length === 0) return [];
  return [{ apiVersion: 'v1', kind: 'ConfigMap', metadata, data: configData(files) }];
}

/** The engine's own key guards some paths only: callers come through a gateway, and nobody else gets in. */
function networkPolicy(slice: ServingSlice, metadata: Metadata): KubernetesObject {
  const { port, metricsPort } = slice.serving.launch;
  return {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata,
    spec: {
      podSelector: { matchLabels: selectorOf({ ...slice, name: MODEL_SERVER }) },
      policyTypes: ['Ingress', 'Egress'],
      ingress: [
        { from: [fromRole('gateway')], ports: [tcp(port)] },
        { from: [fromRole('monitoring')], ports: [tcp(metricsPort)] },
      ],
      egress: [DNS_EGRESS, HTTPS_EGRESS],
    },
  };
}

function service(slice: ServingSlice, metadata: Metadata): KubernetesObject {
  const { port, metricsPort } = slice.serving.launch;
  const metrics = { name: 'metrics', port: metricsPort, targetPort: 'metrics', protocol: 'TCP' };
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata,
    spec: {
      type: 'ClusterIP',
      selector: selectorOf({ ...slice, name: MODEL_SERVER }),
      ports: [
        { name: 'http', port, targetPort: 'http', protocol: 'TCP' },
        ...(metricsPort === port ? [] : [metrics]),
      ],
    },
  };
}

/** With one replica a budget would block every drain of its node. */
function disruptionBudgets(slice: ServingSlice, metadata: Metadata): readonly KubernetesObject[] {
  if (slice.serving.replicas.min < 2) return [];
  return [
    {
      apiVersion: 'policy/v1',
      kind: 'PodDisruptionBudget',
      metadata,
      spec: {
        maxUnavailable: 1,
        selector: { matchLabels: selectorOf({ ...slice, name: MODEL_SERVER }) },
        // A pod that never became ready may always be evicted.
        unhealthyPodEvictionPolicy: 'AlwaysAllow',
      },
    },
  ];
}
