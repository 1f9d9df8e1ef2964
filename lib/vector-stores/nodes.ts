import type { Step } from '#lib/units/derivation';
import type { Corpus, StoreSizing } from '#lib/vector-stores/vector-store';

export interface NodeShape {
  readonly vcpus: number;
  readonly memoryGib: number;
  /** Share of the node's memory that an index may fill. */
  readonly indexShare: number;
  readonly instanceType?: string;
}

/** Nodes beyond which a larger shape is taken, as long as there is one. */
const COUNT_BEFORE_LARGER = 12;

/**
 * Searches per second that one vCPU answers at 10 million vectors of 768: a third of what VectorDBBench's 8-core
 * runs reach (2,181 per second on 8 cores), since filters, writes and recall above 0.9 all cost.
 */
const QUERIES_PER_SECOND_PER_VCPU = 100;

/** Memory-heavy nodes of a Kubernetes pool; a quarter stays for the engine, the kubelet and the page cache. */
export const CLUSTER_NODES: readonly NodeShape[] = [4, 8, 16, 32, 64].map((vcpus) => ({
  vcpus,
  memoryGib: vcpus * 8,
  indexShare: 0.75,
}));

interface NodeDemand {
  readonly memoryGib: number;
  readonly storageGib: number;
  readonly corpus: Corpus;
  readonly shapes: readonly NodeShape[];
}

/**
 * The shape and count that hold every copy and answer the busiest second with the least memory bought. Copies lie on
 * different nodes, so there are at least as many nodes as copies.
 */
export function chooseNodes(demand: NodeDemand): {
  nodes: NonNullable<StoreSizing['nodes']>;
  steps: Step[];
} {
  const { memoryGib, storageGib, corpus, shapes } = demand;
  const allGib = memoryGib * corpus.copies;
  const vcpus = corpus.queriesPerSecond.peak / QUERIES_PER_SECOND_PER_VCPU;
  const largest = shapes.at(-1);
  const candidates = shapes
    .map((shape) => {
      const forMemory = Math.ceil(allGib / (shape.memoryGib * shape.indexShare));
      return { shape, count: Math.max(corpus.copies, forMemory, Math.ceil(vcpus / shape.vcpus)) };
    })
    .filter(({ shape, count }) => shape === largest || count <= Math.max(COUNT_BEFORE_LARGER, corpus.copies))
    .toSorted((a, b) => a.count * a.shape.memoryGib - b.count * b.shape.memoryGib || a.count - b.count);
  const [best] = candidates;
  if (best === undefined) throw new Error('a store must offer at least one node shape');
  const { shape, count } = best;
  const diskGib = Math.ceil((storageGib * corpus.copies) / count);
  const node: NonNullable<StoreSizing['nodes']> = {
    count,
    vcpus: shape.vcpus,
    memoryGib: shape.memoryGib,
    diskGib,
    ...(shape.instanceType === undefined ? {} : { instanceType: shape.instanceType }),
  };
  const step: Step = {
    id: 'store-nodes',
    label: 'Nodes of the store',
    formula: 'max(copies, index × copies ÷ (node memory × index share), peak ÷ (queries per vCPU × vCPUs))',
    value: count,
    unit: 'nodes',
    inputs: [
      { name: 'index', value: memoryGib, unit: 'GiB per copy' },
      { name: 'copies', value: corpus.copies, unit: 'copies' },
      { name: 'node memory', value: shape.memoryGib, unit: 'GiB' },
      { name: 'index share', value: shape.indexShare, unit: 'share 0–1' },
      { name: 'peak', value: corpus.queriesPerSecond.peak, unit: 'queries/s' },
      { name: 'queries per vCPU', value: QUERIES_PER_SECOND_PER_VCPU, unit: 'queries/s' },
      { name: 'vCPUs', value: shape.vcpus, unit: 'vCPU per node' },
    ],
  };
  return { nodes: node, steps: [step] };
}
