import type { KubernetesObject } from '#constructs/kubernetes/kubernetes-object';

/** Pod Security level that the API server holds every pod of the namespace to. */
export type PodSecurity = 'restricted' | 'baseline' | 'privileged';

export interface NamespaceProps {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly podSecurity: PodSecurity;
}

/** A namespace in which nothing talks to anything unless a policy says so. */
export function guardedNamespace(props: NamespaceProps): readonly KubernetesObject[] {
  return [
    namespace(props),
    {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'NetworkPolicy',
      metadata: { name: 'default-deny', namespace: props.name, labels: props.labels },
      spec: { podSelector: {}, policyTypes: ['Ingress', 'Egress'] },
    },
  ];
}

/** A namespace with its Pod Security level; what exceeds `restricted` is warned of and audited. */
export function namespace(props: NamespaceProps): KubernetesObject {
  return {
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: {
      name: props.name,
      labels: {
        ...props.labels,
        'pod-security.kubernetes.io/enforce': props.podSecurity,
        'pod-security.kubernetes.io/enforce-version': 'latest',
        'pod-security.kubernetes.io/warn': 'restricted',
        'pod-security.kubernetes.io/audit': 'restricted',
      },
    },
  };
}
