import * as z from 'zod';
import { field, Slug } from '#lib/spec/schema/field';
import type { Band } from '#lib/units/band';

const PriceOverride = z.strictObject({
  usd: field(z.number().gte(0).lte(1e9), {
    description: "Price per unit of the catalog's price",
    unit: 'USD per unit',
    example: 41.5,
  }),
  document: field(z.string().min(1).max(200), {
    description: 'Where this price stands: a quote, a contract',
    unit: 'text',
    example: 'quote 2026-114 of 2026-10-30',
  }),
  asOf: field(z.iso.date(), { description: 'Date of that document', unit: 'date', example: '2026-10-30' }),
});

const PriceDiscount = z.strictObject({
  share: field(z.number().gte(0).lt(1), {
    description: 'Taken off the listed price; 0.12 is 12 %',
    unit: 'share 0–1',
    example: 0.12,
  }),
  document: field(z.string().min(1).max(200), {
    description: 'The contract that grants it',
    unit: 'text',
    example: 'EDP 2026',
  }),
  asOf: field(z.iso.date(), { description: 'Date of that contract', unit: 'date', example: '2026-10-30' }),
});

const StatedRate = z.strictObject({
  perUsd: field(z.number().gt(0).lte(1e6), {
    description: 'Units of the currency for one USD',
    unit: 'units per USD',
    example: 6.72,
  }),
  document: field(z.string().min(1).max(200), {
    description: 'Who gives this rate',
    unit: 'text',
    example: 'treasury, planning rate 2027',
  }),
  asOf: field(z.iso.date(), { description: 'Day of the rate', unit: 'date', example: '2026-10-30' }),
});
const CurrencyId = z.string().regex(/^[A-Z]{3}$/, 'an ISO 4217 code: CNY');

function bound(what: string, example: number) {
  return field(z.number().gte(0), {
    description: `${what} of the assumption`,
    unit: "the assumption's own",
    example,
  });
}

const AssumptionOverride = z.union([
  z.number().gte(0),
  z
    .strictObject({
      low: bound('Lowest value', 1.1),
      base: bound('Best estimate', 1.25),
      high: bound('Highest value', 1.5),
    })
    .check(({ value, issues }) => {
      // A value out of its range is the mistake to name, not the order that it breaks.
      if (issues.length === 0) issues.push(...outOfOrder(value));
    }),
]);

/** The first end that is on the wrong side of the best estimate, with what it must be and how to put it right. */
function outOfOrder({ low, base, high }: Band): z.core.$ZodRawIssue[] {
  const issue = (end: 'low' | 'high', input: number, message: string, fix: string): z.core.$ZodRawIssue => ({
    code: 'custom',
    path: [end],
    input,
    message,
    params: { fix },
  });
  if (low > base) {
    const fix =
      high < base ? `swap the ends: low: ${high}, base: ${base}, high: ${low}` : 'lower low, or raise base';
    return [issue('low', low, `a low of at most base, ${base}`, fix)];
  }
  return base > high
    ? [issue('high', high, `a high of at least base, ${base}`, 'raise high, or lower base')]
    : [];
}

export const SUPPORT_PLANS = ['developer', 'business', 'enterprise'] as const;

const Tax = z.strictObject({
  rate: field(z.number().gte(0).lt(1), {
    description: 'Tax on profit; owned hardware is written off by MACRS over five years',
    unit: 'share 0–1',
    example: 0.25,
  }),
});

const Compliance = z.strictObject({
  fixedUsd: field(z.number().gte(0).lte(1e9).default(0), {
    description: 'Paid once, before the launch',
    unit: 'USD',
    example: 40_000,
  }),
  usdPerYear: field(z.number().gte(0).lte(1e9).default(0), {
    description: 'Paid every year after that, month by month',
    unit: 'USD/year',
    example: 25_000,
  }),
});

