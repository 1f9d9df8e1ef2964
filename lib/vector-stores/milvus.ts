import * as z from 'zod';
import { buildEffort, distance, links } from '#lib/vector-stores/index-knobs';
import { carriedByNodes, type StoreVolumes } from '#lib/vector-stores/purchases';
import { quantisationMeta } from '#lib/vector-stores/quantisation';
import { sizeByRawMultiple } from '#lib/vector-stores/raw-multiple';
import { defineVectorStore, isMisfit, type StoreSizing } from '#lib/vector-stores/vector-store';

const MAX_DIMENSIONS = 32_768;
/** Memory over raw vectors: Milvus states 1.5 to 2 for HNSW; the upper end is planned. */
const MEMORY_FACTOR = 2;
/** Drives of a distributed MinIO, and bytes on them per byte stored: with four drives, two hold parity. */
const DRIVES = 4;
const BYTES_PER_STORED_BYTE = 2;
/** Servers of etcd, and what Milvus's own chart claims for each. */
const ETCD_SERVERS = 3;
const ETCD_GIB = 10;

type Held = Pick<StoreSizing, 'storageGib'> & { readonly nodes: { readonly count: number } | null };

/** The volumes of its object storage and of etcd: one process keeps one of each. */
export function milvusVolumes({ nodes, storageGib }: Held): {
  readonly objects: StoreVolumes;
  readonly etcd: StoreVolumes;
} {
  const isCluster = nodes !== null && nodes.count > 1;
  const drives = isCluster ? DRIVES : 1;
  const bytes = isCluster ? BYTES_PER_STORED_BYTE : 1;
  return {
    objects: { count: drives, gib: Math.max(1, Math.ceil((storageGib * bytes) / drives)) },
    etcd: { count: isCluster ? ETCD_SERVERS : 1, gib: ETCD_GIB },
  };
}

/**
 * Milvus by its operator: query nodes hold the index, object storage holds the segments and the log. What a query node
 * loads, it keeps on its node's disk too.
 */
export const milvus = defineVectorStore({
  id: 'milvus',
  title: 'Milvus',
  runsOn: 'kubernetes',
  diskChanges: 'grow-only',
  // Query nodes load segments from the object store: https://milvus.io/docs/scale-milvus-in-a-kubernetes-cluster.md
  spreadsByItself: true,
  knobs: z.strictObject({
    m: links,
    efConstruction: buildEffort,
    distance,
    quantisation: z
      .enum(['none', 'scalar'])
      .default('none')
      .meta(quantisationMeta('https://milvus.io/docs/hnsw-sq.md')),
  }),
  size: (corpus, knobs) => {
    const sizing = sizeByRawMultiple(corpus, knobs, {
      product: 'Milvus',
      maxDimensions: MAX_DIMENSIONS,
      factor: MEMORY_FACTOR,
      keepsOriginals: false,
    });
    if (isMisfit(sizing) || sizing.nodes === null) return sizing;
    return { ...sizing, nodes: { ...sizing.nodes, cacheGib: sizing.nodes.diskGib } };
  },
  purchases: (sizing, _corpus, placement) => {
    const { objects, etcd } = milvusVolumes(sizing);
    return [carriedByNodes([objects, etcd], placement)];
  },
});
