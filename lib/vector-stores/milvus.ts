import * as z from 'zod';
import { buildEffort, distance, links } from '#lib/vector-stores/index-knobs';
import { sizeIndex } from '#lib/vector-stores/index-size';
import { chooseNodes, CLUSTER_NODES } from '#lib/vector-stores/nodes';
import { carriedByNodes } from '#lib/vector-stores/purchases';
import { defineVectorStore } from '#lib/vector-stores/vector-store';

const MAX_DIMENSIONS = 32_768;
/** Memory over raw vectors: Milvus states 1.5 to 2 for HNSW; the upper end is planned. */
const MEMORY_FACTOR = 2;

/** Milvus by its operator: query nodes hold the index, object storage holds the segments. */
export const milvus = defineVectorStore({
  id: 'milvus',
  title: 'Milvus',
  runsOn: 'kubernetes',
  knobs: z.strictObject({ m: links, efConstruction: buildEffort, distance }),
  size: (corpus) => {
    if (corpus.dimensions > MAX_DIMENSIONS) {
      return { reasons: [`${corpus.dimensions} dimensions, Milvus takes ${MAX_DIMENSIONS} at most`] };
    }
    const index = sizeIndex({
      corpus,
      indexBytes: corpus.vectors * corpus.dimensions * 4 * MEMORY_FACTOR,
      formula: 'vectors × dimensions × 4 × factor',
      inputs: [{ name: 'factor', value: MEMORY_FACTOR, unit: 'index ÷ raw vectors' }],
    });
    const { nodes, steps } = chooseNodes({ ...index, corpus, shapes: CLUSTER_NODES });
    return {
      memoryGib: index.memoryGib,
      storageGib: index.storageGib,
      nodes,
      capacityUnits: null,
      derivation: [...index.steps, ...steps],
    };
  },
  purchases: (sizing) => [carriedByNodes(sizing)],
});
