import * as z from 'zod';
import { field, Positive } from '#lib/spec/field';

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
