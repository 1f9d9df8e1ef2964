import * as z from 'zod';
import { currencyAmounts } from '#lib/report/documents/currency';
import { PART_GROUPS, PART_STATES } from '#lib/facility/bom';
import { priceSourceSchema } from '#lib/report/documents/estimate';
import { band, described, figure, flag, orNull, text, texts } from '#lib/report/documents/figure';
import type { BomDocument } from '#lib/report/usd-amounts';

const line = z.strictObject({
  key: text('Stable: `network.compute-leaf`'),
  label: z.string(),
  group: z.enum(PART_GROUPS),
  quantity: figure('How many', 'as `unit` says'),
  unit: z.string(),
  unitPriceUsd: orNull(band('Of one unit; `null` where there is none', 'USD')),
  usd: orNull(band('Quantity × unit price', 'USD')),
  state: described(
    z.enum(PART_STATES),
    'By a list price, by an assumption, in another line of the bill, by the provider, there with the room, or without a price',
  ),
  basis: text('Where the quantity comes from'),
  source: described(priceSourceSchema.nullable(), 'Where the price comes from'),
});

const beside = z.strictObject({
  what: z.string(),
  countedUsd: band('Parts of this list', 'USD'),
  atLeast: flag('A counted part has no price'),
  billedUsd: band('What the bill takes', 'USD'),
  billedAs: text('The assumption of the bill'),
});

const phase = z.strictObject({
  month: described(z.int().min(1).meta({ unit: 'month' }), 'Month of service in which it is needed, from 1'),
  orderMonth: described(
    z.int().meta({ unit: 'month' }),
    'Month of the order; 0 and below is before the start',
  ),
  servers: figure('GPU servers that then stand', 'servers'),
  lines: described(z.array(line), 'What is added; `basis` says what there is in all'),
  totalUsd: band('Of what has a price', 'USD'),
  atLeast: flag('A part has no price: the total means "at least"'),
});

/** `landfall/bom/v1`. */
export const bomSchema = z.strictObject({
  schema: z.literal('landfall/bom/v1'),
  environment: z.string(),
  scenario: z.string(),
  option: z.string(),
  target: z.string(),
  lines: described(z.array(line), 'Parts for the servers that are deployed'),
  totalUsd: band('Of all parts with a price', 'USD'),
  atLeast: flag('A part has no price: the total means "at least"'),
  unpriced: texts('Keys of the parts without a price'),
  phases: described(
    z.array(phase),
    'What each phase of a fleet that grows buys, the launch first; else empty',
  ),
  horizonUsd: band('Of all phases', 'USD'),
  beside: described(z.array(beside), 'Counted parts beside the shares that the bill takes for them'),
  notes: texts('What the provider answers for'),
  inCurrency: currencyAmounts,
}) satisfies z.ZodType<BomDocument>;
