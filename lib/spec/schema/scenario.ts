import * as z from 'zod';
import { ANSWER_MODES } from '#lib/catalog/models';
import { field } from '#lib/spec/schema/field';
import { ownScores, QUALITY_EXAMPLE, qualityFloor } from '#lib/spec/schema/quality-floor';
import { Retrieval } from '#lib/spec/schema/retrieval';
import { Objectives, Traffic } from '#lib/spec/schema/traffic';

export const ROUTES = ['build', 'adapt', 'direct'] as const;
export type Route = (typeof ROUTES)[number];

export const Scenario = z
  .strictObject({
    title: field(z.string().min(1).max(120), {
      description: 'What the scenario is, for people',
      unit: 'text',
      example: 'Support assistant',
    }),
    route: field(z.enum(ROUTES).default('direct'), {
      description: 'Develop a model in depth, adapt an existing one, or use a model as it is',
      unit: 'id',
      example: 'direct',
    }),
    models: field(z.array(z.string().min(1)).min(1).max(20).optional(), {
      description:
        'Model pool: any of these may serve; ids of the catalog. Each option takes the cheapest that fits',
      unit: 'id',
      example: ['llama-3.1-70b', 'gpt-oss-120b'],
      catalog: 'models',
    }),
    quality: field(
      qualityFloor('Lowest score that will do, after the loss of the chosen weight format')
        .extend({ scores: ownScores })
        .optional(),
      {
        description: 'Quality floor; without a model pool every catalog model above it may serve',
        unit: 'score',
        example: QUALITY_EXAMPLE,
      },
    ),
    mode: field(z.enum(ANSWER_MODES).optional(), {
      description:
        'Whether the model thinks before it answers, as the answer lengths assume; scores of the other mode do not count',
      unit: 'id',
      example: 'direct',
    }),
    traffic: field(Traffic, {
      description: 'Demand',
      unit: 'object',
      example: {
        requestsPerSecond: { mean: 2, peak: 12 },
        inputTokens: { mean: 1020 },
        outputTokens: { mean: 210 },
      },
    }),
    objectives: field(Objectives.prefault({}), {
      description: 'What must be met; an option that misses one does not fit',
      unit: 'object',
      example: { ttftMs: 2000, tpotMs: 50 },
    }),
    retrieval: field(Retrieval.optional(), {
      description: 'Corpus that prompts are enriched from',
      unit: 'object',
      example: { chunks: 10_000_000, dimensions: 1024, embeddingModel: 'bge-m3' },
    }),
  })
  .refine((scenario) => scenario.models !== undefined || scenario.quality !== undefined, {
    message: 'a model pool (`models`) or a quality floor (`quality`)',
    path: ['models'],
  })
  .refine(({ traffic: { requestsPerSecond: rate } }) => rate.peak >= rate.mean, {
    message: 'a peak that is at least the mean',
    path: ['traffic', 'requestsPerSecond', 'peak'],
  })
  .refine(({ traffic }) => isOrdered(traffic.inputTokens), {
    message: 'a 95th percentile that is at least the mean and the median: contexts are planned from it',
    path: ['traffic', 'inputTokens', 'p95'],
  })
  .refine(({ traffic }) => isOrdered(traffic.outputTokens), {
    message: 'a 95th percentile that is at least the mean and the median: contexts are planned from it',
    path: ['traffic', 'outputTokens', 'p95'],
  });
export type Scenario = z.output<typeof Scenario>;

/** Percentiles that `sizing trace` reads from its sketch are up to a percent off. */
const SKETCH_SLACK = 1.01;

interface Lengths {
  readonly mean: number;
  readonly p50?: number | undefined;
  readonly p95?: number | undefined;
}

function isOrdered({ mean, p50 = 0, p95 = Infinity }: Lengths): boolean {
  return p95 * SKETCH_SLACK >= Math.max(mean, p50);
}
