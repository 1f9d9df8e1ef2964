import * as z from 'zod';
import { PERCENTILES } from '#lib/units/percentile';
import { field, Positive, Share } from '#lib/spec/schema/field';
import { Ramp, Seasonality } from '#lib/spec/schema/traffic-path';
import { contradictionOfProfile, TrafficProfile } from '#lib/spec/schema/traffic-profile';

/** Lengths of prompts or answers, in tokens. */
function tokens(what: string, example: number, maximum: number) {
  return field(
    z.strictObject({
      mean: field(z.number().gte(1).lte(maximum), {
        description: `Mean ${what} length`,
        unit: 'tokens',
        example,
      }),
      p50: field(z.number().gte(1).lte(maximum).optional(), {
        description: `Median ${what} length`,
        unit: 'tokens',
        example: Math.round(example * 0.8),
      }),
      p95: field(z.number().gte(1).lte(maximum).optional(), {
        description: `95th percentile of the ${what} length; the longest sequence the server must hold is planned from it`,
        unit: 'tokens',
        example: example * 3,
      }),
      variation: field(z.number().gte(0).lte(20).optional(), {
        description: `Standard deviation of the ${what} length ÷ its mean, which queues feel; without it taken from p50 and p95, and as 1 without those`,
        unit: 'ratio',
        example: 0.9,
      }),
    }),
    { description: `Distribution of the ${what} length`, unit: 'tokens', example: { mean: example } },
  );
}

export const Traffic = z
  .strictObject({
    trace: field(z.string().min(1).max(1_000).optional(), {
      description:
        'Request trace that gives what is not written here: a CSV file with time, input tokens and output tokens, relative to this file',
      unit: 'path',
      example: './requests.csv',
    }),
    requestsPerSecond: field(
      z.strictObject({
        mean: field(Positive.lte(100_000), {
          description: 'Mean over the month, nights and weekends included: what usage is paid by',
          unit: 'requests/s',
          example: 2,
        }),
        peak: field(Positive.lte(100_000), {
          description: 'Busiest minute of a normal month: what capacity is sized for',
          unit: 'requests/s',
          example: 12,
        }),
      }),
      { description: 'Arrival rate', unit: 'requests/s', example: { mean: 2, peak: 12 } },
    ),
    burstiness: field(z.number().gte(1).lte(1_000).optional(), {
      description:
        'Variance ÷ mean of the arrivals of a second: 1 for requests that know nothing of each other, which is taken without it; a trace gives it',
      unit: 'ratio',
      example: 2,
    }),
    inputTokens: tokens('prompt', 1_020, 2_000_000),
    outputTokens: tokens('answer', 210, 200_000),
    profile: field(TrafficProfile.optional(), {
      description:
        'How the mean is spread over the hours of working days and weekends. It shapes only: mean and peak stand as they are',
      unit: 'object',
      example: { workingDay: Array.from({ length: 24 }, (_, hour) => (hour >= 8 && hour < 18 ? 10 : 1)) },
    }),
    cachedShare: field(Share.default(0), {
      description: 'Share of input tokens that a prefix cache already holds',
      unit: 'share 0–1',
      example: 0.3,
    }),
    growthPerMonth: field(z.number().gte(-0.5).lte(1).default(0), {
      description: 'Growth of the traffic, compounded monthly',
      unit: 'share per month',
      example: 0.03,
    }),
    ramp: Ramp,
    seasonality: Seasonality,
    sizeForMonth: field(z.int().gte(1).lte(120).default(1), {
      description:
        'Month whose peak the fleet is deployed for, from the launch on; nodes are added in the months that take more',
      unit: 'month',
      example: 12,
    }),
  })
  .check(({ value, issues }) => {
    const { profile, requestsPerSecond } = value;
    // Without all of its hours a profile says nothing of the busiest one.
    const message =
      profile === undefined || issues.length > 0 ? null : contradictionOfProfile(requestsPerSecond, profile);
    if (message !== null) issues.push({ code: 'custom', message, path: ['profile'], input: profile });
  });
export type Traffic = z.output<typeof Traffic>;

export const Objectives = z.strictObject({
  ttftMs: field(Positive.lte(600_000).optional(), {
    description: 'Time to first token that must be met at peak',
    unit: 'ms',
    example: 2000,
  }),
  tpotMs: field(Positive.lte(60_000).optional(), {
    description: 'Time per output token after the first that must be met at peak',
    unit: 'ms',
    example: 50,
  }),
  percentile: field(z.enum(PERCENTILES).default('p95'), {
    description:
      'Share of requests that must meet both latencies at the peak, under random arrivals: p95 is 95 of 100',
    unit: 'id',
    example: 'p99',
  }),
  availability: field(z.number().gte(0.5).lte(0.99999).default(0.99), {
    description: 'Share of time in which enough replicas must be up to carry the peak; decides the spares',
    unit: 'share 0–1',
    example: 0.995,
  }),
  residency: field(z.enum(['anywhere', 'us', 'eu', 'apac', 'china', 'own-premises']).default('anywhere'), {
    description: 'Where prompts and answers may be processed; an option elsewhere does not fit',
    unit: 'id',
    example: 'us',
  }),
});
export type Objectives = z.output<typeof Objectives>;
