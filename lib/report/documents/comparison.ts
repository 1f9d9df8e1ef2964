import * as z from 'zod';
import { PAYMENTS } from '#lib/compare/bought-otherwise';
import { INTANGIBLES } from '#lib/cost/intangible-parts';
import type { Comparison, OptionRow, RetrievalRow, ScenarioComparison } from '#lib/compare/comparison';
import { currencyAmounts } from '#lib/report/documents/currency';
import {
  band,
  count,
  date,
  described,
  figure,
  flag,
  orNull,
  share,
  text,
  texts,
  usd,
} from '#lib/report/documents/figure';
import { beforeLaunchSchema } from '#lib/report/documents/estimate';
import { originSchema } from '#lib/report/documents/origin';
import { billedGrowthSchema } from '#lib/report/documents/growth';
import { retrievalLatencySchema } from '#lib/report/documents/retrieval';
import { confidenceSchema, latencySchema, redundancySchema } from '#lib/report/documents/sizing';
import { ROUTES } from '#lib/spec/schema/scenario';
import { LAYERS } from '#lib/targets/target';

const runs = z.strictObject({ model: z.string(), runsOn: z.string() });

const retrievalRow = z.strictObject({
  embedding: described(runs.nullable(), '`null` where the target cannot run the model'),
  reranker: described(runs.nullable(), '`null` without one'),
  latency: described(retrievalLatencySchema, 'From the question to the first token'),
  corpusHours: band('To embed the whole corpus', 'hours').nullable(),
}) satisfies z.ZodType<RetrievalRow>;

const money = (description: string) => orNull(usd(description));
const doubtful = (description: string, unit: string) => orNull(band(description, unit));

const optionRow = z
  .strictObject({
    id: text('Option id'),
    title: z.string(),
    target: z.string(),
    model: z.string().nullable(),
    precision: z.string().nullable(),
    engine: z.string().nullable(),
    feasible: flag('Whether it carries the demand and meets every objective'),
    reasons: texts('Why it does not fit'),
    gpu: z.string().nullable(),
    gpus: count('GPUs in all'),
    nodes: count('GPU nodes'),
    replicas: count('Replicas of the model server'),
    monthlyUsd: doubtful('All costs, monthly equivalent over the horizon', 'USD'),
    tangibleMonthlyUsd: money('Paid in money'),
    intangibleMonthlyUsd: money('What nobody sends a bill for: people, delay, downtime, leaving, risk'),
    intangibles: described(
      z.array(
        z.strictObject({
          part: z.enum(INTANGIBLES),
          monthlyUsd: band('Monthly equivalent over the horizon', 'USD'),
        }),
      ),
      'That sum by what it comes from; parts without a line are left out',
    ),
    exitFeesMonthlyUsd: doubtful(
      'Data taken along and contracts that outlive the horizon, inside the tangible cost',
      'USD',
    ),
    oneOffUsd: money('Paid once, at the start'),
    presentValueUsd: money('Of all cash over the horizon'),
    netPresentValueUsd: money('Present value of the stated benefit less that of all cost'),
    monthZeroCashUsd: money('Due at the launch or before it'),
    beforeLaunch: beforeLaunchSchema,
    peakCashUsd: money('Most that is out at any time, less the stated benefit received by then'),
    usdPerMillionTokens: doubtful('Cost of a million tokens, prompts and answers together', 'USD/1M tokens'),
    atLeast: flag('A line has no price: the money means "at least"'),
    waitAtLeast: described(
      z.literal(true).optional(),
      'What serves until the option is ready lacks prices: the money means "at least", and is ranked all the same',
    ),
    ttftMs: doubtful(
      'Time to first token at peak, for the share of requests that the objectives ask about',
      'ms',
    ),
    tpotMs: doubtful('Time per output token after the first at peak, for the same share', 'ms'),
    latency: latencySchema,
    tokensPerSecond: doubtful('Output of the whole fleet at the objective', 'tokens/s'),
    headroom: orNull(figure('Capacity beyond the peak within the objectives, as a share of it', 'share')),
    growth: described(billedGrowthSchema.nullable(), '`null` without growth of the traffic'),
    redundancy: described(redundancySchema.nullable(), 'What is left while something is down'),
    utilisation: orNull(figure('Mean use of the installed throughput', 'share')),
    idleMonthlyUsd: money('What idles, inside the monthly cost'),
    availability: orNull(share('Share of time in which enough replicas are up')),
    quality: described(
      z.strictObject({ metric: z.string(), score: z.number() }).nullable(),
      'Score after the loss of the weight format',
    ),
    difficulty: described(z.number().gte(1).lte(5), '1 (an API key) to 5 (a building)'),
    leadTimeDays: doubtful('Until the first request is served', 'days'),
    customisable: text('What of it you can change'),
    operates: described(z.record(z.enum(LAYERS), z.enum(['you', 'provider'])), 'Who runs each layer'),
    unpriced: texts('Keys of the lines without a price'),
    confidence: described(confidenceSchema.nullable(), '`null` where nothing was sized'),
    store: z.string().nullable(),
    retrieval: described(retrievalRow, 'Absent where nothing is retrieved').optional(),
    notes: texts('Assumed or risky, but valid'),
  })
  .meta({
    id: 'Option',
    description: 'One option; where it does not fit its figures are `null`',
  }) satisfies z.ZodType<OptionRow>;

