import { PGVECTOR_INDEX_DIMENSIONS, pgvectorRowBytes } from '#lib/vector-stores/formulas';
import { sizeIndex, type IndexSize } from '#lib/vector-stores/index-size';
import type { Corpus, StoreMisfit } from '#lib/vector-stores/vector-store';

/** A neighbour in pgvector's graph is a tuple pointer of 6 bytes, and the lowest layer holds twice the links. */
export const PGVECTOR_BYTES_PER_LINK = 12;

export type PgvectorEncoding = 'vector' | 'halfvec';

/**
 * pgvector's HNSW index, or why there is none: it takes at most 2,000 dimensions as `vector` and 4,000 as `halfvec`.
 * The row stands once in the table and once in the index.
 */
export function sizePgvector(
  corpus: Corpus,
  knobs: { readonly m: number; readonly encoding: PgvectorEncoding },
): IndexSize | StoreMisfit {
  const limit = PGVECTOR_INDEX_DIMENSIONS[knobs.encoding];
  if (corpus.dimensions > limit) {
    const way =
      corpus.dimensions <= PGVECTOR_INDEX_DIMENSIONS.halfvec
        ? 'store them as halfvec or truncate the vectors'
        : 'truncate the vectors';
    return {
      reasons: [
        `${corpus.dimensions} dimensions, pgvector indexes ${limit} at most as ${knobs.encoding}; ${way}`,
      ],
    };
  }
  const rowBytes = pgvectorRowBytes(corpus.dimensions)[knobs.encoding];
  const index = sizeIndex({
    corpus,
    indexBytes: corpus.vectors * (rowBytes + PGVECTOR_BYTES_PER_LINK * knobs.m),
    formula: '(row + 12 × links) × vectors',
    inputs: [
      { name: 'row', value: rowBytes, unit: 'bytes' },
      { name: 'links', value: knobs.m, unit: 'links' },
    ],
  });
  const table = sizeIndex({
    corpus: { ...corpus, payloadBytesPerVector: 0 },
    indexBytes: corpus.vectors * rowBytes,
    formula: 'row × vectors',
    inputs: [{ name: 'row', value: rowBytes, unit: 'bytes' }],
  });
  const steps = table.steps.map((step) => ({
    ...step,
    id: `${step.id}-table`,
    label: `${step.label}: the table's vectors`,
  }));
  return {
    memoryGib: index.memoryGib,
    storageGib: index.storageGib + table.storageGib,
    steps: [...index.steps, ...steps],
  };
}
