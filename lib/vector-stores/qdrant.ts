import * as z from 'zod';
import { qdrantBytes, vectorBytes } from '#lib/vector-stores/formulas';
import { buildEffort, distance, links } from '#lib/vector-stores/index-knobs';
import { sizeIndex } from '#lib/vector-stores/index-size';
import { carriedByNodes, volumePerNode } from '#lib/vector-stores/purchases';
import { quantisationMeta, quantisedIndex } from '#lib/vector-stores/quantisation';
import { sizedInCluster } from '#lib/vector-stores/raw-multiple';
import { defineVectorStore } from '#lib/vector-stores/vector-store';

const MAX_DIMENSIONS = 65_535;

/** Qdrant from its chart, one pod per node. The factor 1.5 of its capacity planning covers the graph. */
export const qdrant = defineVectorStore({
  id: 'qdrant',
  title: 'Qdrant',
  runsOn: 'kubernetes',
  knobs: z.strictObject({
    m: links,
    efConstruction: buildEffort,
    encoding: z
      .enum(['float32', 'fp16', 'byte'])
      .default('float32')
      .meta({ description: 'Numbers of a vector as stored', unit: 'id', examples: ['fp16'] }),
    distance,
    quantisation: z
      .enum(['none', 'scalar', 'binary'])
      .default('none')
      .meta(quantisationMeta('https://qdrant.tech/documentation/guides/quantization/')),
  }),
  size: (corpus, knobs) => {
    if (corpus.dimensions > MAX_DIMENSIONS) {
      return { reasons: [`${corpus.dimensions} dimensions, Qdrant takes ${MAX_DIMENSIONS} at most`] };
    }
    const full = sizeIndex({
      corpus,
      indexBytes: qdrantBytes(corpus.vectors, corpus.dimensions, vectorBytes(1, knobs.encoding)),
      formula: 'vectors × dimensions × bytes × 1.5',
      inputs: [{ name: 'bytes', value: vectorBytes(1, knobs.encoding), unit: 'bytes per dimension' }],
    });
    const how = { quantisation: knobs.quantisation, links: knobs.m, keepsOriginals: true };
    return sizedInCluster(quantisedIndex(full, corpus, how), corpus);
  },
  purchases: (sizing, _corpus, placement) => [carriedByNodes(volumePerNode(sizing), placement)],
});
