/** What a store keeps of each number of a vector in its index. */
export type Encoding = 'float32' | 'fp16' | 'byte' | 'binary';

/** Bytes of one vector's numbers, before any graph. `bits` counts only for `binary` (1, 2 or 4 per dimension). */
export function vectorBytes(dimensions: number, encoding: Encoding, bits = 1): number {
  if (encoding === 'binary') return (dimensions * bits) / 8;
  return dimensions * { float32: 4, fp16: 2, byte: 1 }[encoding];
}

export interface Graph {
  readonly vectors: number;
  readonly dimensions: number;
  /** Links per vector and layer; the lowest layer holds twice as many, of 4 bytes each. */
  readonly links: number;
}

/** OpenSearch k-NN: `1.1 × (vector + 8 × M) × N` bytes, by its documentation. Its examples mix GB and GiB. */
export function openSearchBytes(
  graph: Graph & { readonly encoding: Encoding; readonly bits?: number },
): number {
  return 1.1 * (vectorBytes(graph.dimensions, graph.encoding, graph.bits) + 8 * graph.links) * graph.vectors;
}

/**
 * Vectors in 32 bits that OpenSearch keeps in a flat file beside an index that it narrows itself, to score the best again
 * (opensearch-project/k-NN#1779, #2890). Bytes are what was written: nothing else is kept.
 */
export function openSearchOriginalBytes(
  { vectors, dimensions }: Omit<Graph, 'links'>,
  encoding: Encoding,
): number {
  return encoding === 'fp16' || encoding === 'binary' ? vectors * vectorBytes(dimensions, 'float32') : 0;
}

/** What any graph index holds at the least: each vector, and two lists of links on the lowest layer, 4 bytes each. */
export function bareGraphBytes({ vectors, links }: Graph, bytesPerVector: number): number {
  return vectors * (bytesPerVector + 8 * links);
}

/** Qdrant capacity planning: `N × d × bytes × 1.5`. */
export function qdrantBytes(vectors: number, dimensions: number, bytesPerDimension: number): number {
  return vectors * dimensions * bytesPerDimension * 1.5;
}

/** pgvector README: bytes of one column value by type. */
export function pgvectorRowBytes(dimensions: number) {
  return { vector: 4 * dimensions + 8, halfvec: 2 * dimensions + 8, bit: dimensions / 8 + 8 };
}

/** pgvector README: most dimensions that an HNSW or IVFFlat index takes, by type. */
export const PGVECTOR_INDEX_DIMENSIONS = { vector: 2_000, halfvec: 4_000, bit: 64_000 } as const;
