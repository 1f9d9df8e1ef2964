import type { Step } from '#lib/units/derivation';
import type { Corpus, StoreSizing } from '#lib/vector-stores/vector-store';

export interface NodeShape {
  readonly vcpus: number;
  readonly memoryGib: number;
  /** Share of the node's memory that an index may fill. */
  readonly indexShare: number;
  readonly instanceType?: string;
}

/** Share of what a node answers that the busiest second may use, as for model servers. */
const FILL = 0.7;

const GIB_PER_VCPU = 8;

/**
 * Memory-heavy nodes of a Kubernetes pool; a quarter stays for the kubelet and the agents, which have it beside the
 * store's pod (`podRoom`), and for the engine within the pod.
 */
export const CLUSTER_NODES: readonly NodeShape[] = [4, 8, 16, 32, 64].map((vcpus) => ({
  vcpus,
  memoryGib: vcpus * GIB_PER_VCPU,
  indexShare: 0.75,
}));

interface NodeDemand {
  /** One copy. */
  readonly memoryGib: number;
  readonly storageGib: number;
  readonly corpus: Corpus;
  readonly shapes: readonly NodeShape[];
  /** Whether one copy may be spread over several nodes. */
  readonly mayShard: boolean;
}

interface Choice {
  readonly shape: NodeShape;
  readonly shards: number;
  readonly replicas: number;
  readonly searchesPerSecond: number;
}

/**
 * Nodes, shards and replicas that hold every copy and answer the busiest second, with the least memory bought, in the
 * nodes beside them too. A shard has fewer vectors and is searched quicker, so more shards may do with fewer replicas. `null` where one copy must lie on
 * one node and no node is large enough.
 */
export function chooseNodes(
  demand: NodeDemand,
): { readonly nodes: NonNullable<StoreSizing['nodes']>; readonly steps: readonly Step[] } | null {
  const choices = demand.shapes.flatMap((shape) => chooseShards(demand, shape) ?? []);
  const bought = (choice: Choice) => boughtGib(choice, demand.corpus);
  const [best] = choices.toSorted((a, b) => bought(a) - bought(b) || countOf(a) - countOf(b));
  if (best === undefined) return null;
  const { shape, shards, replicas } = best;
  const count = countOf(best);
  const nodes: NonNullable<StoreSizing['nodes']> = {
    count,
    shards,
    vcpus: shape.vcpus,
    memoryGib: shape.memoryGib,
    diskGib: Math.ceil((demand.storageGib * replicas) / count),
    ...(shape.instanceType === undefined ? {} : { instanceType: shape.instanceType }),
  };
  return { nodes, steps: [stepOf(demand, best)] };
}

/** The fewest nodes of one shape; `null` where a copy must lie on one node and does not fit. */
function chooseShards({ memoryGib, corpus, mayShard }: NodeDemand, shape: NodeShape): Choice | null {
  const { vectors, copies, queriesPerSecond, searchesPerSecond } = corpus;
  const fewestShards = Math.max(1, Math.ceil(memoryGib / (shape.memoryGib * shape.indexShare)));
  if (fewestShards > 1 && !mayShard) return null;
  const neededOf = (shards: number, atBest: boolean) => {
    const rate = searchesPerSecond({ vcpus: shape.vcpus, vectors: Math.max(1, vectors / shards), atBest });
    return { rate, replicas: queriesPerSecond.peak / (rate * FILL) };
  };
  let best: Choice | undefined;
  for (let shards = fewestShards; ; shards += 1) {
    const { rate, replicas: needed } = neededOf(shards, false);
    const replicas = Math.max(copies, Math.ceil(needed));
    if (best === undefined || shards * replicas < countOf(best)) {
      best = { shape, shards, replicas, searchesPerSecond: rate };
    }
    // Work over all shards only grows with their number but for what a filter slows down in large ones, so that no later
    // choice is smaller than this product.
    const atLeast =
      (shards + 1) * Math.max(copies, (neededOf(shards, true).replicas * shards) / (shards + 1));
    if (!mayShard || atLeast >= countOf(best)) return best;
  }
}

/** In a pool of one kind of node, which costs as its vCPUs do where it has less memory for each. */
function boughtGib(choice: Choice, { beside = { count: 0, vcpus: 0, memoryGib: 0 } }: Corpus): number {
  const eachGib = Math.max(choice.shape.memoryGib, beside.memoryGib, beside.vcpus * GIB_PER_VCPU);
  return (countOf(choice) + beside.count) * eachGib;
}

function countOf({ shards, replicas }: Pick<Choice, 'shards' | 'replicas'>): number {
  return shards * replicas;
}

function stepOf({ memoryGib, corpus }: NodeDemand, choice: Choice): Step {
  const { shape, shards, searchesPerSecond } = choice;
  return {
    id: 'store-nodes',
    label: 'Nodes of the store',
    formula: 'shards × max(copies, peak ÷ (searches per copy × fill))',
    value: countOf(choice),
    unit: 'nodes',
    inputs: [
      { name: 'index', value: memoryGib, unit: 'GiB per copy' },
      { name: 'node memory', value: shape.memoryGib, unit: 'GiB' },
      { name: 'index share', value: shape.indexShare, unit: 'share 0–1' },
      { name: 'shards', value: shards, unit: 'shards' },
      { name: 'copies', value: corpus.copies, unit: 'copies' },
      { name: 'peak', value: corpus.queriesPerSecond.peak, unit: 'queries/s' },
      { name: 'searches per copy', value: searchesPerSecond, unit: 'queries/s' },
      { name: 'fill', value: FILL, unit: 'share 0–1' },
    ],
  };
}
