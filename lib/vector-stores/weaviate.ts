import * as z from 'zod';
import { buildEffort, distance, links } from '#lib/vector-stores/index-knobs';
import { carriedByNodes, volumePerNode } from '#lib/vector-stores/purchases';
import { quantisationMeta } from '#lib/vector-stores/quantisation';
import { sizeByRawMultiple } from '#lib/vector-stores/raw-multiple';
import { defineVectorStore } from '#lib/vector-stores/vector-store';

const MAX_DIMENSIONS = 65_535;
/** Weaviate's rule: about twice the memory of the raw vectors, since the Go runtime collects late. */
const MEMORY_FACTOR = 2;

/** Weaviate from its chart, one pod per node. */
export const weaviate = defineVectorStore({
  id: 'weaviate',
  title: 'Weaviate',
  runsOn: 'kubernetes',
  // Claims of a StatefulSet cannot be changed: https://kubernetes.io/docs/concepts/workloads/controllers/statefulset/
  diskChanges: 'anew',
  knobs: z.strictObject({
    m: links,
    efConstruction: buildEffort,
    distance,
    quantisation: z
      .enum(['none', 'scalar', 'binary'])
      .default('none')
      .meta(quantisationMeta('https://docs.weaviate.io/weaviate/concepts/vector-quantization')),
  }),
  size: (corpus, knobs) =>
    sizeByRawMultiple(corpus, knobs, {
      product: 'Weaviate',
      maxDimensions: MAX_DIMENSIONS,
      factor: MEMORY_FACTOR,
      keepsOriginals: true,
    }),
  purchases: (sizing, _corpus, placement) => [carriedByNodes(volumePerNode(sizing), placement)],
});
