import { storeNetworkPolicy } from '#constructs/kubernetes/stores/network-policy';
import { headlessName, podsOf, statefulStore } from '#constructs/kubernetes/stores/stateful-store';
import { CLIENT_SECRET, type StoreKind } from '#constructs/kubernetes/stores/store-kind';
import type { StoreSlice } from '#constructs/kubernetes/stores/store-slice';
import { vectorStores } from '#lib/vector-stores/index';

const IMAGE = 'qdrant/qdrant:v1.19.0-unprivileged';
const PORTS = { http: 6333, grpc: 6334, p2p: 6335 } as const;

/**
 * Qdrant, one pod per node, as a cluster where there are several.
 *
 * The namespace must hold a Secret `vector-store` with `api-key`, which clients send: pods wait until it does, since
 * Qdrant would let everybody in without one.
 */
export const qdrantStore: StoreKind = {
  podSecurity: 'restricted',
  operator: null,
  objects: (slice) => [
    storeNetworkPolicy(slice, {
      pods: podsOf(slice),
      clientPorts: [PORTS.http, PORTS.grpc],
      metricsPort: PORTS.http,
    }),
    ...statefulStore(slice, {
      image: IMAGE,
      command: ['/bin/sh', '-c'],
      args: [startScript(slice)],
      environment: environment(slice),
      ports: PORTS,
      metricsPort: PORTS.http,
      paths: { startup: '/healthz', readiness: '/readyz', liveness: '/livez' },
      data: { storage: '/qdrant/storage', snapshots: '/qdrant/snapshots' },
      scratch: { init: '/qdrant/init' },
      stopSeconds: 60,
    }),
  ],
};

function environment(slice: StoreSlice): readonly object[] {
  const knobs = vectorStores.get('qdrant').knobs.parse(slice.knobs);
  const settings = {
    // Beside the executable by default, where nothing can be written.
    QDRANT_INIT_FILE_PATH: '/qdrant/init/.qdrant-initialized',
    QDRANT__CLUSTER__ENABLED: slice.pods.count > 1,
    QDRANT__SERVICE__ENABLE_CORS: false,
    QDRANT__STORAGE__COLLECTION__REPLICATION_FACTOR: slice.copies,
    QDRANT__STORAGE__HNSW_INDEX__EF_CONSTRUCT: knobs.efConstruction,
    QDRANT__STORAGE__HNSW_INDEX__M: knobs.m,
    QDRANT__TELEMETRY_DISABLED: true,
  };
  return [
    ...Object.entries(settings).map(([name, value]) => ({ name, value: String(value) })),
    {
      name: 'QDRANT__SERVICE__API_KEY',
      valueFrom: { secretKeyRef: { name: CLIENT_SECRET, key: 'api-key' } },
    },
  ];
}

/** Many segments are many open files. The first pod founds the cluster, and the others join it through it. */
function startScript(slice: StoreSlice): string {
  const openFiles = 'ulimit -n "$(ulimit -Hn)"';
  if (slice.pods.count === 1) return `${openFiles}\nexec ./entrypoint.sh`;
  const domain = `${headlessName(slice)}:${PORTS.p2p}`;
  const first = `http://${slice.store}-0.${domain}`;
  return [
    openFiles,
    'if [ "${HOSTNAME##*-}" = 0 ]; then',
    `  exec ./entrypoint.sh --uri ${first}`,
    'fi',
    `exec ./entrypoint.sh --bootstrap ${first} --uri "http://\${HOSTNAME}.${domain}"`,
  ].join('\n');
}