export const Finance = z.strictObject({
  horizonMonths: field(z.int().gte(1).lte(240).default(36), {
    description: 'Months over which options are compared',
    unit: 'months',
    example: 36,
  }),
  discountRatePerYear: field(z.number().gte(0).lte(1).default(0.09), {
    description: 'Cost of capital; 0 gives nominal sums',
    unit: 'share per year',
    example: 0.09,
  }),
  currency: field(CurrencyId.optional(), {
    description: 'Currency in which estimates show their totals too, beside USD',
    unit: 'id',
    example: 'CNY',
  }),
  exchangeRates: field(z.record(CurrencyId, StatedRate).default({}), {
    description: 'Own rates by currency; prices listed in it are converted by them',
    unit: 'object',
    example: { CNY: { perUsd: 6.72, document: 'treasury, planning rate 2027', asOf: '2026-10-30' } },
  }),
  powerUsdPerKwh: field(z.number().gte(0).lte(5).optional(), {
    description: "Electricity price of your own site; the catalog's for the site's region without it",
    unit: 'USD/kWh',
    example: 0.0871,
  }),
  demandUsdPerKwMonth: field(z.number().gte(0).lte(200).optional(), {
    description:
      "Demand charge of your own site; write the energy price without it then. The catalog's tariffs hold it already",
    unit: 'USD/kW-month',
    example: 12,
  }),
  awsSupportPlan: field(z.enum(SUPPORT_PLANS).optional(), {
    description: 'AWS support plan, billed by tiers of the monthly AWS cost; none without it',
    unit: 'id',
    example: 'business',
  }),
  tax: field(Tax.optional(), {
    description: 'Counts tax: costs and depreciation lower it; without it all figures are before tax',
    unit: 'object',
    example: { rate: 0.25 },
  }),
  compliance: field(Compliance.optional(), {
    description: 'Certification and audits that this workload makes necessary, whatever it runs on',
    unit: 'object',
    example: { fixedUsd: 40_000, usdPerYear: 25_000 },
  }),
  whileWaiting: field(Slug.optional(), {
    description:
      'Option that serves until another one is ready; the months of waiting then cost what it costs',
    unit: 'id',
    example: 'bedrock',
  }),
  people: field(
    z
      .strictObject({
        loadedUsdPerYear: field(z.number().gte(0).lte(2_000_000).optional(), {
          description: 'Loaded yearly cost of one platform engineer',
          unit: 'USD/year',
          example: 185_000,
        }),
        onCall: field(z.boolean().default(false), {
          description: 'Somebody answers at all hours; adds the rota of the model servers that you operate',
          unit: 'yes or no',
          example: true,
        }),
      })
      .prefault({}),
    { description: 'What people cost', unit: 'object', example: { loadedUsdPerYear: 185_000 } },
  ),
  benefitUsdPerMonth: field(z.number().gte(0).lte(1e9).default(0), {
    description: 'Benefit of being live for a month; what a delay costs. 0 counts no delay, and says so',
    unit: 'USD/month',
    example: 0,
  }),
  prices: field(z.record(z.string(), PriceOverride).default({}), {
    description: 'Your own prices by price id (`landfall catalog --kind prices`): negotiated rates, quotes',
    unit: 'object',
    example: {
      'aws/ec2/p5.48xlarge/us-east-1/on-demand/instance-hour': {
        usd: 41.5,
        document: 'EDP 2026',
        asOf: '2026-10-30',
      },
    },
  }),
  discounts: field(z.record(z.string(), PriceDiscount).default({}), {
    description:
      'What contracts take off listed prices, by the beginning of price ids: `aws`, `aws/ec2`; the longest that fits counts, and your own prices stay as they are',
    unit: 'object',
    example: { aws: { share: 0.12, document: 'EDP 2026', asOf: '2026-10-30' } },
  }),
  assumptions: field(z.record(z.string(), AssumptionOverride).default({}), {
    description: 'Your own assumptions by id (`landfall catalog --kind assumptions`)',
    unit: 'object',
    example: { 'facility.pue': 1.25 },
  }),
});
export type Finance = z.output<typeof Finance>;
