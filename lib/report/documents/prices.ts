import * as z from 'zod';
import type { PriceAges } from '#lib/catalog/price-ages';
import type { PricePin, PriceRow, PriceSnapshot } from '#lib/catalog/price-documents';
import type { PriceDiff } from '#lib/catalog/price-moves';
import { PRICE_LAYERS, SOURCE_METHODS } from '#lib/catalog/provenance';
import type { PriceResolution } from '#lib/catalog/resolve-price';
import type { PriceRefresh } from '#lib/price-feeds/price-refresh';
import { band, count, date, described, figure, orNull, text, usd } from '#lib/report/documents/figure';

const listed = z.strictObject({ id: text('Id of the price'), usd: usd('Per unit') });

const moveSchema = z.strictObject({
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
  basis: orNull(
    text('How the answer came about, what contracts take off included; `null` where there is no price'),
  ),
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

const source = z.strictObject({
  id: text('What its prices cite'),
  publisher: z.string(),
  document: z.string(),
  retrieved: date('Day on which it was read'),
  method: z.enum(SOURCE_METHODS),
  licence: z.string().optional(),
  note: z.string().optional(),
});

const row = z
  .strictObject({
    seller: z.string(),
    service: z.string(),
    sku: z.string(),
    region: text('A region, or `*` for a price that holds everywhere'),
    unit: text('What one buys of it'),
    usd: usd('Per unit'),
    lowUsd: usd('Least of a band').optional(),
    highUsd: usd('Most of a band').optional(),
    term: text('How it is bought: `on-demand`, `spot`, `reserved-1y`, …'),
    asOf: date('Date of the price'),
    source: text('Id of its source'),
    accelerator: z.string().optional(),
    acceleratorCount: count('Accelerators of the type').optional(),
    derived: described(z.literal(true).optional(), 'Computed from another price by a factor'),
    placeholder: described(z.literal(true).optional(), 'Its publisher itself calls it a placeholder'),
    native: described(
      z.strictObject({ amount: z.number(), currency: z.string(), perUsd: z.number() }).optional(),
      'What the seller asks, where that is not USD; `perUsd` units of the currency are one USD',
    ),
    step: described(
      z.strictObject({ of: z.string(), from: z.number() }).optional(),
      'A step of a ladder: the price of what is used in a month above `from`; `of` is the SKU of its first step',
    ),
    note: z.string().optional(),
  })
  .meta({ id: 'Price', description: 'One price' }) satisfies z.ZodType<PriceRow>;

const instant = text('ISO 8601, in UTC');
const digest = z.string().regex(/^[0-9a-f]{64}$/);

/** `landfall/price-snapshot/v1`: a file of the cache. */
export const priceSnapshotSchema = z.strictObject({
  schema: z.literal('landfall/price-snapshot/v1'),
  feed: text('Who was asked'),
  part: text('Which of its documents'),
  fetchedAt: instant,
  publicationDate: orNull(text('What the document says of its own age')),
  sourceUrl: text('Where it was read, after redirects'),
  sourceSha256: described(digest, "Of the document's bytes"),
  currency: text('In which the document asks'),
  confidence: described(z.enum(['primary', 'secondary']), "The seller's own list, or somebody's copy"),
  live: described(z.literal(true).optional(), 'Asked of the seller with credentials'),
  source,
  prices: z.array(row),
  withdrawn: described(z.array(z.string()), 'Ids that are no longer listed'),
  sha256: described(digest, 'Of everything above'),
}) satisfies z.ZodType<PriceSnapshot>;

/** `landfall/price-pin/v1`. */
export const pricePinSchema = z.strictObject({
  schema: z.literal('landfall/price-pin/v1'),
  environment: z.string(),
  asOf: date('Day for which it was pinned'),
  catalog: date('Day of the bundled catalog beneath'),
  prices: z.array(row),
  factors: z.array(
    z.strictObject({
      seller: z.string(),
      service: z.string(),
      base: text('Region whose price is multiplied'),
      region: z.string(),
      factor: figure('Price here ÷ price there', 'factor'),
      low: figure('The least ratio that is seen', 'factor').optional(),
      high: figure('The highest ratio that is seen', 'factor').optional(),
      source: z.string(),
    }),
  ),
  sources: z.array(source),
  sha256: described(digest, 'Of everything above'),
}) satisfies z.ZodType<PricePin>;

/** `landfall/price-refresh/v1`. */
export const priceRefreshSchema = z.strictObject({
  schema: z.literal('landfall/price-refresh/v1'),
  fetchedAt: instant,
  cache: text('Folder that was filled'),
  parts: z.array(
    z.strictObject({
      feed: text('Who was asked'),
      part: text('Which of its documents'),
      state: described(
        z.enum(['written', 'confirmed', 'refused', 'failed', 'absent']),
        'The last three leave what was there',
      ),
      prices: count('Prices of the document that are known here'),
      added: count('Not there before'),
      removed: described(z.array(listed), 'No longer listed'),
      moved: described(z.array(moveSchema), 'The largest change first'),
      notes: described(z.array(z.string()), 'Why it was refused or failed; what could not be used'),
      sourceUrl: orNull(text('Where it was read')),
      publicationDate: orNull(text('What the document says of its own age')),
    }),
  ),
}) satisfies z.ZodType<PriceRefresh>;
