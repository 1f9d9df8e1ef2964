import { storeNetworkPolicy } from '#constructs/kubernetes/stores/network-policy';
import { headlessName, podsOf, statefulStore } from '#constructs/kubernetes/stores/stateful-store';
import { CLIENT_SECRET, type StoreKind } from '#constructs/kubernetes/stores/store-kind';
import type { StoreSlice } from '#constructs/kubernetes/stores/store-slice';

const IMAGE = 'cr.weaviate.io/semitechnologies/weaviate:1.38.2';
const PORTS = { http: 8080, grpc: 50051, metrics: 2112 } as const;
/** Go collects harder from here on, before the kernel kills the process at the limit. */
const GO_MEMORY_SHARE = 0.9;

/**
 * Weaviate, one pod per node; its schema is kept by Raft.
 *
 * The namespace must hold a Secret `vector-store` with `api-key`: pods wait until it does, since Weaviate would let
 * everybody in without one.
 */
export const weaviateStore: StoreKind = {
  podSecurity: 'restricted',
  operator: null,
  objects: (slice) => [
    storeNetworkPolicy(slice, {
      pods: podsOf(slice),
      clientPorts: [PORTS.http, PORTS.grpc],
      metricsPort: PORTS.metrics,
    }),
    ...statefulStore(slice, {
      image: IMAGE,
      command: ['/bin/weaviate'],
      args: ['--host', '0.0.0.0', '--port', String(PORTS.http), '--scheme', 'http'],
      environment: environment(slice),
      ports: PORTS,
      metricsPort: PORTS.metrics,
      paths: {
        startup: '/v1/.well-known/ready',
        readiness: '/v1/.well-known/ready',
        liveness: '/v1/.well-known/live',
      },
      data: { weaviate: '/var/lib/weaviate' },
      scratch: { temporary: '/tmp' },
      // Memory tables are written to disk on the way out; what is cut short is replayed from the log.
      stopSeconds: 600,
    }),
  ],
};

function environment(slice: StoreSlice): readonly object[] {
  const voters = Array.from({ length: votersOf(slice.pods.count) }, (_, index) => `${slice.store}-${index}`);
  const memoryMib = Math.floor(slice.pods.memoryGib * 1024 * GO_MEMORY_SHARE);
  const settings = {
    AUTHENTICATION_ANONYMOUS_ACCESS_ENABLED: false,
    AUTHENTICATION_APIKEY_ENABLED: true,
    AUTHENTICATION_APIKEY_USERS: 'client',
    CLUSTER_DATA_BIND_PORT: 7001,
    CLUSTER_GOSSIP_BIND_PORT: 7000,
    CLUSTER_JOIN: `${headlessName(slice)}.${slice.namespace}.svc`,
    DEFAULT_VECTORIZER_MODULE: 'none',
    DISABLE_TELEMETRY: true,
    GOMEMLIMIT: `${memoryMib}MiB`,
    PERSISTENCE_DATA_PATH: '/var/lib/weaviate',
    PROMETHEUS_MONITORING_ENABLED: true,
    RAFT_BOOTSTRAP_EXPECT: voters.length,
    RAFT_BOOTSTRAP_TIMEOUT: 600,
    RAFT_JOIN: voters.join(','),
    REPLICATION_MINIMUM_FACTOR: slice.copies,
  };
  return [
    ...Object.entries(settings).map(([name, value]) => ({ name, value: String(value) })),
    {
      name: 'AUTHENTICATION_APIKEY_ALLOWED_KEYS',
      valueFrom: { secretKeyRef: { name: CLIENT_SECRET, key: 'api-key' } },
    },
  ];
}

/** Nodes that vote in Raft, as Weaviate's chart sets them: an odd number, and few where there are many nodes. */
function votersOf(nodes: number): number {
  if (nodes >= 10) return 5;
  return nodes >= 3 ? 3 : 1;
}
