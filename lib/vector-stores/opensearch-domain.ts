import * as z from 'zod';
import { HOURS_PER_MONTH } from '#lib/units/money';
import { openSearchBytes, openSearchOriginalBytes } from '#lib/vector-stores/formulas';
import { buildEffort, distance, links } from '#lib/vector-stores/index-knobs';
import { sizeIndex } from '#lib/vector-stores/index-size';
import { chooseNodes, type NodeShape } from '#lib/vector-stores/nodes';
import { encryptionKey, recurring } from '#lib/vector-stores/purchases';
import { defineVectorStore } from '#lib/vector-stores/vector-store';

/** Java heap: half of the memory, never above 32 GiB. */
const MAX_HEAP_GIB = 32;
/** Share of what the heap leaves that k-NN may fill (`knn.memory.circuit_breaker.limit`). */
const CIRCUIT_BREAKER = 0.5;
/** Smallest EBS volume of a search node. */
const MIN_DISK_GIB = 10;

/** Sizes of the r7g search family: vCPUs, 8 GiB each. */
const NODES: readonly NodeShape[] = [
  ['large', 2],
  ['xlarge', 4],
  ['2xlarge', 8],
  ['4xlarge', 16],
  ['8xlarge', 32],
  ['12xlarge', 48],
  ['16xlarge', 64],
].map(([size, vcpus]) => searchNode(String(size), Number(vcpus)));

/** An OpenSearch domain on memory-heavy Graviton nodes, with gp3 volumes. */
export const openSearchDomain = defineVectorStore({
  id: 'opensearch-domain',
  title: 'Amazon OpenSearch Service domain',
  runsOn: 'aws',
  standsInNetwork: true,
  knobs: z.strictObject({
    m: links,
    efConstruction: buildEffort,
    encoding: z
      .enum(['float32', 'fp16', 'byte', 'binary'])
      .default('float32')
      .meta({ description: 'Numbers kept in the index', unit: 'id', examples: ['fp16'] }),
    distance,
  }),
  size: (corpus, knobs) => {
    if (corpus.dimensions > 16_000) {
      return {
        reasons: [`${corpus.dimensions} dimensions, OpenSearch indexes 16000 at most; truncate the vectors`],
      };
    }
    const index = sizeIndex({
      corpus,
      indexBytes: openSearchBytes({ ...corpus, links: knobs.m, encoding: knobs.encoding }),
      originalBytes: openSearchOriginalBytes(corpus, knobs.encoding),
      formula: '1.1 × (bytes per vector + 8 × links) × vectors',
      inputs: [
        { name: 'links', value: knobs.m, unit: 'links' },
        { name: 'encoding', value: knobs.encoding, unit: 'id' },
      ],
    });
    const chosen = chooseNodes({ ...index, corpus, shapes: NODES, mayShard: true });
    if (chosen === null) throw new Error('a store that shards always has nodes');
    const { nodes, steps } = chosen;
    return {
      memoryGib: index.memoryGib,
      storageGib: index.storageGib,
      nodes: { ...nodes, diskGib: Math.max(MIN_DISK_GIB, nodes.diskGib) },
      capacityUnits: null,
      derivation: [...index.steps, ...steps],
    };
  },
  purchases: (sizing, _corpus, placement) => {
    const { nodes } = sizing;
    if (nodes?.instanceType === undefined) throw new Error('an OpenSearch domain is sized in instances');
    return [
      encryptionKey(placement),
      recurring(
        {
          key: 'instances',
          label: 'OpenSearch nodes',
          basis: `${nodes.count} × ${nodes.instanceType} × ${HOURS_PER_MONTH} h`,
          quantityPerMonth: nodes.count * HOURS_PER_MONTH,
          service: 'opensearch',
          sku: nodes.instanceType,
          unit: 'instance-hour',
        },
        placement,
      ),
      recurring(
        {
          key: 'storage',
          label: 'Volumes of the OpenSearch nodes',
          basis: `${nodes.count} × ${nodes.diskGib} GiB gp3`,
          quantityPerMonth: nodes.count * nodes.diskGib,
          service: 'opensearch',
          sku: 'gp3 storage',
          unit: 'GB-month',
        },
        placement,
      ),
    ];
  },
});

function searchNode(size: string, vcpus: number): NodeShape {
  const memoryGib = vcpus * 8;
  const heapGib = Math.min(memoryGib / 2, MAX_HEAP_GIB);
  return {
    vcpus,
    memoryGib,
    indexShare: ((memoryGib - heapGib) * CIRCUIT_BREAKER) / memoryGib,
    instanceType: `r7g.${size}.search`,
  };
}
