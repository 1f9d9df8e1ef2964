import * as z from 'zod';
import type { RetrievalPlan } from '#lib/plan/plan';
import type { CorpusPlan, ReaderFleet, ReaderPlan, RetrievalLatency } from '#lib/plan/retrieval/reader-plan';
import { stepSchema } from '#lib/report/documents/derivation';
import { band, count, described, figure, text } from '#lib/report/documents/figure';
import { launchSchema, podSchema } from '#lib/report/documents/serving-plan';
import { storeSearchSchema, storeSizingSchema } from '#lib/report/documents/sizing';
import { READER_FORMS } from '#lib/targets/port/reader-support';

const fleet = z.strictObject({
  launch: described(launchSchema, 'What runs in the container'),
  replicas: count('For the load, and one that may fail where the index has copies'),
  gpusPerReplica: z.union([z.literal(0), z.literal(1)]),
  pod: podSchema,
  startupBudgetSeconds: figure('Longest time from start to first answer', 's'),
  weightsVolumeGib: figure('The checkpoint and the next one beside it', 'GiB'),
  nodePool: z.string(),
}) satisfies z.ZodType<ReaderFleet>;

const reader = z.strictObject({
  model: text('Id in the catalog'),
  runsOn: described(z.enum(READER_FORMS), 'By the token at the provider, on GPUs or on CPUs'),
  modelId: described(z.string().nullable(), "The provider's id; `null` where you run it"),
  load: z.strictObject({
    queriesPerSecond: z.strictObject({
      mean: figure('Searches', 'per second'),
      peak: figure('Searches in the busiest second', 'per second'),
    }),
    textsPerQuery: count('1 for the query itself; of a reranker, the candidates'),
    tokensPerText: figure('One text', 'tokens'),
  }),
  fleet: described(fleet.nullable(), '`null` where the provider runs it'),
  tokensPerSecondPerReplica: band('Reading of one replica', 'tokens/s').nullable(),
  busyAtPeak: band("Of the replicas' time, at the peak", 'share 0–1').nullable(),
  latencyMs: band('From asking to the answer, at the peak', 'ms').nullable(),
  derivation: z.array(stepSchema),
}) satisfies z.ZodType<ReaderPlan>;

const corpus = z.strictObject({
  tokensPerChunk: figure('One chunk', 'tokens'),
  tokens: figure('The whole corpus', 'tokens'),
  changedTokensPerMonth: figure('New and changed chunks', 'tokens/month'),
  againEveryMonths: figure('Until the whole corpus is embedded anew', 'months'),
  on: described(
    z.enum(['managed', 'rented', 'stands']),
    'At the provider, on GPUs rented for the time, or on what stands there',
  ),
  gpuHours: band('One pass over the corpus', 'GPU hours').nullable(),
  hours: band('One pass over the corpus, on the machines planned', 'hours').nullable(),
  loadHours: band('To load and index the vectors', 'hours').nullable(),
}) satisfies z.ZodType<CorpusPlan>;

/** What a search waits for. */
export const retrievalLatencySchema = z.strictObject({
  embeddingMs: band('Vector of the query', 'ms').nullable(),
  searchMs: band('Search, 99th percentile', 'ms').nullable(),
  rerankingMs: band('Ranking; absent without a reranker', 'ms').nullable().optional(),
  firstTokenMs: band("The model's own time to first token", 'ms').nullable(),
  knownMs: band('Sum of the parts that are known', 'ms'),
}) satisfies z.ZodType<RetrievalLatency>;

/** A vector store, and the models that read for it. */
export const retrievalSchema = z.strictObject({
  store: text('Vector store'),
  knobs: described(z.record(z.string(), z.unknown()), "The store's own knobs"),
  runsOn: z.enum(['aws', 'kubernetes']),
  sizing: storeSizingSchema,
  search: described(storeSearchSchema.nullable(), '`null` where nobody has measured a service like it'),
  chunks: count('Pieces of text with one vector each'),
  dimensions: count('Length of a vector'),
  embeddingModel: z.string(),
  copies: count('Copies of the index, the first included'),
  nodePool: z.string().nullable(),
  embedding: described(reader.nullable(), '`null` where the target cannot run the model'),
  reranker: described(reader.nullable(), '`null` without one'),
  corpus: described(corpus.nullable(), '`null` where the embedding model runs elsewhere'),
  latency: described(retrievalLatencySchema, 'From the question to the first token'),
}) satisfies z.ZodType<RetrievalPlan>;
