import * as z from 'zod';
import { stepSchema } from '#lib/report/documents/derivation';
import { band, count, described, figure, orNull, share, text, texts } from '#lib/report/documents/figure';
import type { StoreSearch } from '#lib/retrieval/store-search';
import { CONFIDENCES } from '#lib/sizing/sizing';
import type { Plan } from '#lib/plan/plan';
import type { ServingSizing } from '#lib/sizing/sizing';
import { PERCENTILES } from '#lib/units/percentile';
import type { StoreSizing } from '#lib/vector-stores/vector-store';

export const confidenceSchema = described(
  z.enum(CONFIDENCES),
  'How well a figure is backed: a matching measurement, the calibrated range, or beyond it',
);

const spreadSchema = z
  .strictObject({
    mean: figure('Over all requests', 'ms'),
    p50: figure('Half of the requests do not exceed it', 'ms'),
    p90: figure('90 of 100 do not', 'ms'),
    p95: figure('95 of 100 do not', 'ms'),
    p99: figure('99 of 100 do not', 'ms'),
  })
  .meta({ id: 'LatencySpread', description: 'A latency over all requests' });

const atRateSchema = z
  .strictObject({
    requestsPerSecond: figure('Of one replica', 'requests/s'),
    ttftMs: spreadSchema,
    tpotMs: spreadSchema,
    running: figure('Sequences that make tokens, on average', 'sequences'),
    waitingShare: share('Of the requests: those that find every slot taken and wait'),
  })
  .meta({
    id: 'LatencyAtRate',
    description: 'What requests see of one replica at a rate of random arrivals',
  });

export const latencySchema = described(
  z
    .strictObject({
      percentile: described(z.enum(PERCENTILES), 'That the objectives are judged at'),
      atPeak: orNull(described(atRateSchema, 'At the peak, over the replicas for the load; spares are down')),
      mostRequestsPerSecond: figure(
        'Of one replica: the highest rate at which the objectives hold at that percentile',
        'requests/s',
      ),
      atMean: orNull(described(atRateSchema, 'At the mean over the month, over the same replicas')),
    })
    .nullable(),
  'Base estimates of latency under random arrivals; `null` where the provider runs the model',
);

