/** What a store keeps of each number of a vector in its index. */
export type Encoding = 'float32' | 'fp16' | 'byte' | 'binary';

/** Bytes of one vector's numbers, before any graph. `bits` counts only for `binary` (1, 2 or 4 per dimension). */
export function vectorBytes(dimensions: number, encoding: Encoding, bits = 1): number {
  if (encoding === 'binary') return (dimensions * bits) / 8;
  return dimensions * { float32: 4, fp16: 2, byte: 1 }[encoding];
}

interface Graph {
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
