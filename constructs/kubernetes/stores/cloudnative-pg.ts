import type { KubernetesObject } from '#constructs/kubernetes/kubernetes-object';
import { API_SERVER_EGRESS, storeNetworkPolicy } from '#constructs/kubernetes/stores/network-policy';
import { storeMetadata, type StoreKind } from '#constructs/kubernetes/stores/store-kind';
import type { StoreSlice } from '#constructs/kubernetes/stores/store-slice';
import { CACHE_SHARE } from '#lib/vector-stores/cloudnative-pg';
import { mirroredImage } from '#lib/plan/serving/mirrors';

/**
 * The standard image has pgvector in it. Mounting the extension as an image volume would keep it apart, but asks for
 * Kubernetes 1.35 and containerd 2.1, which nobody knows of a leased cluster.
 */
const IMAGE = 'ghcr.io/cloudnative-pg/postgresql:18.6-standard-trixie';
const OPERATOR_NAMESPACE = 'cnpg-system';
const DATABASE = 'vectors';
const POSTGRES_PORT = 5432;
const STATUS_PORT = 8000;
const METRICS_PORT = 9187;
/** Share of memory for PostgreSQL's own cache; the page cache, which the limit counts too, holds the rest of `CACHE_SHARE`. */
const BUFFER_SHARE = 0.25;
/** Share of memory for building an index: a graph that fits is built many times faster. */
const BUILD_SHARE = 0.15;

/** PostgreSQL with pgvector by the CloudNativePG operator: a primary, and a standby per further copy. */
export const cloudnativePgStore: StoreKind = {
  podSecurity: 'restricted',
  operator: {
    release: 'cloudnative-pg',
    chart: 'cloudnative-pg',
    repository: 'https://cloudnative-pg.github.io/charts',
    version: '0.29.0',
    namespace: OPERATOR_NAMESPACE,
    createNamespace: true,
    values: {},
    images: { 'image.repository': 'ghcr.io/cloudnative-pg/cloudnative-pg' },
  },
  objects: (slice) => [
    storeNetworkPolicy(slice, {
      pods: { 'cnpg.io/cluster': slice.store },
      clientPorts: [POSTGRES_PORT],
      metricsPort: METRICS_PORT,
      operator: { namespace: OPERATOR_NAMESPACE, ports: [STATUS_PORT, POSTGRES_PORT] },
      // The instance manager in each pod reads and reports through the API server.
      egress: [API_SERVER_EGRESS],
    }),
    cluster(slice),
    database(slice),
  ],
};

function cluster(slice: StoreSlice): KubernetesObject {
  const { count, vcpus, memoryGib, diskGib } = slice.pods;
  const memory = `${memoryGib}Gi`;
  return {
    apiVersion: 'postgresql.cnpg.io/v1',
    kind: 'Cluster',
    metadata: storeMetadata(slice),
    spec: {
      instances: count,
      imageName: mirroredImage(IMAGE, slice.imageRegistry),
      bootstrap: { initdb: { database: DATABASE, owner: DATABASE, dataChecksums: true } },
      storage: { size: `${diskGib}Gi` },
      resources: { requests: { cpu: String(vcpus), memory }, limits: { memory } },
      // With one instance a budget would block every drain of its node.
      enablePDB: count > 1,
      affinity: {
        enablePodAntiAffinity: true,
        podAntiAffinityType: 'required',
        topologyKey: 'kubernetes.io/hostname',
      },
      postgresql: {
        parameters: parameters(slice),
        // `preferred`: writing goes on while no standby is there.
        ...(count > 1 ? { synchronous: { method: 'any', number: 1, dataDurability: 'preferred' } } : {}),
      },
    },
  };
}

function parameters(slice: StoreSlice): Readonly<Record<string, string>> {
  const { vcpus, memoryGib } = slice.pods;
  const megabytes = (share: number) => `${Math.floor(memoryGib * 1024 * share)}MB`;
  return {
    shared_buffers: megabytes(BUFFER_SHARE),
    effective_cache_size: megabytes(CACHE_SHARE),
    maintenance_work_mem: megabytes(BUILD_SHARE),
    // Each of three autovacuum workers would else take as much as an index build.
    autovacuum_work_mem: megabytes(BUILD_SHARE / 3),
    max_parallel_maintenance_workers: String(Math.max(1, Math.floor(vcpus / 2))),
  };
}

function database(slice: StoreSlice): KubernetesObject {
  return {
    apiVersion: 'postgresql.cnpg.io/v1',
    kind: 'Database',
    metadata: storeMetadata(slice, `-${DATABASE}`),
    spec: {
      cluster: { name: slice.store },
      name: DATABASE,
      owner: DATABASE,
      extensions: [{ name: 'vector', ensure: 'present' }],
    },
  };
}
