import type { Infrastructure } from '#lib/policy/infrastructure';
import { isClosed, selects } from '#lib/policy/network-policies';
import { restrictedBreaches } from '#lib/policy/pod-security';
import { namespaceOf, type Pod } from '#lib/policy/pods';
import { ofEach, unless, type PolicyRule } from '#lib/policy/rule';
import { fieldsOf, isFalse, isWritten, objectsOf, textOf, textsOf, valueOf } from '#lib/policy/values';

const ENFORCE = 'pod-security.kubernetes.io/enforce';

/** Breaches of each pod, said of the object that makes it. */
function ofEachPod(
  wrong: (pod: Pod, infrastructure: Infrastructure) => readonly string[],
): PolicyRule['breaches'] {
  return (infrastructure) =>
    infrastructure.pods.flatMap((pod) =>
      wrong(pod, infrastructure).map((what) => ({ resource: pod.owner, what })),
    );
}

/** Service accounts that are given rights. */
function hasRights(pod: Pod, infrastructure: Infrastructure): boolean {
  const account = textOf(pod.spec['serviceAccountName']);
  return ['kind:RoleBinding', 'kind:ClusterRoleBinding']
    .flatMap((type) => infrastructure.ofType(type))
    .some((binding) =>
      objectsOf(valueOf(binding, 'subjects')).some(
        ({ kind, name, namespace }) =>
          kind === 'ServiceAccount' &&
          textOf(name) === account &&
          (textOf(namespace) ?? namespaceOf(binding)) === pod.namespace,
      ),
    );
}

