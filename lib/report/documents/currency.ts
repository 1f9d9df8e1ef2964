import * as z from 'zod';
import type { CurrencyAmounts } from '#lib/cost/in-currency';
import { band, date, described, figure, flag, orNull, text } from '#lib/report/documents/figure';

/** The rate that amounts were converted by. */
export const RATE_FIELDS = {
  currency: text('ISO 4217: `CNY`'),
  perUsd: figure('Units of it for one USD', 'units per USD'),
  asOf: date('Day or month of the rate'),
  source: text('Who gives the rate'),
} as const;

/** Main figures of a document in another currency. */
export const currencyAmounts = described(
  z
    .strictObject({
      ...RATE_FIELDS,
      amounts: z.array(
        z.strictObject({
          of: text('Option, way or other row of the document'),
          figure: text('Which figure of it'),
          amount: orNull(band('The figure', 'as `currency` says')),
          atLeast: flag('Something in it has no price'),
        }),
      ),
    })
    .optional(),
  'The main figures in another currency, where one was asked for; all other fields and sentences stay in USD',
) satisfies z.ZodType<CurrencyAmounts | undefined>;
