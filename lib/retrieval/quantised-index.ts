import { bytesToGib } from '#lib/units/bytes';
import { pgvectorRowBytes } from '#lib/vector-stores/formulas';
import { vectorStores, type VectorStoreId } from '#lib/vector-stores/index';
import { sizePgvector } from '#lib/vector-stores/pgvector-size';
import type { Corpus } from '#lib/vector-stores/vector-store';

/** `scalar`: 8 or 16 bits a dimension, whichever the store does by itself. `binary`: 1 bit. */
export type Quantisation = 'none' | 'scalar' | 'binary';

interface Knobs {
  readonly encoding: 'fp16' | 'binary' | 'halfvec';
}

/** How a store quantises. `knobs` are its own; else its vendor's bytes are put into its vendor's formula. */
interface Way {
  readonly knobs?: Knobs;
  /** Bytes of one dimension in memory. */
  readonly bytesPerDimension: number;
  /** Full vectors stay on disk, to rank the best again. */
  readonly keepsOriginals: boolean;
  /** Page of the vendor that documents it. */
  readonly source: string;
}

const OPENSEARCH_PAGES = 'https://docs.opensearch.org/latest/vector-search/optimizing-storage';
const QDRANT_PAGE = 'https://qdrant.tech/documentation/guides/quantization/';
const WEAVIATE_PAGE = 'https://docs.weaviate.io/weaviate/concepts/vector-quantization';
const PGVECTOR_PAGE = 'https://github.com/pgvector/pgvector#readme';
const BIT = 1 / 8;

type Ways = Partial<Readonly<Record<Exclude<Quantisation, 'none'>, Way>>>;

const WAYS: Partial<Readonly<Record<VectorStoreId, Ways>>> = {
  'opensearch-domain': {
    scalar: {
      knobs: { encoding: 'fp16' },
      bytesPerDimension: 2,
      keepsOriginals: false,
      source: `${OPENSEARCH_PAGES}/faiss-16-bit-quantization/`,
    },
    binary: {
      knobs: { encoding: 'binary' },
      bytesPerDimension: BIT,
      keepsOriginals: true,
      source: `${OPENSEARCH_PAGES}/disk-based-vector-search/`,
    },
  },
  qdrant: {
    scalar: { bytesPerDimension: 1, keepsOriginals: true, source: QDRANT_PAGE },
    binary: { bytesPerDimension: BIT, keepsOriginals: true, source: QDRANT_PAGE },
  },
  milvus: {
    scalar: { bytesPerDimension: 1, keepsOriginals: false, source: 'https://milvus.io/docs/hnsw-sq.md' },
  },
  weaviate: {
    scalar: { bytesPerDimension: 1, keepsOriginals: true, source: WEAVIATE_PAGE },
    binary: { bytesPerDimension: BIT, keepsOriginals: true, source: WEAVIATE_PAGE },
  },
  'cloudnative-pg': {
    scalar: {
      knobs: { encoding: 'halfvec' },
      bytesPerDimension: 2,
      keepsOriginals: false,
      source: PGVECTOR_PAGE,
    },
    binary: { bytesPerDimension: BIT, keepsOriginals: true, source: PGVECTOR_PAGE },
  },
};

export interface QuantisedIndex {
  /** One copy in memory. */
  readonly memoryGib: number;
  /** One copy on disk. */
  readonly storageGib: number;
  readonly originalsOnDisk: boolean;
  /** Page that documents the quantisation; `null` without one. */
  readonly source: string | null;
}

/**
 * One copy of the index by the store's own formula, quantised as its vendor documents, or why not. Links of the graph
 * stay as they are, so a vector of few dimensions gains little, and never loses.
 */
export function quantisedIndex(
  id: VectorStoreId,
  corpus: Corpus,
  quantisation: Quantisation,
  links: number,
): QuantisedIndex | { readonly reasons: readonly string[] } {
  const full = sizeOf(id, corpus, links);
  if (quantisation === 'none') {
    if ('reasons' in full) return full;
    const { memoryGib, storageGib } = full;
    return { memoryGib, storageGib, originalsOnDisk: false, source: null };
  }
  const way = WAYS[id]?.[quantisation];
  if (way === undefined) {
    return {
      reasons: [
        `${vectorStores.get(id).title}: no ${quantisation} quantisation of its graph index is documented`,
      ],
    };
  }
  const { keepsOriginals, source } = way;
  if (way.knobs !== undefined) {
    const sized = sizeOf(id, corpus, links, way.knobs);
    if ('reasons' in sized) return sized;
    // Without full vectors to fall back on, the disk holds what the memory holds.
    const storageGib =
      keepsOriginals && !('reasons' in full) ? full.storageGib + sized.memoryGib : sized.storageGib;
    return { memoryGib: sized.memoryGib, storageGib, originalsOnDisk: keepsOriginals, source };
  }
  if ('reasons' in full) return full;
  const quantisedGib = bytesToGib(quantisedBytes(id, corpus, way.bytesPerDimension, links, full.memoryGib));
  const memoryGib = Math.min(full.memoryGib, quantisedGib);
  return {
    memoryGib,
    storageGib: full.storageGib + (keepsOriginals ? memoryGib : 0),
    originalsOnDisk: keepsOriginals,
    source,
  };
}

function sizeOf(id: VectorStoreId, corpus: Corpus, m: number, knobs?: Knobs) {
  // PostgreSQL's own sizing refuses a copy that no node holds, which a quantised one may still fit.
  if (id === 'cloudnative-pg') {
    return sizePgvector(corpus, { m, encoding: knobs?.encoding === 'halfvec' ? 'halfvec' : 'vector' });
  }
  return vectorStores.get(id).size(corpus, { m, ...knobs });
}

/** The vendor's multiple of the vectors stands for graph and slack; it may shrink with them down to the bare links. */
function quantisedBytes(
  id: VectorStoreId,
  { vectors, dimensions }: Corpus,
  bytesPerDimension: number,
  links: number,
  fullGib: number,
): number {
  // A neighbour in pgvector's graph is a tuple pointer of 6 bytes, two for each link on the lowest layer.
  if (id === 'cloudnative-pg') return vectors * (pgvectorRowBytes(dimensions).bit + 12 * links);
  const multiple = fullGib / bytesToGib(vectors * dimensions * 4);
  const codes = vectors * dimensions * bytesPerDimension;
  return codes + Math.max(codes * (multiple - 1), vectors * 8 * links);
}
