import * as z from 'zod';
import { count, described, figure, orNull, share } from '#lib/report/documents/figure';
import type { TraceSummary } from '#lib/trace/trace-summary';

const lengths = z
  .strictObject({
    mean: figure('Exact', 'tokens'),
    coefficientOfVariation: figure('Standard deviation ÷ mean, exact', 'ratio'),
    p50: figure('Within 0.5 %', 'tokens'),
    p90: figure('Within 0.5 %', 'tokens'),
    p95: figure('Within 0.5 %', 'tokens'),
    p99: figure('Within 0.5 %', 'tokens'),
    max: figure('Exact', 'tokens'),
  })
  .meta({ id: 'TokenLengths', description: 'Lengths of prompts or of answers' });

const rate = (description: string) => figure(description, 'requests/s');
const hours = (description: string) => described(z.array(z.number()), description);
const burstiness = (description: string) =>
  orNull(figure(`Variance ÷ mean of the arrivals of ${description}; \`null\` where too few`, 'ratio'));

/** `landfall/trace-summary/v1`. */
export const traceSummarySchema = z.strictObject({
  schema: z.literal('landfall/trace-summary/v1'),
  requests: count('Requests of the trace'),
  requestsWithoutOutput: count('Of them without a token of output'),
  spanSeconds: figure('From the first request to the last', 's'),
  meanRequestsPerSecond: rate('Over the whole trace'),
  peakRequestsPerSecond: rate('The 99.9th percentile of the one-minute rates'),
  busiestRequestsPerSecond: rate('The busiest minute of all'),
  binSeconds: figure('What a minute is here: 60, or a multiple of it in a long trace', 's'),
  burstiness: burstiness('whole bins'),
  shortTermBurstiness: burstiness('neighbouring bins, by their differences'),
  burstinessOfSeconds: burstiness('a second, by differences of neighbouring ones'),
  inputTokens: lengths,
  outputTokens: lengths,
  clock: described(
    z.enum(['utc', 'since-start']),
    '`since-start`: hour 0 is the first hour, and weekdays are unknown',
  ),
  hourProfile: orNull(hours('Share of an average day in each hour; `null` below a day')),
  hourRates: described(
    z
      .strictObject({
        workingDay: hours('Requests/s in each hour, Monday to Friday'),
        weekendDay: hours('Requests/s in each hour of Saturdays and Sundays'),
      })
      .nullable(),
    '`null` below a week, or where weekdays are unknown',
  ),
  weekdayProfile: orNull(
    described(z.array(share('Of an average week')), 'Monday first; `null` below a week'),
  ),
}) satisfies z.ZodType<TraceSummary>;
