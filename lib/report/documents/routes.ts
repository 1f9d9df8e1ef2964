import * as z from 'zod';
import { currencyAmounts } from '#lib/report/documents/currency';
import { band, date, described, figure, flag, orNull, text, texts, usd } from '#lib/report/documents/figure';
import { priceSourceSchema } from '#lib/report/documents/estimate';
import { WAYS, type RouteLine, type Routes, type RouteWay } from '#lib/routes/routes';
import { ROUTES } from '#lib/spec/schema/scenario';

const line = z
  .strictObject({
    key: text('Unique in the document: `lora.training`'),
    label: z.string(),
    tangible: flag('False for people'),
    quantity: figure('How much of the unit', 'as `unit` says'),
    unit: z.string(),
    unitPriceUsd: orNull(usd('USD per unit')),
    monthlyUsd: orNull(usd('Monthly equivalent over the horizon')),
    oneOffUsd: orNull(usd('Due at the launch')),
    presentValueUsd: orNull(usd('Of all cash of the line')),
    basis: text('The arithmetic in words and numbers'),
    source: described(priceSourceSchema.nullable(), 'Where the price or the first assumption comes from'),
  })
  .meta({ id: 'RouteLine', description: 'What a way adds to serving' }) satisfies z.ZodType<RouteLine>;

const way = z
  .strictObject({
    id: z.enum(WAYS),
    route: z.enum(ROUTES),
    title: z.string(),
    feasible: flag('Whether the way can be gone with the options there are'),
    reasons: texts('Why it cannot'),
    option: described(z.string().nullable(), 'Option that serves it'),
    model: described(z.string().nullable(), 'Model served'),
    monthlyUsd: orNull(band('Serving and all lines, the annuity over the horizon', 'USD')),
    servingMonthlyUsd: orNull(usd('Serving alone')),
    oneOffUsd: orNull(usd('Due at the launch')),
    presentValueUsd: orNull(usd('Of all cash over the horizon')),
    atLeast: flag('A line has no price: the money means "at least"'),
    personMonths: orNull(band('Work to introduce it', 'person-months')),
    trainingGpuHours: orNull(band('Of the first run, experiments included', 'GPU hours')),
    leadTimeDays: orNull(band('Until the first request is served', 'days')),
    difficulty: described(z.number().gte(1).lte(5), '1 (an API key) to 5 (a model of your own)'),
    customisable: text('What of it you can change'),
    lines: z.array(line),
    notes: texts('What a figure rests on'),
  })
  .meta({ id: 'Way', description: 'One way to a model' }) satisfies z.ZodType<RouteWay>;

/** `landfall/routes/v1`. */
export const routesSchema = z.strictObject({
  schema: z.literal('landfall/routes/v1'),
  environment: z.string(),
  scenario: z.string(),
  asOf: date('Day for which the bills are made'),
  horizonMonths: figure('Months over which cash is counted', 'months'),
  ways: z.array(way),
  order: z.strictObject({
    expected: described(z.array(z.enum(WAYS)), 'The usual order of cost, dearest first'),
    found: described(z.array(z.enum(WAYS)), 'The computed one'),
    why: texts('A sentence for each pair that stands otherwise'),
  }),
  inCurrency: currencyAmounts,
}) satisfies z.ZodType<Routes>;
