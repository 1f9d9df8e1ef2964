import * as z from 'zod';
import { currencyAmounts } from '#lib/report/documents/currency';
import type { BillChange } from '#lib/diff/bill-change';
import { count, date, described, figure, flag, orNull, text, usd } from '#lib/report/documents/figure';

const side = z.strictObject({
  label: text('What is bought'),
  quantity: figure('How much of the unit a month', 'as `unit` says'),
  unitPriceUsd: orNull(usd('USD per unit; `null` where there is no price')),
  monthlyUsd: orNull(usd('A month; `null` where there is no price or no stated use')),
  state: z.enum(['priced', 'free', 'unpriced', 'usage']),
});

const line = z.strictObject({
  key: text('Key of the line in both bills'),
  label: z.string(),
  unit: z.string(),
  before: described(side.nullable(), '`null` where it was not there'),
  after: described(side.nullable(), '`null` where it is gone'),
  deltaUsd: orNull(usd('After less before; `null` where a side has no amount')),
});

/** `landfall/bill-change/v1`. */
export const billChangeSchema = z.strictObject({
  schema: z.literal('landfall/bill-change/v1'),
  from: text('The bill that it is held against'),
  to: text('The bill'),
  asOf: z.strictObject({ from: date('Day of the one'), to: date('Day of the other') }),
  beforeUsd: usd('A month, before'),
  afterUsd: usd('A month, after'),
  deltaUsd: usd('After less before'),
  because: described(
    z.strictObject({
      quantityUsd: usd('By what is bought'),
      priceUsd: usd('By what a unit costs: the new quantity × the difference of the prices'),
    }),
    'Parts of `deltaUsd`',
  ),
  isOpen: flag('Something that changed has no amount: the difference is incomplete'),
  resources: z.array(
    z.strictObject({
      address: text('Address of the resource, or key of a line that pays for several'),
      change: z.enum(['added', 'removed', 'changed']),
      beforeUsd: orNull(usd('A month; `null` where nothing of it has an amount')),
      afterUsd: orNull(usd('A month; `null` where nothing of it has an amount')),
      deltaUsd: orNull(usd('Of the lines with an amount')),
      isOpen: flag('A line that changed has no amount'),
      lines: described(z.array(line), 'The lines that changed'),
    }),
  ),
  unchanged: count('Resources that cost the same for the same reasons'),
  increase: described(
    z
      .strictObject({
        mostUsd: usd('What a month may cost more'),
        overUsd: usd('Above it, or 0'),
        state: z.enum(['within', 'within-so-far', 'over']),
      })
      .optional(),
    'Where the change was held to one; `within-so-far` where what has no amount may still break it',
  ),
  inCurrency: currencyAmounts,
}) satisfies z.ZodType<BillChange>;
