import type { KubernetesObject } from '#constructs/kubernetes/kubernetes-object';
import { labelsOf, selectorOf } from '#constructs/kubernetes/labels';
import { MODEL_ROUTER, PRE_STOP_SECONDS } from '#constructs/kubernetes/model-server/names';
import type { ServingSlice } from '#constructs/kubernetes/serving-slice';
import type { RouterLaunch } from '#lib/engines/engine';
import { NAMESPACE_VARIABLE } from '#lib/plan/serving/fleets';

/** The second takes over while the first is moved; the state that they keep, which prefix went where, is only a hint. */
const REPLICAS = 2;
const RESOURCES = { requests: { cpu: '1', memory: '1Gi' }, limits: { memory: '2Gi' } } as const;

/** What stands before two fleets: it may read the pods of its namespace, and nothing else. */
export function modelRouter(slice: ServingSlice, router: RouterLaunch): readonly KubernetesObject[] {
  const { namespace } = slice.cluster;
  const labels = labelsOf({ ...slice, name: MODEL_ROUTER, component: 'inference' });
  const metadata = { name: MODEL_ROUTER, namespace, labels };
  const rbac = 'rbac.authorization.k8s.io';
  return [
    { apiVersion: 'v1', kind: 'ServiceAccount', metadata, automountServiceAccountToken: false },
    {
      apiVersion: `${rbac}/v1`,
      kind: 'Role',
      metadata,
      rules: [{ apiGroups: [''], resources: ['pods'], verbs: ['get', 'list', 'watch'] }],
    },
    {
      apiVersion: `${rbac}/v1`,
      kind: 'RoleBinding',
      metadata,
      roleRef: { apiGroup: rbac, kind: 'Role', name: MODEL_ROUTER },
      subjects: [{ kind: 'ServiceAccount', name: MODEL_ROUTER, namespace }],
    },
    deployment(slice, router, metadata),
    {
      apiVersion: 'policy/v1',
      kind: 'PodDisruptionBudget',
      metadata,
      spec: {
        maxUnavailable: 1,
        selector: { matchLabels: selectorOf({ ...slice, name: MODEL_ROUTER }) },
        unhealthyPodEvictionPolicy: 'AlwaysAllow',
      },
    },
  ];
}

function deployment(
  slice: ServingSlice,
  router: RouterLaunch,
  metadata: KubernetesObject['metadata'],
): KubernetesObject {
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata,
    spec: {
      replicas: REPLICAS,
      selector: { matchLabels: selectorOf({ ...slice, name: MODEL_ROUTER }) },
      template: {
        metadata: {
          labels: metadata.labels,
          annotations: {
            'prometheus.io/scrape': 'true',
            'prometheus.io/port': String(router.metricsPort),
          },
        },
        spec: {
          serviceAccountName: MODEL_ROUTER,
          automountServiceAccountToken: true,
          enableServiceLinks: false,
          // Answers run on through it while it goes.
          terminationGracePeriodSeconds: PRE_STOP_SECONDS + slice.serving.launch.drainSeconds,
          securityContext: {
            runAsNonRoot: true,
            runAsUser: router.user.uid,
            runAsGroup: router.user.gid,
            seccompProfile: { type: 'RuntimeDefault' },
          },
          topologySpreadConstraints: [
            {
              maxSkew: 1,
              topologyKey: 'kubernetes.io/hostname',
              whenUnsatisfiable: 'ScheduleAnyway',
              labelSelector: { matchLabels: selectorOf({ ...slice, name: MODEL_ROUTER }) },
            },
          ],
          containers: [container(router)],
        },
      },
    },
  };
}

function container(router: RouterLaunch): object {
  const probe = (path: string) => ({ httpGet: { path, port: 'http', scheme: 'HTTP' }, periodSeconds: 10 });
  return {
    name: MODEL_ROUTER,
    image: `${router.image.repository}:${router.image.tag}`,
    imagePullPolicy: 'IfNotPresent',
    args: router.args,
    env: [
      { name: NAMESPACE_VARIABLE, valueFrom: { fieldRef: { fieldPath: 'metadata.namespace' } } },
      { name: 'HOME', value: '/tmp' },
    ],
    ports: [
      { name: 'http', containerPort: router.port, protocol: 'TCP' },
      { name: 'metrics', containerPort: router.metricsPort, protocol: 'TCP' },
    ],
    resources: RESOURCES,
    securityContext: {
      allowPrivilegeEscalation: false,
      capabilities: { drop: ['ALL'] },
      privileged: false,
    },
    readinessProbe: { ...probe(router.readinessPath), failureThreshold: 3 },
    livenessProbe: { ...probe(router.livenessPath), failureThreshold: 6 },
    lifecycle: { preStop: { exec: { command: ['sleep', String(PRE_STOP_SECONDS)] } } },
  };
}
