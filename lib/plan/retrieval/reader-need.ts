import type { Catalog } from '#lib/catalog/catalog';
import { givesDimensions, type Model } from '#lib/catalog/models';
import type { PriceBook } from '#lib/catalog/prices';
import type { ReaderPlan } from '#lib/plan/retrieval/reader-plan';
import { sizedPeak } from '#lib/plan/demand';
import type { Retrieval } from '#lib/spec/schema/retrieval';
import type { Scenario } from '#lib/spec/schema/scenario';
import type { ReaderForm } from '#lib/targets/port/reader-support';

/** What a search asks of a model that only reads. */
export interface ReaderNeed {
  /** Also the name of its servers and of the pool that they may have. */
  readonly name: 'embedding' | 'reranker';
  readonly title: string;
  /** Any of these will do; the first is the one that is named. */
  readonly models: readonly Model[];
  readonly where: ReaderForm | undefined;
  readonly load: ReaderPlan['load'];
  /** Longest text that it meets, tokens. */
  readonly longestTokens: number;
  /** Replicas that may fail without a search noticing. */
  readonly spares: number;
}

export interface CorpusTexts {
  readonly tokensPerChunk: number;
  readonly queryTokens: number;
}

export function textsOf(retrieval: Retrieval, prices: PriceBook): CorpusTexts {
  return {
    tokensPerChunk:
      retrieval.chunkTokens ?? Math.round(prices.assumption('routes.retrieval.tokens-per-chunk').base),
    queryTokens: retrieval.embedding.queryTokens ?? prices.assumption('retrieval.query-tokens').base,
  };
}

/** Vectors of queries. Models that give other dimensions than the index has are left out, with the reason. */
export function embeddingNeed(
  scenario: Scenario,
  retrieval: Retrieval,
  catalog: Catalog,
  prices: PriceBook,
): ReaderNeed & { readonly reasons: readonly string[] } {
  const { embedding, embeddingModel, dimensions } = retrieval;
  const { queryTokens, tokensPerChunk } = textsOf(retrieval, prices);
  const named = modelsOf([embeddingModel, ...embedding.alternatives], catalog);
  return {
    name: 'embedding',
    title: 'embedding model',
    models: named.filter((model) => givesDimensions(model, dimensions)),
    reasons: named
      .filter((model) => !givesDimensions(model, dimensions))
      .map(({ id }) => `${id} gives no vectors of ${dimensions} dimensions`),
    where: embedding.where,
    load: loadOf(scenario, retrieval, 1, queryTokens),
    longestTokens: Math.max(queryTokens, tokensPerChunk),
    spares: sparesOf(retrieval),
  };
}

/** Scores of what a search found; `null` where the scenario has no reranker. */
export function rerankerNeed(
  scenario: Scenario,
  retrieval: Retrieval,
  catalog: Catalog,
  prices: PriceBook,
): ReaderNeed | null {
  const { reranker } = retrieval;
  if (reranker === undefined) return null;
  const { queryTokens, tokensPerChunk } = textsOf(retrieval, prices);
  return {
    name: 'reranker',
    title: 'reranker',
    models: modelsOf([reranker.model, ...reranker.alternatives], catalog),
    where: reranker.where,
    load: loadOf(scenario, retrieval, reranker.candidates, queryTokens + tokensPerChunk),
    longestTokens: queryTokens + tokensPerChunk,
    spares: sparesOf(retrieval),
  };
}

function loadOf(
  scenario: Scenario,
  { queriesPerRequest }: Retrieval,
  textsPerQuery: number,
  tokensPerText: number,
): ReaderPlan['load'] {
  return {
    queriesPerSecond: {
      mean: scenario.traffic.requestsPerSecond.mean * queriesPerRequest,
      peak: sizedPeak(scenario) * queriesPerRequest,
    },
    textsPerQuery,
    tokensPerText,
  };
}

/** The copies of the index say whether one may fail: the same holds for what stands before it. */
function sparesOf({ copies }: Retrieval): number {
  return copies > 1 ? 1 : 0;
}

function modelsOf(ids: readonly string[], catalog: Catalog): Model[] {
  return [...new Set(ids)].flatMap((id) => catalog.models.get(id) ?? []);
}
