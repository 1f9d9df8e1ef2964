import { ROLE_LABEL } from '#constructs/kubernetes/labels';

/** Pods of the namespaces that carry this role. */
export function fromRole(role: 'gateway' | 'monitoring' | 'serving'): object {
  return { namespaceSelector: { matchLabels: { [ROLE_LABEL]: role } } };
}

export function tcp(port: number): object {
  return { protocol: 'TCP', port };
}

/** Names are resolved by the cluster's DNS. */
export const DNS_EGRESS = {
  to: [
    {
      namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'kube-system' } },
      podSelector: { matchLabels: { 'k8s-app': 'kube-dns' } },
    },
  ],
  ports: [
    { protocol: 'UDP', port: 53 },
    { protocol: 'TCP', port: 53 },
  ],
} as const;

/** A port of anything but the cloud's metadata service, which hands out the node's credentials. */
export function anywhereEgress(port: number): object {
  return {
    to: [
      { ipBlock: { cidr: '0.0.0.0/0', except: ['169.254.0.0/16'] } },
      { ipBlock: { cidr: '::/0', except: ['fd00:ec2::254/128'] } },
    ],
    ports: [tcp(port)],
  };
}

export const HTTPS_EGRESS = anywhereEgress(443);
