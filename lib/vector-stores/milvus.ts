import * as z from 'zod';
import { buildEffort, distance, links } from '#lib/vector-stores/index-knobs';
import { carriedByNodes } from '#lib/vector-stores/purchases';
import { quantisationMeta } from '#lib/vector-stores/quantisation';
import { sizeByRawMultiple } from '#lib/vector-stores/raw-multiple';
import { defineVectorStore } from '#lib/vector-stores/vector-store';

const MAX_DIMENSIONS = 32_768;
/** Memory over raw vectors: Milvus states 1.5 to 2 for HNSW; the upper end is planned. */
const MEMORY_FACTOR = 2;

/** Milvus by its operator: query nodes hold the index, object storage holds the segments. */
export const milvus = defineVectorStore({
  id: 'milvus',
  title: 'Milvus',
  runsOn: 'kubernetes',
  knobs: z.strictObject({
    m: links,
    efConstruction: buildEffort,
    distance,
    quantisation: z
      .enum(['none', 'scalar'])
      .default('none')
      .meta(quantisationMeta('https://milvus.io/docs/hnsw-sq.md')),
  }),
  size: (corpus, knobs) =>
    sizeByRawMultiple(corpus, knobs, {
      product: 'Milvus',
      maxDimensions: MAX_DIMENSIONS,
      factor: MEMORY_FACTOR,
      keepsOriginals: false,
    }),
  purchases: (sizing) => [carriedByNodes(sizing)],
});