export const servingSizingSchema = z.strictObject({
  fits: z.literal(true),
  prompts: described(
    z.strictObject({
      parallelism: z.strictObject({
        tensor: z.number(),
        pipeline: z.number(),
        expert: z.number(),
        data: z.number(),
      }),
      gpusPerReplica: count('GPUs of one replica'),
      nodesPerReplica: count('Nodes that one replica spans'),
      replicas: count('Replicas in all'),
      spares: count('Of them beyond the load'),
      concurrency: figure('Prompts that one replica computes at once', 'prompts'),
      requestsPerSecondPerReplica: band('Prompts of one replica', 'requests/s'),
      headroom: figure('Capacity beyond the peak as a share of it', 'share'),
      transferMs: figure('Until the cache of a mean prompt is sent', 'ms'),
    }),
    'The fleet for prompts; absent where one fleet does both',
  ).optional(),
  parallelism: z.strictObject({
    tensor: count('Tensor-parallel degree'),
    pipeline: count('Pipeline-parallel degree'),
    expert: count('Expert-parallel degree within the replica; 1 for dense models'),
    data: count('Attention data parallelism; 1 for most models'),
  }),
  gpusPerReplica: count('GPUs of one replica'),
  nodesPerReplica: count('Nodes that one replica spans'),
  weightsGib: figure('Weights of one copy', 'GiB'),
  hostWeightsGib: figure('Of them, what lies in host memory', 'GiB').optional(),
  storedWeightsGib: figure('The checkpoint, where the engine quantises it while loading', 'GiB').optional(),
  kvGibPerGpu: figure('KV cache of one GPU at the planned concurrency', 'GiB'),
  usableGibPerGpu: figure('GPU memory that the engine may use', 'GiB'),
  workspaceGibPerGpu: band(
    'What the kernels of a mixture work in; whether a layout fits is decided at the high end',
    'GiB',
  ).optional(),
  contextTokens: figure('Longest sequence that the server is configured for', 'tokens'),
  stepTokens: figure(
    'Tokens of a step that the engine is told, where its own choice would hold less',
    'tokens',
  ).optional(),
  concurrency: figure('Sequences running at once in one replica at the objective', 'sequences'),
  maxConcurrency: figure('Sequences that one replica has memory for', 'sequences'),
  tokensPerSecondPerReplica: band('Output of one replica at the objective', 'tokens/s'),
  ttftMs: band('Time to first token at peak, for the share of requests that the objectives ask about', 'ms'),
  tpotMs: band('Time per output token after the first at peak, for the same share', 'ms'),
  latency: latencySchema,
  replicasForLoad: count('Replicas that carry the peak'),
  replicasForLoadBand: z.strictObject({ low: z.number(), high: z.number() }),
  spares: count('Replicas beyond the load, for availability'),
  replicas: count('Replicas in all'),
  availability: share('Share of time in which enough replicas are up'),
  headroom: figure(
    'Capacity beyond the peak within the objectives, as a share of it; 0.4: 40 % more could be served',
    'share',
  ),
  utilisation: figure('Mean use of the installed throughput', 'share'),
  coldStartSeconds: figure('From start to first answer', 's'),
  binding: described(
    z.enum(['memory', 'bandwidth', 'compute', 'latency', 'interconnect']),
    'What limits a replica at the chosen point',
  ),
  confidence: confidenceSchema,
  nearest: described(
    z
      .strictObject({
        id: z.string(),
        source: text('Source id'),
        outputTokensPerSecondPerGpu: figure('As measured', 'tokens/s per GPU'),
        predicted: figure('What the sizing predicts for that run', 'tokens/s per GPU'),
        difference: text('How that run differs from this plan'),
      })
      .nullable(),
    'The nearest real run',
  ),
  derivation: z.array(stepSchema),
}) satisfies z.ZodType<ServingSizing>;

export const redundancySchema = z.strictObject({
  withoutOneReplica: figure(
    'Headroom while one replica is down; below 0 that share of the peak waits',
    'share',
  ),
  withoutOneNode: figure('Headroom while one node is down', 'share'),
}) satisfies z.ZodType<NonNullable<Plan['redundancy']>>;

export const storeSizingSchema = z.strictObject({
  memoryGib: figure('Memory that the index wants, one copy; 0 where the service hides it', 'GiB'),
  storageGib: figure('Disk or billed storage, one copy', 'GiB'),
  nodes: described(
    z
      .strictObject({
        count: count('Pods or instances of one shape'),
        shards: count('Nodes over which one copy is spread'),
        vcpus: figure('Of one node', 'vCPU'),
        memoryGib: figure('Of one node', 'GiB'),
        diskGib: figure('Of one node', 'GiB'),
        cacheGib: figure("Of a node's own disk, for what its pod fetches again", 'GiB').optional(),
        instanceType: text('Where the store runs on rented instances').optional(),
      })
      .nullable(),
    '`null` for a serverless store',
  ),
  capacityUnits: described(
    z.strictObject({ name: z.string(), count: z.number() }).nullable(),
    'Billing units of a serverless store: OCU, ACU',
  ),
  derivation: z.array(stepSchema),
}) satisfies z.ZodType<StoreSizing>;

export const storeSearchSchema = z.strictObject({
  recall: share('Of the true neighbours, asked for'),
  filterShare: share('Of the vectors that a filter removes'),
  queriesPerSecond: band('Of all copies together, all of it used', 'queries/s'),
  p99LatencyMs: band('Of searches sent one after the other', 'ms'),
  confidence: z.enum(['calibrated', 'extrapolated']),
  why: texts('What the measured rows do not bear out'),
  derivation: z.array(stepSchema),
}) satisfies z.ZodType<StoreSearch>;
