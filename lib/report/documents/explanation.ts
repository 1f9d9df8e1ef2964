import * as z from 'zod';
import { currencyAmounts } from '#lib/report/documents/currency';
import type { Source } from '#lib/catalog/provenance';
import { PAYMENTS } from '#lib/compare/bought-otherwise';
import type { Explanation } from '#lib/cost/explain/explain';
import { priceSourceSchema } from '#lib/report/documents/estimate';
import { date, described, orNull, share, text, texts, usd } from '#lib/report/documents/figure';

const input = z
  .strictObject({
    name: text('What it is called in the formula'),
    value: z.union([z.number(), z.string()]),
    unit: text('Unit of the value'),
    source: text('Source id, where the input is a fact').optional(),
  })
  .meta({ id: 'Input' });

const hours = described(z.array(z.number()), 'Midnight first');

const explained = {
  path: text('As `landfall explain` takes it'),
  label: text('What it is, for people'),
  value: orNull(described(z.number(), '`null` where there is no price')),
  unit: text('Unit of the value'),
  formula: text('The formula in the words of its inputs'),
  inputs: z.array(input),
  source: described(priceSourceSchema.nullable(), 'Where a price comes from'),
  byHour: described(
    z.strictObject({ workingDay: hours, weekendDay: hours }),
    'The same by the hour',
  ).optional(),
};

const node: z.ZodType<Explanation> = z
  .strictObject({
    ...explained,
    get children() {
      return z.array(node);
    },
  })
  .meta({ id: 'Explanation', description: 'A number with everything that led to it' });

/** `landfall/explanation/v1`. */
export const explanationSchema = z.strictObject({
  schema: z.literal('landfall/explanation/v1'),
  environment: z.string(),
  scenario: z.string(),
  asOf: date('Day for which the bill is made'),
  ...explained,
  children: described(z.array(node), 'What it was worked out from'),
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
    'Of a whole bill: what another way to pay for its fleet would save',
  ).optional(),
  nodes: described(
    z
      .strictObject({
        nodes: text('How many of which: `2 × p5.4xlarge`'),
        weighedUsd: orNull(usd('The whole bill over the horizon, a month')),
        next: described(
          z
            .strictObject({
              nodes: text('How many of which'),
              model: z.string(),
              precision: z.string(),
              moreUsd: orNull(usd('What its whole bill is more, a month')),
            })
            .nullable(),
          'The cheapest plan on any other node; `null` where none is offered, or fits',
        ),
      })
      .nullable(),
    'Of a whole bill: by what the nodes were chosen; `null` where the provider runs the model',
  ).optional(),
  notes: texts('Of a whole bill: what its plan leaves open, leaves out or binds to').optional(),
  sources: described(
    z.array(
      z.strictObject({
        id: z.string(),
        publisher: z.string(),
        document: text('Document, repository path with commit, or page'),
        retrieved: date('Day on which it was read'),
        method: z.string(),
        licence: z.string().optional(),
        note: z.string().optional(),
      }) satisfies z.ZodType<Omit<Source, 'method'>>,
    ),
    'Sources that the inputs cite',
  ),
  inCurrency: currencyAmounts,
});
