import * as z from 'zod';
import { buildEffort, distance, links } from '#lib/vector-stores/index-knobs';
import { sizeIndex } from '#lib/vector-stores/index-size';
import { chooseNodes, CLUSTER_NODES } from '#lib/vector-stores/nodes';
import { carriedByNodes } from '#lib/vector-stores/purchases';
import { defineVectorStore } from '#lib/vector-stores/vector-store';

const MAX_DIMENSIONS = 65_535;
/** Weaviate's rule: about twice the memory of the raw vectors, since the Go runtime collects late. */
const MEMORY_FACTOR = 2;

/** Weaviate from its chart, one pod per node. */
export const weaviate = defineVectorStore({
  id: 'weaviate',
  title: 'Weaviate',
  runsOn: 'kubernetes',
  knobs: z.strictObject({ m: links, efConstruction: buildEffort, distance }),
  size: (corpus) => {
    if (corpus.dimensions > MAX_DIMENSIONS) {
      return { reasons: [`${corpus.dimensions} dimensions, Weaviate takes ${MAX_DIMENSIONS} at most`] };
    }
    const index = sizeIndex({
      corpus,
      indexBytes: corpus.vectors * corpus.dimensions * 4 * MEMORY_FACTOR,
      formula: 'vectors × dimensions × 4 × factor',
      inputs: [{ name: 'factor', value: MEMORY_FACTOR, unit: 'memory ÷ raw vectors' }],
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
