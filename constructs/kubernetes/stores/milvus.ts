import { storeNetworkPolicy } from '#constructs/kubernetes/stores/network-policy';
import { storeMetadata, type StoreKind } from '#constructs/kubernetes/stores/store-kind';
import type { StoreSlice } from '#constructs/kubernetes/stores/store-slice';
import { milvusVolumes } from '#lib/vector-stores/milvus';
import { mirroredImage } from '#lib/plan/serving/mirrors';

const IMAGE = 'milvusdb/milvus:v2.6.11';
const OPERATOR_NAMESPACE = 'milvus-operator';
const CLIENT_PORT = 19530;
const METRICS_PORT = 9091;
const ETCD_PORT = 2379;
const MINIO_PORT = 9000;
const DATA_PATH = '/milvus/data';
/** Disk of a component that holds no index: five of them on one node leave its 80 GiB room for images and logs. */
const SCRATCH_GIB = 8;
const SMALL_POD = {
  requests: { cpu: '250m', memory: '1Gi', 'ephemeral-storage': `${SCRATCH_GIB}Gi` },
  limits: { memory: '4Gi' },
} as const;

/**
 * Milvus by its operator, with etcd and MinIO of its own: in one process on one node, else with a query node per node.
 *
 * The namespace must hold a Secret `milvus-minio` with `accesskey` and `secretkey`: MinIO waits for it, and so never
 * starts with the credentials that everybody knows.
 */
export const milvusStore: StoreKind = {
  // The operator's init container drops no capabilities and names no seccomp profile; `restricted` would refuse it.
  podSecurity: 'baseline',
  operator: {
    release: 'milvus-operator',
    chart: 'milvus-operator',
    repository: 'https://zilliztech.github.io/milvus-operator/',
    version: '1.3.8',
    namespace: OPERATOR_NAMESPACE,
    createNamespace: true,
    values: { podSecurityContext: { seccompProfile: { type: 'RuntimeDefault' } } },
    images: { 'image.repository': 'milvusdb/milvus-operator' },
  },
  objects: (slice) => [
    storeNetworkPolicy(slice, {
      pods: {},
      clientPorts: [CLIENT_PORT],
      metricsPort: METRICS_PORT,
      operator: {
        namespace: OPERATOR_NAMESPACE,
        ports: [ETCD_PORT, MINIO_PORT, METRICS_PORT, CLIENT_PORT],
      },
    }),
    {
      apiVersion: 'milvus.io/v1beta1',
      kind: 'Milvus',
      metadata: storeMetadata(slice),
      spec: {
        mode: isCluster(slice) ? 'cluster' : 'standalone',
        components: components(slice),
        config: { localStorage: { path: DATA_PATH } },
        dependencies: dependencies(slice),
      },
    },
  ],
};

function isCluster(slice: StoreSlice): boolean {
  return slice.pods.count > 1;
}

function components(slice: StoreSlice): object {
  const { count, vcpus, memoryGib, cacheGib } = slice.pods;
  const memory = `${memoryGib}Gi`;
  const index = {
    // Unclaimed, two caches may fill one disk.
    resources: {
      requests: { cpu: String(vcpus), memory, 'ephemeral-storage': `${cacheGib}Gi` },
      limits: { memory },
    },
    volumes: [cache(cacheGib)],
  };
  const parts = isCluster(slice)
    ? {
        mixCoord: { replicas: 1 },
        proxy: { replicas: Math.min(2, slice.copies) },
        streamingNode: { replicas: 1 },
        dataNode: { replicas: 1 },
        queryNode: { replicas: count, ...index, topologySpreadConstraints: [apart(slice)] },
      }
    : { standalone: index };
  return {
    image: mirroredImage(IMAGE, slice.imageRegistry),
    runAsNonRoot: true,
    securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } },
    resources: SMALL_POD,
    volumes: [cache(SCRATCH_GIB)],
    volumeMounts: [{ name: 'data', mountPath: DATA_PATH }],
    ...parts,
  };
}

/** What a pod can fetch again: segments lie in MinIO, as does the log. A component's own replaces that of all. */
function cache(gib: number): object {
  return { name: 'data', emptyDir: { sizeLimit: `${gib}Gi` } };
}

/** Two query nodes on one node would take the memory of two. */
function apart(slice: StoreSlice): object {
  return {
    maxSkew: 1,
    topologyKey: 'kubernetes.io/hostname',
    whenUnsatisfiable: 'DoNotSchedule',
    labelSelector: {
      matchLabels: {
        'app.kubernetes.io/instance': slice.store,
        'app.kubernetes.io/component': 'querynode',
      },
    },
  };
}

function dependencies(slice: StoreSlice): object {
  const { objects, etcd } = milvusVolumes({ nodes: slice.pods, storageGib: slice.storageGib });
  return {
    // The log lies in object storage: no queue to run.
    msgStreamType: 'woodpecker',
    etcd: {
      inCluster: {
        deletionPolicy: 'Retain',
        values: { replicaCount: etcd.count, persistence: { size: `${etcd.gib}Gi` } },
      },
    },
    storage: {
      type: 'MinIO',
      inCluster: {
        deletionPolicy: 'Retain',
        values: {
          ...(isCluster(slice) ? { mode: 'distributed', replicas: objects.count } : { mode: 'standalone' }),
          existingSecret: `${slice.store}-minio`,
          persistence: { size: `${objects.gib}Gi` },
          resources: { requests: { memory: '1Gi' } },
        },
      },
    },
  };
}
