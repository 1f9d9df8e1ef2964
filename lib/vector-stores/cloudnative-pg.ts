import * as z from 'zod';
import { buildEffort, distance, links } from '#lib/vector-stores/index-knobs';
import { CLUSTER_NODES } from '#lib/vector-stores/nodes';
import { sizePgvector } from '#lib/vector-stores/pgvector-size';
import { carriedByNodes } from '#lib/vector-stores/purchases';
import { defineVectorStore } from '#lib/vector-stores/vector-store';

/** PostgreSQL does not shard: one instance holds the whole index, and each copy is one instance. */
const LARGEST = CLUSTER_NODES.at(-1);

/** PostgreSQL with pgvector, run by the CloudNativePG operator: one primary and a standby per further copy. */
export const cloudnativePg = defineVectorStore({
  id: 'cloudnative-pg',
  title: 'PostgreSQL with pgvector (CloudNativePG)',
  runsOn: 'kubernetes',
  knobs: z.strictObject({
    m: links,
    efConstruction: buildEffort,
    encoding: z
      .enum(['vector', 'halfvec'])
      .default('vector')
      .meta({ description: 'Column type: 4 or 2 bytes per dimension', unit: 'id', examples: ['halfvec'] }),
    distance,
  }),
  size: (corpus, knobs) => {
    const index = sizePgvector(corpus, knobs);
    if ('reasons' in index) return index;
    const node = CLUSTER_NODES.find((shape) => index.memoryGib <= shape.memoryGib * shape.indexShare);
    if (node === undefined) {
      return {
        reasons: [
          `the index needs ${index.memoryGib.toFixed(0)} GiB in one PostgreSQL instance, the largest node holds ${((LARGEST?.memoryGib ?? 0) * (LARGEST?.indexShare ?? 0)).toFixed(0)}; store halfvec or take a store that shards`,
        ],
      };
    }
    return {
      memoryGib: index.memoryGib,
      storageGib: index.storageGib,
      nodes: {
        count: corpus.copies,
        vcpus: node.vcpus,
        memoryGib: node.memoryGib,
        diskGib: Math.ceil(index.storageGib),
      },
      capacityUnits: null,
      derivation: [
        ...index.steps,
        {
          id: 'store-nodes',
          label: 'Instances of PostgreSQL',
          formula: 'copies; each on the smallest node whose memory × index share holds the index',
          value: corpus.copies,
          unit: 'nodes',
          inputs: [
            { name: 'copies', value: corpus.copies, unit: 'copies' },
            { name: 'index', value: index.memoryGib, unit: 'GiB' },
            { name: 'node memory', value: node.memoryGib, unit: 'GiB' },
            { name: 'index share', value: node.indexShare, unit: 'share 0–1' },
          ],
        },
      ],
    };
  },
  purchases: (sizing) => [carriedByNodes(sizing)],
});
