import type { KubernetesObject } from '#constructs/kubernetes/kubernetes-object';
import { DNS_EGRESS, fromRole, tcp } from '#constructs/kubernetes/network-rules';
import { storeMetadata } from '#constructs/kubernetes/stores/store-kind';
import type { StoreSlice } from '#constructs/kubernetes/stores/store-slice';

interface StoreTraffic {
  /** Labels of the store's pods; empty for all pods of the namespace. */
  readonly pods: Readonly<Record<string, string>>;
  readonly clientPorts: readonly number[];
  readonly metricsPort: number;
  /** Namespace of the operator that steers the pods, and the ports that it needs. */
  readonly operator?: { readonly namespace: string; readonly ports: readonly number[] };
  /** Beyond name resolution and the store's other pods. */
  readonly egress?: readonly object[];
}

/** Callers reach the store as they reach the model: from namespaces with the gateway's role. Its pods reach each other. */
export function storeNetworkPolicy(slice: StoreSlice, traffic: StoreTraffic): KubernetesObject {
  const { pods, clientPorts, metricsPort, operator, egress = [] } = traffic;
  const podSelector = Object.keys(pods).length === 0 ? {} : { matchLabels: pods };
  return {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: storeMetadata(slice),
    spec: {
      podSelector,
      policyTypes: ['Ingress', 'Egress'],
      ingress: [
        { from: [fromRole('gateway')], ports: clientPorts.map((port) => tcp(port)) },
        { from: [fromRole('monitoring')], ports: [tcp(metricsPort)] },
        { from: [{ podSelector }] },
        ...(operator === undefined
          ? []
          : [{ from: [inNamespace(operator.namespace)], ports: operator.ports.map((port) => tcp(port)) }]),
      ],
      egress: [DNS_EGRESS, { to: [{ podSelector }] }, ...egress],
    },
  };
}

function inNamespace(name: string): object {
  return { namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': name } } };
}

/** The API server, whose address no policy can name: its service's port, and the one behind it on most clusters. */
export const API_SERVER_EGRESS = {
  to: [
    { ipBlock: { cidr: '0.0.0.0/0', except: ['169.254.0.0/16'] } },
    { ipBlock: { cidr: '::/0', except: ['fd00:ec2::254/128'] } },
  ],
  ports: [
    { protocol: 'TCP', port: 443 },
    { protocol: 'TCP', port: 6443 },
  ],
} as const;
