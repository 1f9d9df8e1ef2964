import type { PriceBook } from '#lib/catalog/prices';
import type { Purchase } from '#lib/catalog/purchase';
import type { Option } from '#lib/spec/schema/option';
import type { Scenario } from '#lib/spec/schema/scenario';
import { searchesPerSecond, storeSearch, type StoreSearch } from '#lib/retrieval/store-search';
import type { Retrieval } from '#lib/spec/schema/retrieval';
import { networkKey } from '#lib/targets/aws/aws-network';
import type { Site } from '#lib/targets/port/site';
import type { Target } from '#lib/targets/target';
import { vectorStores } from '#lib/vector-stores/index';
import { isMisfit, type Corpus, type VectorStore } from '#lib/vector-stores/vector-store';
import type { RetrievalPlan } from '#lib/plan/plan';

export const CPU_POOL = 'cpu';

interface StoreEntry {
  readonly id: string;
  readonly knobs: Readonly<Record<string, unknown>>;
  readonly store: VectorStore;
}

/** The part of a retrieval that does not depend on how the language model is served. */
export type StorePlan = Omit<RetrievalPlan, 'embedding' | 'reranker' | 'corpus' | 'latency'>;

export interface PlannedRetrieval {
  readonly plan: StorePlan;
  readonly purchases: readonly Purchase[];
  /** Risky or unknown, but valid. */
  readonly notes: readonly string[];
}

/** The store's plan and purchases; `null` where the scenario does not retrieve; reasons where the store cannot. */
export function retrievalOf(
  scenario: Scenario,
  option: Option,
  target: Target,
  { region, systemNodes, bringsNetwork }: Site,
  prices: PriceBook,
): PlannedRetrieval | { readonly reasons: readonly string[] } | null {
  const { retrieval } = scenario;
  if (retrieval === undefined) return null;
  const { id, knobs, store } = storeOf(option, target);
  if (!target.vectorStores.includes(id)) {
    return { reasons: [`${target.id} does not run ${id}; it runs ${target.vectorStores.join(', ')}`] };
  }
  const { recall, filterShare } = retrieval;
  const quality = { recall, filterShare };
  const corpus: Corpus = {
    vectors: retrieval.chunks,
    dimensions: retrieval.dimensions,
    payloadBytesPerVector: retrieval.payloadBytes,
    queriesPerSecond: {
      mean: scenario.traffic.requestsPerSecond.mean * retrieval.queriesPerRequest,
      peak: scenario.traffic.requestsPerSecond.peak * retrieval.queriesPerRequest,
    },
    writesPerMonth: retrieval.chunks * retrieval.changedSharePerMonth,
    writtenAgainEveryMonths: retrieval.embedding.againEveryMonths,
    copies: retrieval.copies,
    searchesPerSecond: searchesPerSecond(id, retrieval.dimensions, quality),
    ...(store.runsOn === 'kubernetes' && systemNodes !== null ? { beside: systemNodes } : {}),
  };
  const sizing = store.size(corpus, knobs);
  if (isMisfit(sizing)) return { reasons: sizing.reasons };
  const quantisation = typeof knobs['quantisation'] === 'string' ? knobs['quantisation'] : 'none';
  const search = storeSearch({ id, quantisation }, corpus, sizing, quality);
  const late = latencyMiss(store, retrieval, search);
  if (late !== null) return { reasons: [late] };
  const placement =
    store.runsOn === 'aws' && region !== null
      ? ({ on: 'aws', region } as const)
      : ({ on: 'kubernetes', volumesFrom: region } as const);
  // A store that stands in a network brings it where the target has none.
  const network =
    store.standsInNetwork === true && bringsNetwork !== true && region !== null ? [networkKey(region)] : [];
  return {
    plan: {
      store: id,
      knobs,
      runsOn: store.runsOn,
      sizing,
      search,
      chunks: retrieval.chunks,
      dimensions: retrieval.dimensions,
      embeddingModel: retrieval.embeddingModel,
      copies: retrieval.copies,
      nodePool: store.runsOn === 'kubernetes' ? CPU_POOL : null,
    },
    purchases: [...store.purchases(sizing, corpus, placement, prices), ...network],
    notes: searchNotes(store, retrieval, search),
  };
}

/** Why the store is too slow; `null` where it is quick enough, or where nobody says how quick it is. */
function latencyMiss(store: VectorStore, asked: Retrieval, search: StoreSearch | null): string | null {
  const p99Ms = search?.p99LatencyMs.base ?? 0;
  if (asked.latencyMs === undefined || p99Ms <= asked.latencyMs) return null;
  return `${store.title} answers a search in ${ms(p99Ms)} ms (p99) at a recall of ${asked.recall}, ${asked.latencyMs} ms asked; a lower recall or another store is quicker`;
}

function searchNotes(store: VectorStore, asked: Retrieval, search: StoreSearch | null): string[] {
  if (search === null) {
    const unchecked = asked.latencyMs === undefined ? '' : ': the objective on its latency is not checked';
    return [`nobody has measured how quickly ${store.title} searches${unchecked}`];
  }
  if (search.confidence === 'calibrated') return [];
  const { low, base, high } = search.p99LatencyMs;
  const band = `${ms(base)} ms (${ms(low)} – ${ms(high)}) at p99`;
  return [`searches of ${store.title}, ${band}, lie beyond what was measured: ${search.why.join('; ')}`];
}

function ms(value: number): string {
  return String(Number(value.toPrecision(3)));
}

function storeOf(option: Option, target: Target): StoreEntry {
  const wanted: string = option.store?.store ?? target.vectorStores[0];
  const entry = vectorStores.entries.find(({ id }) => id === wanted);
  if (entry === undefined) throw new Error(`no vector store ${wanted}`);
  const { store: _, ...knobs } = option.store ?? { store: wanted };
  return { id: wanted, knobs, store: entry };
}
