import { PGVECTOR_INDEX_DIMENSIONS, pgvectorRowBytes } from '#lib/vector-stores/formulas';
import { sizeIndex, type IndexSize } from '#lib/vector-stores/index-size';
import { pgvectorIndexBytes, pgvectorTableBytes } from '#lib/vector-stores/pgvector-pages';
import type { Corpus, StoreMisfit } from '#lib/vector-stores/vector-store';

export type PgvectorEncoding = 'vector' | 'halfvec';

/**
 * pgvector's HNSW index, or why there is none: it takes at most 2,000 dimensions as `vector` and 4,000 as `halfvec`.
 * The vector stands once in the table and once in the index, and fills pages of 8 KiB in both.
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
  const indexBytes = pgvectorIndexBytes(rowBytes, knobs.m);
  const tableBytes = pgvectorTableBytes(rowBytes);
  const index = sizeIndex({
    corpus,
    indexBytes: corpus.vectors * indexBytes,
    formula: 'pages of 8 KiB ÷ elements on a page × vectors',
    inputs: [
      { name: 'vector', value: rowBytes, unit: 'bytes' },
      { name: 'links', value: knobs.m, unit: 'links' },
      { name: 'element with its share of a page', value: indexBytes, unit: 'bytes' },
    ],
  });
  const table = sizeIndex({
    corpus: { ...corpus, payloadBytesPerVector: 0 },
    indexBytes: corpus.vectors * tableBytes,
    formula: 'row with its share of a page × vectors',
    inputs: [{ name: 'row with its share of a page', value: tableBytes, unit: 'bytes' }],
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
