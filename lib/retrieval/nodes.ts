import { checkRange } from '#lib/retrieval/check-range';
import { nodesOf } from '#lib/retrieval/node-shapes';
import { quantisedIndex, type Quantisation, type QuantisedIndex } from '#lib/retrieval/quantised-index';
import { predictSearch, type NoPrediction, type SearchPrediction } from '#lib/retrieval/queries-per-second';
import { retrievalConstants, type RetrievalConstants } from '#lib/retrieval/retrieval-constants';
import { scaleBand, type Band } from '#lib/units/band';
import type { Step } from '#lib/units/derivation';
import type { VectorStoreId } from '#lib/vector-stores/index';
import type { NodeShape } from '#lib/vector-stores/nodes';

/** What a store must hold and answer. */
export interface StoreDemand {
  readonly vectors: number;
  readonly dimensions: number;
  /** 0–1. */
  readonly recall: number;
  readonly quantisation: Quantisation;
  /** Of the busiest second. */
  readonly queriesPerSecond: number;
  /** Share of the vectors that a filter removes, 0–1, below 1. */
  readonly filterShare: number;
  /** Copies for availability, the first included. */
  readonly copies: number;
  /** Vectors searched on disk, with no smaller form of them in memory. @default - false */
  readonly onDisk?: boolean;
  /** Bytes of text and metadata beside each vector. @default - 0 */
  readonly payloadBytesPerVector?: number;
  /** HNSW links per vector (M). @default - 16 */
  readonly links?: number;
  /** Share of the throughput that is planned with. @default - 0.7, as for model servers */
  readonly fill?: number;
  /** Shapes to choose from. @default - what the store runs on */
  readonly shapes?: readonly NodeShape[];
}

export interface NodePlan {
  readonly node: NodeShape;
  /** `shards × replicas`. */
  readonly nodes: number;
  /** Nodes over which one copy is spread; every search asks all of them. */
  readonly shards: number;
  readonly replicas: number;
  /** One copy in memory. */
  readonly memoryGib: number;
  /** One copy on disk. */
  readonly storageGib: number;
  /** Full vectors stay on disk, to rank the best again. */
  readonly originalsOnDisk: boolean;
  /** Page of the vendor that documents the quantisation; `null` without one. */
  readonly quantisationSource: string | null;
  /** What all nodes answer, unfilled. */
  readonly queriesPerSecond: Band;
  /** One search after the other. */
  readonly p99LatencyMs: Band;
  /** What asks for the most nodes: the memory of the index, the queries, or the copies alone. */
  readonly binds: 'memory' | 'queries' | 'copies';
  readonly confidence: SearchPrediction['confidence'];
  readonly why: readonly string[];
  readonly derivation: readonly Step[];
}

const DEFAULT_FILL = 0.7;
const DEFAULT_LINKS = 16;
/** What the measured rows of a store keep of a dimension; all others keep it whole. */
const MEASURED_QUANTISATION: Partial<Readonly<Record<VectorStoreId, Quantisation>>> = { milvus: 'scalar' };

interface Choice {
  readonly shape: NodeShape;
  readonly fewestShards: number;
  readonly shards: number;
  readonly replicas: number;
  readonly perReplica: SearchPrediction;
}

/**
 * Nodes, shards and replicas of a store that hold every copy and answer the busiest second, with the least memory
 * bought. A shard has fewer vectors and is searched quicker, so more shards may do with fewer replicas. Reasons where
 * the store cannot, or where nobody has measured it.
 *
 * @throws LandfallError where a figure is impossible
 */
export function planNodes(
  id: VectorStoreId,
  demand: StoreDemand,
  constants: RetrievalConstants = retrievalConstants(),
): NodePlan | NoPrediction {
  check(demand);
  const runsOn = nodesOf(id);
  if (runsOn === null)
    return { reasons: [`${id} is bought in units of its own, its nodes are not to be chosen`] };
  if (demand.onDisk === true && demand.quantisation === 'none') {
    return {
      reasons: [
        'no row measures a search of whole vectors on disk, and no vendor gives its memory; quantise, which leaves the originals on disk',
      ],
    };
  }
  const index = quantisedIndex(id, corpusOf(demand), demand.quantisation, demand.links ?? DEFAULT_LINKS);
  if ('reasons' in index) return index;
  const choices: Choice[] = [];
  for (const shape of demand.shapes ?? runsOn.shapes) {
    const choice = chooseShards(id, demand, shape, { index, mayShard: runsOn.shards, constants });
    if (choice !== null && 'reasons' in choice) return choice;
    if (choice !== null) choices.push(choice);
  }
  const [best] = choices.toSorted((a, b) => bought(a) - bought(b) || countOf(a) - countOf(b));
  if (best === undefined) {
    return {
      reasons: [`one copy takes ${index.memoryGib.toFixed(0)} GiB, and ${id} keeps a copy on one node`],
    };
  }
  return planOf(id, demand, index, best);
}

