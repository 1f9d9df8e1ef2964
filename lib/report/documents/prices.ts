import * as z from 'zod';
import type { PriceAges } from '#lib/catalog/price-ages';
import type { PriceDiff } from '#lib/catalog/price-moves';
import { PRICE_LAYERS } from '#lib/catalog/provenance';
import type { PriceResolution } from '#lib/catalog/resolve-price';
import { band, count, date, described, figure, orNull, text, usd } from '#lib/report/documents/figure';

const listed = z.strictObject({ id: text('Id of the price'), usd: usd('Per unit') });

export const moveSchema = z.strictObject({
  id: text('Id of the price'),
  unit: text('What one buys of it'),
  beforeUsd: usd('Per unit, before'),
  afterUsd: usd('Per unit, after'),
  change: orNull(figure('After ÷ before − 1; `null` where it was free before', 'fraction')),
});

/** `landfall/price-ages/v1`. */
export const priceAgesSchema = z.strictObject({
  schema: z.literal('landfall/price-ages/v1'),
  asOf: date('Day from which ages count'),
  classes: z.array(
    z.strictObject({
      id: text('Class of prices that age alike'),
      label: z.string(),
      warnDays: figure('Beyond this a price is worth another look', 'days'),
      staleDays: figure('Beyond this a price is too old to trust', 'days'),
      prices: count('Prices of the class'),
      fresh: count('Within both limits'),
      warn: count('Past the first limit, within the second'),
      stale: count('Past the second limit'),
      oldest: date('Of the oldest price'),
      newest: date('Of the newest price'),
    }),
  ),
}) satisfies z.ZodType<PriceAges>;

/** `landfall/price-diff/v1`. */
export const priceDiffSchema = z.strictObject({
  schema: z.literal('landfall/price-diff/v1'),
  from: z.string(),
  to: z.string(),
  added: described(z.array(listed), 'Only on the second side'),
  removed: described(z.array(listed), 'Only on the first side'),
  moved: described(z.array(moveSchema), 'Other on the second side; the largest change first'),
  unchanged: count('The same on both sides'),
}) satisfies z.ZodType<PriceDiff>;

/** `landfall/price-resolution/v1`. */
export const priceResolutionSchema = z.strictObject({
  schema: z.literal('landfall/price-resolution/v1'),
  id: text('Id of the price'),
  asOf: date('Day from which its age counts'),
  state: z.enum(['priced', 'unpriced']),
  usd: orNull(band('Per unit; `null` where there is no price', 'USD')),
  unit: text('What one buys of it'),
  age: described(
    z
      .strictObject({
        days: figure('Age of the price', 'days'),
        state: z.enum(['fresh', 'warn', 'stale']),
        limitDays: figure('Days after which it is too old to trust', 'days'),
      })
      .nullable(),
    '`null` where there is no price',
  ),
  steps: described(
    z.array(
      z.strictObject({
        layer: z.enum([...PRICE_LAYERS, 'derived']),
        state: z.enum(['answers', 'beneath', 'silent', 'withdrawn']),
        usd: orNull(usd('Per unit; `null` where it knows none')),
        asOf: orNull(date('Date of the price')),
        publisher: orNull(text('Who says so')),
        document: orNull(text('Where it stands')),
        why: z.string(),
      }),
    ),
    'Every place that was asked, in order',
  ),
}) satisfies z.ZodType<PriceResolution>;
