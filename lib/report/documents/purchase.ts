import * as z from 'zod';
import { CATEGORIES } from '#lib/catalog/purchase';
import type { Purchase } from '#lib/catalog/purchase';
import type { PriceReference } from '#lib/catalog/prices';
import { followsSchema } from '#lib/report/documents/growth';
import { described, figure, flag, share, text, texts } from '#lib/report/documents/figure';

const priceReferenceSchema = z
  .strictObject({
    seller: z.string(),
    service: z.string(),
    sku: z.string(),
    region: text('A region, or `*` for a price that holds everywhere'),
    term: text('`on-demand`, `spot`, `reserved-1y`, …'),
    unit: text('What one buys of it: `instance-hour`'),
  })
  .meta({
    id: 'PriceReference',
    description: 'Where the price stands in the catalog',
  }) satisfies z.ZodType<PriceReference>;

const base = {
  key: text('Stable and unique in a plan: `gpu-nodes.instance`'),
  label: z.string(),
  category: z.enum(CATEGORIES),
  basis: text('Where the quantity comes from, in words and numbers'),
  resources: texts('Addresses of the synthesized resources that this pays for'),
  follows: followsSchema.optional(),
};
const quantityBand = described(
  z.strictObject({ low: z.number(), high: z.number() }),
  'The quantity if the fleet were as small or as large as the doubt of the sizing allows',
).optional();
const months = (description: string) => figure(description, 'units per month');

/** What a plan decided to buy: quantities, no money. */
export const purchaseSchema = z
  .discriminatedUnion('kind', [
    z.strictObject({
      kind: z.literal('recurring'),
      ...base,
      quantityPerMonth: months('Bought every month'),
      quantityBand,
      price: priceReferenceSchema,
      priceFactor: described(
        priceReferenceSchema,
        'Factor on the list price that the term brings',
      ).optional(),
      prepaid: described(
        z.strictObject({
          termMonths: figure('Length of a term', 'months'),
          share: share('Of a term, paid when it begins'),
          shareAssumption: text('The assumption that the share comes from').optional(),
          countsTowards: text(
            'The assumption of which share of the months left of the first term is owed at the horizon; their advance counts towards it',
          ).optional(),
          ratioPerYear: text(
            'The assumption of what a term costs that is signed a year later, as a ratio',
          ).optional(),
        }),
        'A contract that is paid in advance in part',
      ).optional(),
      comesAndGoes: described(
        z.literal(true),
        'Of things that come and go within the month, so that no resource states the quantity',
      ).optional(),
      when: described(z.literal('at-end'), 'Due once, at the horizon, instead of every month').optional(),
    }),
    z.strictObject({
      kind: z.literal('usage'),
      ...base,
      quantityPerMonth: months('Used in the first month; grows with the traffic'),
      quantityBand: described(
        z.strictObject({ low: z.number(), high: z.number() }),
        'The quantity at the ends of what is known of it',
      ).optional(),
      price: priceReferenceSchema,
      inCopies: described(
        z.array(
          z.strictObject({
            hoursPerMonth: figure('Hours that are alike', 'hours'),
            copies: figure('Copies that the described load takes in them, not rounded', 'copies'),
            requestsPerWindow: figure('While one window of the bill lasts', 'requests'),
          }),
        ),
        'Copies of a model that are paid while they are awake; absent where traffic decides in proportion',
      ).optional(),
    }),
    z.strictObject({
      kind: z.literal('capital'),
      ...base,
      quantity: figure('Bought once', 'units'),
      quantityBand,
      price: priceReferenceSchema,
      priceShare: text('The assumption of which share of the price is bought').optional(),
      surcharges: texts('Assumptions added to the price as shares of it').optional(),
      paidBefore: text('The assumption, in days, of how long before the launch it is paid').optional(),
      lifeMonths: figure('Replaced at the end of this life', 'months'),
      lifeAssumption: text('The assumption, in years, that the life comes from').optional(),
      residual: described(z.enum(['server', 'straight-line', 'annuity', 'none']), 'Value at the horizon'),
    }),
    z.strictObject({
      kind: z.literal('assumed'),
      ...base,
      tangible: flag('False for people, delay and downtime'),
      quantity: figure('How much of the unit', 'as `unit` says'),
      quantityBand,
      unit: z.string(),
      assumptions: texts('Assumption ids; their product is the price of one unit'),
      sumOf: texts('Assumption ids whose sum multiplies the price of one unit').optional(),
      shareOf: described(
        priceReferenceSchema,
        'A listed price that the assumptions are shares of',
      ).optional(),
      surcharges: texts('Assumptions added to that price as shares of it').optional(),
      when: described(z.enum(['monthly', 'once', 'at-end']), '`once` at the launch, `at-end` at the horizon'),
      everyMonths: figure('With `once`: bought again after so many months', 'months').optional(),
      byUse: described(
        z.literal(true),
        'The quantity is that of a month of the described traffic and follows it',
      ).optional(),
      keptMonths: text(
        'With `byUse`, due at the horizon: the assumption of how many months are kept',
      ).optional(),
    }),
    z.strictObject({ kind: z.literal('free'), ...base, why: text('Why it costs nothing') }),
  ])
  .meta({ id: 'Purchase' }) satisfies z.ZodType<Purchase>;