const scenario = z.strictObject({
  id: z.string(),
  title: z.string(),
  route: z.enum(ROUTES),
  pareto: texts('Options that no other beats in everything'),
  recommended: described(z.string().nullable(), 'Option id; `null` where none fits'),
  certainty: described(
    z
      .strictObject({
        rival: text('Of the options whose bands overlap, the likeliest to cost less'),
        cheaperShare: share('Chance that the recommended option costs less than it'),
        cheapestShare: share('Chance that the recommended option costs less than each of the three nearest'),
        marginUsd: figure('What the rival costs more at the best estimates', 'USD a month'),
        meanMarginUsd: figure('What it costs more on average over the doubt of all inputs', 'USD a month'),
        mostBy: orNull(text('Id of the input that makes the order doubtful most')),
      })
      .nullable(),
    'Of the recommendation, by cost; `null` where no other fully priced option could cost less',
  ),
  why: texts('Finished sentences; the first says why in one'),
  cautions: described(
    z.array(z.strictObject({ options: texts('Options that it holds of'), text: z.string() })),
    'What the plans of the options that fit leave open or bind to: of the recommended one first, then of its nearest rival',
  ),
  otherwise: described(
    z.array(
      z.strictObject({
        option: z.string(),
        payment: z.enum(PAYMENTS),
        monthlyUsd: usd('All costs then, monthly equivalent'),
        savesUsd: usd('Less than as written'),
        paidShare: share('Of the node-hours of a fleet that always stands'),
      }),
    ),
    'Options whose fleets stand all month by the hour: what another way to pay for them would save',
  ),
  options: z.array(optionRow),
}) satisfies z.ZodType<ScenarioComparison>;

/** `landfall/comparison/v1`. */
export const comparisonSchema = z.strictObject({
  schema: z.literal('landfall/comparison/v1'),
  environment: z.string(),
  asOf: date('Day for which the bills are made'),
  horizonMonths: figure('Months over which cash is counted', 'months'),
  catalog: z.strictObject({
    oldestPrice: orNull(date('Of all prices used')),
    newestPrice: orNull(date('Of all prices used')),
    derivedShare: share('Share of the money that rests on derived prices'),
    assumedShare: share('Share of the money that rests on assumptions'),
    snapshot: date('Day of the bundled catalog'),
    laidOver: z
      .strictObject({
        models: z.array(described(z.string(), 'Model of one’s own')),
        calibration: orNull(described(z.string(), 'File of an own calibration of the sizing')),
        prices: orNull(
          described(z.string(), 'Pin or folder of refreshed prices; `cache` where nobody named it'),
        ),
      })
      .optional(),
  }),
  scenarios: z.array(scenario),
  portfolio: z.strictObject({
    choice: described(z.record(z.string(), z.string()), 'Option of each scenario'),
    monthlyUsd: doubtful('Of all choices together', 'USD'),
    atLeast: flag('A line has no price: the money means "at least"'),
  }),
  madeBy: originSchema,
  inCurrency: currencyAmounts,
}) satisfies z.ZodType<Comparison>;
