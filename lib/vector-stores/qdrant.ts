import * as z from 'zod';
import { bareGraphBytes, qdrantBytes, vectorBytes } from '#lib/vector-stores/formulas';
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
  // Claims of a StatefulSet cannot be changed: https://kubernetes.io/docs/concepts/workloads/controllers/statefulset/
  diskChanges: 'anew',
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
    const bytes = vectorBytes(1, knobs.encoding);
    const rule = qdrantBytes(corpus.vectors, corpus.dimensions, bytes);
    // Of short vectors the links are more than the half that the rule leaves for them.
    const bare = bareGraphBytes({ ...corpus, links: knobs.m }, corpus.dimensions * bytes);
    const full = sizeIndex({
      corpus,
      indexBytes: Math.max(rule, bare),
      formula:
        rule < bare
          ? 'vectors × (dimensions × bytes + 8 × links): more than × 1.5'
          : 'vectors × dimensions × bytes × 1.5',
      inputs: [
        { name: 'bytes', value: bytes, unit: 'bytes per dimension' },
        ...(rule < bare ? [{ name: 'links', value: knobs.m, unit: 'links' } as const] : []),
      ],
    });
    const how = { quantisation: knobs.quantisation, links: knobs.m, keepsOriginals: true };
    return sizedInCluster(quantisedIndex(full, corpus, how), corpus);
  },
  purchases: (sizing, _corpus, placement) => [carriedByNodes(volumePerNode(sizing), placement)],
});
