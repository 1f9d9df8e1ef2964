import type { KubernetesObject } from '#constructs/kubernetes/kubernetes-object';
import { selectorOf } from '#constructs/kubernetes/labels';
import { storeLabels, storeMetadata } from '#constructs/kubernetes/stores/store-kind';
import type { StoreSlice } from '#constructs/kubernetes/stores/store-slice';
import { mirroredImage } from '#lib/plan/serving/mirrors';

/** An image's user that is not root, and the group that owns its volumes. */
const UID = 1000;
const GID = 1000;
/** Time in which clients stop sending requests to a pod that is about to end. */
const PRE_STOP_SECONDS = 5;
const STARTUP_PERIOD_SECONDS = 10;
/** A store answers once its index is read from disk: 200 GiB from a volume of 125 MB/s take 29 minutes. */
const STARTUP_BUDGET_SECONDS = 1_800;

export interface StatefulStore {
  readonly image: string;
  readonly command: readonly string[];
  readonly args: readonly string[];
  readonly environment: readonly object[];
  /** By name; all TCP. The port `http` answers the probes. */
  readonly ports: Readonly<Record<string, number>>;
  readonly metricsPort: number;
  readonly paths: { readonly startup: string; readonly readiness: string; readonly liveness: string };
  /** Folders on the pod's disk, by the folder within it. */
  readonly data: Readonly<Record<string, string>>;
  /** Folders that a restart may empty; the root file system cannot be written to. */
  readonly scratch: Readonly<Record<string, string>>;
  readonly stopSeconds: number;
}

/** Account, services, pods and disruption budget of a store that needs no operator. Meets Pod Security `restricted`. */
export function statefulStore(slice: StoreSlice, store: StatefulStore): readonly KubernetesObject[] {
  const metadata = storeMetadata(slice);
  return [
    { apiVersion: 'v1', kind: 'ServiceAccount', metadata, automountServiceAccountToken: false },
    ...services(slice, store),
    statefulSet(slice, store),
    ...disruptionBudgets(slice),
  ];
}

export function podsOf(slice: StoreSlice): Readonly<Record<string, string>> {
  return selectorOf({ name: slice.store, option: slice.option });
}

/** Service behind the names of single pods. */
export function headlessName(slice: StoreSlice): string {
  return `${slice.store}-headless`;
}

function services(slice: StoreSlice, store: StatefulStore): readonly KubernetesObject[] {
  const spec = {
    type: 'ClusterIP',
    selector: podsOf(slice),
    ports: Object.entries(store.ports).map(([name, port]) => ({
      name,
      port,
      targetPort: name,
      protocol: 'TCP',
    })),
  };
  return [
    {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: storeMetadata(slice, '-headless'),
      // Pods find each other before they are ready: none becomes ready alone.
      spec: { ...spec, clusterIP: 'None', publishNotReadyAddresses: true },
    },
    { apiVersion: 'v1', kind: 'Service', metadata: storeMetadata(slice), spec },
  ];
}

function statefulSet(slice: StoreSlice, store: StatefulStore): KubernetesObject {
  return {
    apiVersion: 'apps/v1',
    kind: 'StatefulSet',
    metadata: storeMetadata(slice),
    spec: {
      replicas: slice.pods.count,
      serviceName: headlessName(slice),
      selector: { matchLabels: podsOf(slice) },
      // A quorum forms among pods that start together, also after a loss of all of them.
      podManagementPolicy: 'Parallel',
      revisionHistoryLimit: 3,
      template: pod(slice, store),
      volumeClaimTemplates: [
        {
          metadata: { name: 'data', labels: podsOf(slice) },
          spec: {
            accessModes: ['ReadWriteOnce'],
            resources: { requests: { storage: `${slice.pods.diskGib}Gi` } },
          },
        },
      ],
    },
  };
}

function pod(slice: StoreSlice, store: StatefulStore): object {
  const labelSelector = { matchLabels: podsOf(slice) };
  return {
    metadata: {
      labels: storeLabels(slice),
      annotations: { 'prometheus.io/scrape': 'true', 'prometheus.io/port': String(store.metricsPort) },
    },
    spec: {
      serviceAccountName: slice.store,
      automountServiceAccountToken: false,
      // A service named like the store would set the store's own variables: QDRANT_PORT.
      enableServiceLinks: false,
      terminationGracePeriodSeconds: store.stopSeconds + PRE_STOP_SECONDS,
      securityContext: {
        runAsNonRoot: true,
        runAsUser: UID,
        runAsGroup: GID,
        fsGroup: GID,
        fsGroupChangePolicy: 'OnRootMismatch',
        seccompProfile: { type: 'RuntimeDefault' },
      },
      topologySpreadConstraints: [
        // Two copies on one node are one copy.
        {
          maxSkew: 1,
          topologyKey: 'kubernetes.io/hostname',
          whenUnsatisfiable: 'DoNotSchedule',
          labelSelector,
        },
        {
          maxSkew: 1,
          topologyKey: 'topology.kubernetes.io/zone',
          whenUnsatisfiable: 'ScheduleAnyway',
          labelSelector,
        },
      ],
      containers: [container(slice, store)],
      volumes: Object.keys(store.scratch).map((name) => ({ name, emptyDir: { sizeLimit: '1Gi' } })),
    },
  };
}

function container(slice: StoreSlice, store: StatefulStore): object {
  const { vcpus, memoryGib } = slice.pods;
  const probe = (path: string) => ({ httpGet: { path, port: 'http', scheme: 'HTTP' }, timeoutSeconds: 5 });
  return {
    name: slice.store,
    image: mirroredImage(store.image, slice.imageRegistry),
    imagePullPolicy: 'IfNotPresent',
    command: store.command,
    args: store.args,
    env: store.environment,
    ports: Object.entries(store.ports).map(([name, containerPort]) => ({
      name,
      containerPort,
      protocol: 'TCP',
    })),
    resources: {
      requests: { cpu: String(vcpus), memory: `${memoryGib}Gi` },
      limits: { memory: `${memoryGib}Gi` },
    },
    securityContext: {
      allowPrivilegeEscalation: false,
      capabilities: { drop: ['ALL'] },
      privileged: false,
      readOnlyRootFilesystem: true,
    },
    startupProbe: {
      ...probe(store.paths.startup),
      periodSeconds: STARTUP_PERIOD_SECONDS,
      failureThreshold: STARTUP_BUDGET_SECONDS / STARTUP_PERIOD_SECONDS,
    },
    readinessProbe: { ...probe(store.paths.readiness), periodSeconds: 5, failureThreshold: 3 },
    livenessProbe: { ...probe(store.paths.liveness), periodSeconds: 10, failureThreshold: 6 },
    lifecycle: { preStop: { exec: { command: ['sleep', String(PRE_STOP_SECONDS)] } } },
    volumeMounts: [
      ...Object.entries(store.data).map(([subPath, mountPath]) => ({ name: 'data', mountPath, subPath })),
      ...Object.entries(store.scratch).map(([name, mountPath]) => ({ name, mountPath })),
    ],
  };
}

/** With one pod a budget would block every drain of its node. */
function disruptionBudgets(slice: StoreSlice): readonly KubernetesObject[] {
  if (slice.pods.count < 2) return [];
  return [
    {
      apiVersion: 'policy/v1',
      kind: 'PodDisruptionBudget',
      metadata: storeMetadata(slice),
      spec: {
        maxUnavailable: 1,
        selector: { matchLabels: podsOf(slice) },
        // A pod that never became ready may always be evicted.
        unhealthyPodEvictionPolicy: 'AlwaysAllow',
      },
    },
  ];
}
