import * as z from 'zod';
import { podRoom } from '#lib/vector-stores/pod-room';
import { bytesToGib } from '#lib/units/bytes';
import { pgvectorRowBytes } from '#lib/vector-stores/formulas';
import { buildEffort, distance, links } from '#lib/vector-stores/index-knobs';
import type { IndexSize } from '#lib/vector-stores/index-size';
import { chooseNodes, CLUSTER_NODES, type NodeShape } from '#lib/vector-stores/nodes';
import { pgvectorIndexBytes } from '#lib/vector-stores/pgvector-pages';
import { sizePgvector } from '#lib/vector-stores/pgvector-size';
import { carriedByNodes, volumePerNode } from '#lib/vector-stores/purchases';
import { quantisationMeta, smaller } from '#lib/vector-stores/quantisation';
import { defineVectorStore, type Corpus } from '#lib/vector-stores/vector-store';

/** Share of a pod's memory in which PostgreSQL and the kernel keep pages, and so the index; the rest is for its processes. */
export const CACHE_SHARE = 0.75;

const NODES: readonly NodeShape[] = CLUSTER_NODES.map((node) => ({
  ...node,
  indexShare: (CACHE_SHARE * podRoom(node).memoryGib) / node.memoryGib,
}));

/** PostgreSQL does not shard: one instance holds the whole index, and each copy is one instance. */
const LARGEST = NODES.at(-1);

/** PostgreSQL with pgvector, run by the CloudNativePG operator: one primary and a standby per further copy. */
export const cloudnativePg = defineVectorStore({
  id: 'cloudnative-pg',
  title: 'PostgreSQL with pgvector (CloudNativePG)',
  runsOn: 'kubernetes',
  // The operator enlarges volumes, and cannot make them smaller: https://cloudnative-pg.io/documentation/current/storage/
  diskChanges: 'grow-only',
  knobs: z.strictObject({
    m: links,
    efConstruction: buildEffort,
    encoding: z
      .enum(['vector', 'halfvec'])
      .default('vector')
      .meta({ description: 'Column type: 4 or 2 bytes per dimension', unit: 'id', examples: ['halfvec'] }),
    distance,
    quantisation: z
      .enum(['none', 'binary'])
      .default('none')
      .meta(quantisationMeta('https://github.com/pgvector/pgvector#readme')),
  }),
  size: (corpus, knobs) => {
    const full = sizePgvector(corpus, knobs);
    if ('reasons' in full) return full;
    const index = knobs.quantisation === 'binary' ? inBits(full, corpus, knobs.m) : full;
    const chosen = chooseNodes({ ...index, corpus, shapes: NODES, mayShard: false });
    if (chosen === null) {
      return {
        reasons: [
          `the index needs ${index.memoryGib.toFixed(0)} GiB in one PostgreSQL instance, the largest node holds ${((LARGEST?.memoryGib ?? 0) * (LARGEST?.indexShare ?? 0)).toFixed(0)}; store halfvec, quantise or take a store that shards`,
        ],
      };
    }
    return {
      memoryGib: index.memoryGib,
      storageGib: index.storageGib,
      // Each copy is a whole instance with its own volume.
      nodes: { ...chosen.nodes, diskGib: Math.ceil(index.storageGib) },
      capacityUnits: null,
      derivation: [...index.steps, ...chosen.steps],
    };
  },
  purchases: (sizing, _corpus, placement) => [carriedByNodes(volumePerNode(sizing), placement)],
});

/** An index over `binary_quantize(embedding)`, which the table's vectors rank again. */
function inBits(full: IndexSize, corpus: Corpus, links: number): IndexSize {
  const rowBytes = pgvectorRowBytes(corpus.dimensions).bit;
  const indexBytes = pgvectorIndexBytes(rowBytes, links);
  return smaller(full, bytesToGib(corpus.vectors * indexBytes), {
    formula: 'pages of 8 KiB ÷ elements of bits on a page × vectors',
    inputs: [
      { name: 'bits', value: rowBytes, unit: 'bytes' },
      { name: 'links', value: links, unit: 'links' },
      { name: 'element with its share of a page', value: indexBytes, unit: 'bytes' },
    ],
    keepsOriginals: true,
  });
}
