import { CLUSTER_NODES, type NodeShape } from '#lib/vector-stores/nodes';
import type { VectorStoreId } from '#lib/vector-stores/index';

/** Java heap: half of the memory, never above 32 GiB; the k-NN circuit breaker gives half of the rest to graphs. */
const MAX_HEAP_GIB = 32;
const CIRCUIT_BREAKER = 0.5;
const GIB_PER_VCPU = 8;

/** The memory-heavy r7g search family, as `opensearch-domain.ts` buys it. */
const SEARCH_NODES: readonly NodeShape[] = [2, 4, 8, 16, 32, 48, 64].map((vcpus) => {
  const memoryGib = vcpus * GIB_PER_VCPU;
  const heapGib = Math.min(memoryGib / 2, MAX_HEAP_GIB);
  const size = vcpus === 2 ? 'large' : vcpus === 4 ? 'xlarge' : `${vcpus / 4}xlarge`;
  return {
    vcpus,
    memoryGib,
    indexShare: ((memoryGib - heapGib) * CIRCUIT_BREAKER) / memoryGib,
    instanceType: `r7g.${size}.search`,
  };
});

/** Stores on nodes with the shapes they come in, and whether one copy may be spread over several. */
const ON_NODES: Partial<Readonly<Record<VectorStoreId, { shapes: readonly NodeShape[]; shards: boolean }>>> =
  {
    'opensearch-domain': { shapes: SEARCH_NODES, shards: true },
    qdrant: { shapes: CLUSTER_NODES, shards: true },
    milvus: { shapes: CLUSTER_NODES, shards: true },
    weaviate: { shapes: CLUSTER_NODES, shards: true },
    // PostgreSQL holds a whole copy in one instance.
    'cloudnative-pg': { shapes: CLUSTER_NODES, shards: false },
  };

/** `null` for a service that is bought in units of its own. */
export function nodesOf(
  id: VectorStoreId,
): { readonly shapes: readonly NodeShape[]; readonly shards: boolean } | null {
  return ON_NODES[id] ?? null;
}
