import * as z from 'zod';
import { field, Positive, type CatalogKind } from '#lib/spec/schema/field';

const WHERE = ['managed', 'gpu', 'cpu'] as const;

/** Models that may read, besides the one that is named. */
function alternatives(catalog: CatalogKind, example: string) {
  return field(z.array(z.string().min(1)).max(10).default([]), {
    description: 'Models that will do as well: each option takes the cheapest that its target can run',
    unit: 'id',
    example: [example],
    catalog,
  });
}

/** Where a model that only reads runs. */
function where() {
  return field(z.enum(WHERE).optional(), {
    description:
      'By the token at the provider, on GPUs or on CPUs; the cheapest that the target can without it',
    unit: 'id',
    example: 'gpu',
  });
}

const Embedding = z.strictObject({
  alternatives: alternatives('embedding-models', 'titan-embed-text-v2'),
  where: where(),
  queryTokens: field(Positive.lte(100_000).optional(), {
    description: 'Tokens of a search query; the assumption `retrieval.query-tokens` without it',
    unit: 'tokens',
    example: 32,
  }),
  windowHours: field(Positive.lte(8_760).default(168), {
    description: 'Time in which the whole corpus must be embedded',
    unit: 'hours',
    example: 168,
  }),
  againEveryMonths: field(z.int().gte(1).lte(600).default(12), {
    description: 'How often the whole corpus is embedded anew, with another model or other chunks',
    unit: 'months',
    example: 12,
  }),
});

const Reranker = z.strictObject({
  model: field(z.string().min(1), {
    description: 'Model that reads each query with each candidate, by its id in the catalog',
    unit: 'id',
    example: 'bge-reranker-v2-m3',
    catalog: 'rerankers',
  }),
  alternatives: alternatives('rerankers', 'cohere-rerank-3.5'),
  where: where(),
  candidates: field(z.int().gte(1).lte(1_000).default(50), {
    description: 'Chunks of a search that are ranked anew',
    unit: 'chunks per query',
    example: 50,
  }),
});

/** A corpus that prompts are enriched from. */
export const Retrieval = z.strictObject({
  chunks: field(z.int().gte(1).lte(100_000_000_000), {
    description: 'Pieces of text with one vector each',
    unit: 'chunks',
    example: 10_000_000,
  }),
  dimensions: field(z.int().gte(2).lte(65_536), {
    description: 'Length of a vector, as the embedding model gives it or truncated',
    unit: 'dimensions',
    example: 1024,
  }),
  embeddingModel: field(z.string().min(1), {
    description: 'Embedding model, by its id in the catalog',
    unit: 'id',
    example: 'bge-m3',
    catalog: 'embedding-models',
  }),
  chunkTokens: field(Positive.lte(100_000).optional(), {
    description: 'Tokens of a chunk; the assumption `routes.retrieval.tokens-per-chunk` without it',
    unit: 'tokens per chunk',
    example: 400,
  }),
  embedding: field(Embedding.prefault({}), {
    description: 'How queries and chunks become vectors',
    unit: 'object',
    example: { alternatives: ['titan-embed-text-v2'] },
  }),
  reranker: field(Reranker.optional(), {
    description: 'Second look at what a search finds; none without it',
    unit: 'object',
    example: { model: 'bge-reranker-v2-m3', candidates: 50 },
  }),
  payloadBytes: field(z.int().gte(0).lte(1_000_000).default(2_000), {
    description: 'Text and metadata kept beside each vector',
    unit: 'bytes per chunk',
    example: 2000,
  }),
  queriesPerRequest: field(z.number().gte(0).lte(100).default(1), {
    description: 'Searches that one request makes',
    unit: 'queries per request',
    example: 1,
  }),
  changedSharePerMonth: field(z.number().gte(0).lte(10).default(0.05), {
    description: 'Chunks that are new or changed in a month, as a share of all',
    unit: 'share per month',
    example: 0.05,
  }),
  copies: field(z.int().gte(1).lte(5).default(2), {
    description: 'Copies of the index, the first included, so that one may fail',
    unit: 'copies',
    example: 2,
  }),
  recall: field(z.number().gt(0).lte(0.999).default(0.95), {
    description: 'Share of the true nearest chunks that a search must find',
    unit: 'share 0–1',
    example: 0.95,
  }),
  filterShare: field(z.number().gte(0).lte(0.999).default(0), {
    description: 'Share of the chunks that a filter (tenant, rights, date) removes from a typical search',
    unit: 'share 0–1',
    example: 0.9,
  }),
  latencyMs: field(Positive.lte(60_000).optional(), {
    description: 'Search latency that must be met: the 99th percentile of a search that waits for no other',
    unit: 'ms',
    example: 100,
  }),
});
export type Retrieval = z.output<typeof Retrieval>;
