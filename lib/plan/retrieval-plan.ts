import type { PriceBook } from '#lib/catalog/prices';
import type { Purchase } from '#lib/catalog/purchase';
import type { Option } from '#lib/spec/option';
import type { Scenario } from '#lib/spec/scenario';
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

/** The store's plan and purchases; `null` where the scenario does not retrieve; reasons where the store cannot. */
export function retrievalOf(
  scenario: Scenario,
  option: Option,
  target: Target,
  region: string | null,
  prices: PriceBook,
):
  | { readonly plan: RetrievalPlan; readonly purchases: readonly Purchase[] }
  | { readonly reasons: readonly string[] }
  | null {
  const { retrieval } = scenario;
  if (retrieval === undefined) return null;
  const { id, knobs, store } = storeOf(option, target);
  if (!target.vectorStores.includes(id)) {
    return { reasons: [`${target.id} does not run ${id}; it runs ${target.vectorStores.join(', ')}`] };
  }
  const corpus: Corpus = {
    vectors: retrieval.chunks,
    dimensions: retrieval.dimensions,
    payloadBytesPerVector: retrieval.payloadBytes,
    queriesPerSecond: {
      mean: scenario.traffic.requestsPerSecond.mean * retrieval.queriesPerRequest,
      peak: scenario.traffic.requestsPerSecond.peak * retrieval.queriesPerRequest,
    },
    writesPerMonth: retrieval.chunks * retrieval.changedSharePerMonth,
    copies: retrieval.copies,
  };
  const sizing = store.size(corpus, knobs);
  if (isMisfit(sizing)) return { reasons: sizing.reasons };
  const placement =
    store.runsOn === 'aws' && region !== null
      ? ({ on: 'aws', region } as const)
      : ({ on: 'kubernetes' } as const);
  return {
    plan: {
      store: id,
      knobs,
      runsOn: store.runsOn,
      sizing,
      chunks: retrieval.chunks,
      dimensions: retrieval.dimensions,
      embeddingModel: retrieval.embeddingModel,
      copies: retrieval.copies,
      nodePool: store.runsOn === 'kubernetes' ? CPU_POOL : null,
    },
    purchases: store.purchases(sizing, corpus, placement, prices),
  };
}

function storeOf(option: Option, target: Target): StoreEntry {
  const wanted: string = option.store?.store ?? target.vectorStores[0];
  const entry = vectorStores.entries.find(({ id }) => id === wanted);
  if (entry === undefined) throw new Error(`no vector store ${wanted}`);
  const { store: _, ...knobs } = option.store ?? { store: wanted };
  return { id: wanted, knobs, store: entry };
}