export const PODS: readonly PolicyRule[] = [
  {
    id: 'pod-restricted',
    title: 'Pods meet the Pod Security standard `restricted`',
    severity: 'error',
    rationale: 'A model server parses what strangers send: whoever breaks out of it should arrive nowhere.',
    fix: 'set the security context that the standard asks for',
    owaspLlm: ['LLM03', 'LLM04'],
    aisvs: ['4.1.1', '4.3.3'],
    breaches: ofEachPod((pod) => restrictedBreaches(pod)),
  },
  {
    id: 'namespace-enforces',
    title: 'A namespace holds its pods to a Pod Security standard',
    severity: 'error',
    rationale: 'What no admission refuses, the next deployment brings.',
    fix: `label it with ${ENFORCE}: restricted`,
    owaspLlm: ['LLM03'],
    aisvs: ['4.1.1'],
    breaches: ofEach(['v1/Namespace'], (namespace) => {
      const level = textOf(fieldsOf(valueOf(namespace, 'metadata.labels'))[ENFORCE]);
      return unless(level === 'restricted' || level === 'baseline', 'enforces nothing');
    }),
  },
  {
    id: 'no-api-token',
    title: 'A pod has a token of the Kubernetes API only where its account has rights',
    severity: 'error',
    rationale: 'A token in a pod is a credential that a prompt may get to see.',
    fix: 'set `automountServiceAccountToken: false`',
    owaspLlm: ['LLM03'],
    aisvs: ['5.2.1'],
    breaches: ofEachPod((pod, infrastructure) =>
      unless(
        isFalse(pod.spec['automountServiceAccountToken']) || hasRights(pod, infrastructure),
        'mounts a token that it has no use for',
      ),
    ),
  },
  {
    id: 'own-account',
    title: 'A workload has a service account of its own',
    severity: 'error',
    rationale: 'Rights that are given to `default` are given to every pod of the namespace.',
    fix: 'set `serviceAccountName`',
    owaspLlm: ['LLM03'],
    aisvs: ['5.2.1'],
    breaches: ofEachPod(({ spec }) => {
      const account = textOf(spec['serviceAccountName']);
      return unless(account !== null && account !== 'default', 'runs as the default account');
    }),
  },
  {
    id: 'rights-narrow',
    title: 'Rights in the cluster are named, and reach no Secret',
    severity: 'error',
    rationale: 'Whoever may list Secrets has every credential of the namespace.',
    fix: 'name resources and verbs; mount a Secret rather than read it',
    owaspLlm: ['LLM03'],
    aisvs: ['5.2.1'],
    breaches: (infrastructure) => [
      ...ofEach(['kind:Role', 'kind:ClusterRole'], (role) =>
        objectsOf(valueOf(role, 'rules')).flatMap((rule) => [
          ...unless(
            ![...textsOf(rule['verbs']), ...textsOf(rule['resources'])].includes('*'),
            'gives every right, or on everything',
          ),
          ...unless(!textsOf(rule['resources']).includes('secrets'), 'reaches Secrets'),
        ]),
      )(infrastructure),
      ...ofEach(['kind:RoleBinding', 'kind:ClusterRoleBinding'], (binding) =>
        unless(
          !['cluster-admin', 'admin', 'edit'].includes(textOf(valueOf(binding, 'roleRef.name')) ?? ''),
          'gives the rights of an administrator',
        ),
      )(infrastructure),
    ],
  },
  {
    id: 'network-closed',
    title: 'A policy of the network says who may talk to a pod, and to whom it may talk',
    severity: 'error',
    rationale: 'Without one every pod of the cluster reaches the model server, and it reaches everything.',
    fix: 'add a NetworkPolicy that selects the pod for Ingress and Egress',
    owaspLlm: ['LLM02', 'LLM03', 'LLM10'],
    aisvs: ['5.2.1', '7.3.3'],
    breaches: ofEachPod((pod, infrastructure) => [
      ...unless(isClosed(pod, 'Ingress', infrastructure), 'takes connections from anybody'),
      ...unless(isClosed(pod, 'Egress', infrastructure), 'connects to anything'),
    ]),
  },
  {
    id: 'interruption-bounded',
    title: 'A drain of nodes takes away few replicas at once',
    severity: 'warning',
    rationale: 'An upgrade of nodes would otherwise end every replica, and starting one takes minutes.',
    fix: 'add a PodDisruptionBudget',
    owaspLlm: ['LLM06'],
    aisvs: ['3.3.1'],
    breaches: ofEachPod(({ servesUntilStopped, replicas, namespace, labels, kind }, infrastructure) => {
      if (!servesUntilStopped || kind === 'DaemonSet' || (replicas ?? 0) < 2) return [];
      const has = infrastructure
        .ofType('policy/v1/PodDisruptionBudget')
        .some(
          (budget) =>
            namespaceOf(budget) === namespace && selects(fieldsOf(valueOf(budget, 'spec.selector')), labels),
        );
      return unless(has, `has ${String(replicas)} replicas and no budget`);
    }),
  },
  {
    id: 'replicas-spread',
    title: 'Replicas stand on several nodes where these allow',
    severity: 'warning',
    rationale: 'Replicas on one node are gone together with it.',
    fix: 'add `topologySpreadConstraints`, or an anti-affinity of its own pods',
    owaspLlm: ['LLM06'],
    aisvs: ['3.3.1'],
    breaches: ofEachPod(({ servesUntilStopped, replicas, kind, spec }) => {
      // The pods of a group stand together on purpose, and one pod of a DaemonSet stands on each node.
      if (!servesUntilStopped || kind === 'DaemonSet' || kind === 'LeaderWorkerSet') return [];
      const apart =
        objectsOf(spec['topologySpreadConstraints']).length > 0 ||
        isWritten(valueOf(spec, 'affinity.podAntiAffinity'));
      return unless((replicas ?? 2) < 2 || apart, 'may have all its replicas on one node');
    }),
  },
  {
    id: 'probed',
    title: 'What answers requests says when it is ready and whether it is alive',
    severity: 'warning',
    rationale: 'A server that is asked before its weights are loaded answers with errors.',
    fix: 'add a readiness and a liveness probe',
    owaspLlm: ['LLM06'],
    aisvs: ['3.3.1'],
    breaches: ofEachPod(({ containers, servesUntilStopped }) =>
      containers
        .filter(({ fields }) => servesUntilStopped && objectsOf(fields['ports']).length > 0)
        .flatMap(({ name, fields }) =>
          ['readinessProbe', 'livenessProbe'].flatMap((probe) =>
            unless(isWritten(fields[probe]), `container ${name} has no ${probe}`),
          ),
        ),
    ),
  },
];