/** The fewest nodes of one shape; `null` where a copy must lie on one node and does not fit. */
function chooseShards(
  id: VectorStoreId,
  demand: StoreDemand,
  shape: NodeShape,
  given: {
    readonly index: QuantisedIndex;
    readonly mayShard: boolean;
    readonly constants: RetrievalConstants;
  },
): Choice | NoPrediction | null {
  const fewestShards = Math.max(1, Math.ceil(given.index.memoryGib / (shape.memoryGib * shape.indexShare)));
  if (fewestShards > 1 && !given.mayShard) return null;
  let best: Choice | undefined;
  for (let shards = fewestShards; ; shards += 1) {
    const perReplica = predictSearch(
      { ...demand, store: id, vectors: Math.max(1, demand.vectors / shards), vcpus: shape.vcpus },
      given.constants,
    );
    if ('reasons' in perReplica) return perReplica;
    const needed =
      demand.queriesPerSecond / (perReplica.queriesPerSecond.base * (demand.fill ?? DEFAULT_FILL));
    const replicas = Math.max(demand.copies, Math.ceil(needed));
    if (best === undefined || shards * replicas < countOf(best)) {
      best = { shape, fewestShards, shards, replicas, perReplica };
    }
    // Work over all shards only grows with their number, so no later choice is smaller than this product.
    const atLeast = (shards + 1) * Math.max(demand.copies, needed * (shards / (shards + 1)));
    if (!given.mayShard || atLeast >= countOf(best)) return best;
  }
}

function planOf(id: VectorStoreId, demand: StoreDemand, index: QuantisedIndex, choice: Choice): NodePlan {
  const { shape, fewestShards, shards, replicas, perReplica } = choice;
  const nodes = shards * replicas;
  const measured = MEASURED_QUANTISATION[id] ?? 'none';
  const unmeasured =
    demand.quantisation === measured
      ? []
      : [`rows of ${id} have quantisation ${measured}; ${demand.quantisation} is granted no other speed`];
  const step: Step = {
    id: 'search-nodes',
    label: 'Nodes of the store',
    formula: 'shards × max(copies, peak ÷ (queries per replica × fill))',
    value: nodes,
    unit: 'nodes',
    inputs: [
      { name: 'index', value: index.memoryGib, unit: 'GiB per copy' },
      { name: 'node memory', value: shape.memoryGib, unit: 'GiB' },
      { name: 'index share', value: shape.indexShare, unit: 'share 0–1' },
      { name: 'shards', value: shards, unit: 'shards' },
      { name: 'copies', value: demand.copies, unit: 'copies' },
      { name: 'peak', value: demand.queriesPerSecond, unit: 'queries/s' },
      { name: 'queries per replica', value: perReplica.queriesPerSecond.base, unit: 'queries/s' },
      { name: 'fill', value: demand.fill ?? DEFAULT_FILL, unit: 'share 0–1' },
    ],
  };
  const isMemoryBound = fewestShards > 1 || shape !== (demand.shapes ?? nodesOf(id)?.shapes)?.[0];
  return {
    node: shape,
    nodes,
    shards,
    replicas,
    memoryGib: index.memoryGib,
    storageGib: index.storageGib,
    originalsOnDisk: index.originalsOnDisk,
    quantisationSource: index.source,
    queriesPerSecond: scaleBand(perReplica.queriesPerSecond, replicas),
    p99LatencyMs: perReplica.p99LatencyMs,
    binds: nodes > fewestShards * demand.copies ? 'queries' : isMemoryBound ? 'memory' : 'copies',
    confidence: unmeasured.length > 0 ? 'extrapolated' : perReplica.confidence,
    why: [...perReplica.why, ...unmeasured],
    derivation: [...perReplica.derivation, step],
  };
}

function corpusOf(demand: StoreDemand) {
  const { vectors, dimensions, payloadBytesPerVector = 0, copies } = demand;
  // Only the memory of a copy is asked for; queries are answered by `predictSearch`.
  const queriesPerSecond = { mean: 0, peak: 0 };
  return { vectors, dimensions, payloadBytesPerVector, queriesPerSecond, writesPerMonth: 0, copies };
}

function bought(choice: Choice): number {
  return countOf(choice) * choice.shape.memoryGib;
}

function countOf({ shards, replicas }: Pick<Choice, 'shards' | 'replicas'>): number {
  return shards * replicas;
}

function check(demand: StoreDemand): void {
  checkRange({ at: 'vectors', value: demand.vectors, atLeast: 1 });
  checkRange({ at: 'dimensions', value: demand.dimensions, atLeast: 1 });
  checkRange({ at: 'queriesPerSecond', value: demand.queriesPerSecond, atLeast: 0 });
  checkRange({ at: 'copies', value: demand.copies, atLeast: 1 });
  checkRange({ at: 'fill', value: demand.fill ?? DEFAULT_FILL, above: 0, atMost: 1 });
}
