import type { KubernetesObject } from '#constructs/kubernetes/kubernetes-object';
import { labelsOf, selectorOf } from '#constructs/kubernetes/labels';
import { LEADER, spansNodes, type FleetSlice } from '#constructs/kubernetes/model-server/fleet-slice';
import { MODEL_ROUTER } from '#constructs/kubernetes/model-server/names';
import {
  anywhereEgress,
  DNS_EGRESS,
  fromRole,
  HTTPS_EGRESS,
  tcp,
} from '#constructs/kubernetes/network-rules';
import type { ServingSlice } from '#constructs/kubernetes/serving-slice';

/** Port of the Kubernetes API behind its service, where that is not 443. */
const API_SERVER_PORT = 6443;

/** The engine's own key guards some paths only: callers come through a gateway, and nobody else gets in. */
export function fleetPolicy(slice: FleetSlice): KubernetesObject {
  const { port, metricsPort } = slice.serving.launch;
  const isRouted = slice.serving.launch.router !== undefined || slice.serving.prompts !== undefined;
  // Ranks of a replica and the two ends of a transfer meet on ports that nobody fixes.
  const peers = spansNodes(slice) || isRouted ? [peersOf(slice)] : [];
  return policy(slice, slice.name, {
    ingress: [
      ...(isRouted ? [] : [{ from: [fromRole('gateway')], ports: [tcp(port)] }]),
      { from: [fromRole('monitoring')], ports: [tcp(metricsPort)] },
      ...peers.map((from) => ({ from: [from] })),
    ],
    egress: [DNS_EGRESS, HTTPS_EGRESS, ...peers.map((to) => ({ to: [to] }))],
  });
}

/** The router reaches the pods of both fleets, and asks the Kubernetes API which there are. */
export function routerPolicy(
  slice: ServingSlice,
  { port, metricsPort }: { readonly port: number; readonly metricsPort: number },
): KubernetesObject {
  return policy(slice, MODEL_ROUTER, {
    ingress: [
      { from: [fromRole('gateway')], ports: [tcp(port)] },
      { from: [fromRole('monitoring')], ports: [tcp(metricsPort)] },
    ],
    egress: [DNS_EGRESS, HTTPS_EGRESS, anywhereEgress(API_SERVER_PORT), { to: [peersOf(slice)] }],
  });
}

/** Where clients ask: the router where there is one, else the pods that answer. The name is the same. */
export function service(slice: FleetSlice): KubernetesObject {
  const { port, metricsPort, router } = slice.serving.launch;
  const labels = labelsOf({ ...slice, component: 'inference' });
  const metrics = { name: 'metrics', port: metricsPort, targetPort: 'metrics', protocol: 'TCP' };
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: slice.name, namespace: slice.cluster.namespace, labels },
    spec: {
      type: 'ClusterIP',
      selector:
        router === undefined
          ? { ...selectorOf(slice), ...(spansNodes(slice) ? LEADER : {}) }
          : selectorOf({ ...slice, name: MODEL_ROUTER }),
      ports: [
        { name: 'http', port, targetPort: 'http', protocol: 'TCP' },
        ...(metricsPort === port || router !== undefined ? [] : [metrics]),
      ],
    },
  };
}

/** All pods of the option's model server, in its own namespace. */
function peersOf({ option }: ServingSlice): object {
  return {
    podSelector: {
      matchLabels: { 'app.kubernetes.io/instance': option, 'app.kubernetes.io/component': 'inference' },
    },
  };
}

function policy(slice: ServingSlice, name: string, rules: object): KubernetesObject {
  return {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: {
      name,
      namespace: slice.cluster.namespace,
      labels: labelsOf({ ...slice, name, component: 'inference' }),
    },
    spec: {
      podSelector: { matchLabels: selectorOf({ ...slice, name }) },
      policyTypes: ['Ingress', 'Egress'],
      ...rules,
    },
  };
}
