import * as z from 'zod';
import { field } from '#lib/spec/field';

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

function bound(what: string, example: number) {
  return field(z.number(), {
    description: `${what} of the assumption`,
    unit: "the assumption's own",
    example,
  });
}

const AssumptionOverride = z.union([
  z.number(),
  z
    .strictObject({
      low: bound('Lowest value', 1.1),
      base: bound('Best estimate', 1.25),
      high: bound('Highest value', 1.5),
    })
    .refine(({ low, base, high }) => low <= base && base <= high, {
      message: 'low, base and high in this order',
    }),
]);

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
  powerUsdPerKwh: field(z.number().gte(0).lte(5).optional(), {
    description: "Electricity price of your own site; the catalog's for the site's region without it",
    unit: 'USD/kWh',
    example: 0.0871,
  }),
  people: field(
    z
      .strictObject({
        loadedUsdPerYear: field(z.number().gte(0).lte(2_000_000).optional(), {
          description: 'Loaded yearly cost of one platform engineer',
          unit: 'USD/year',
          example: 185_000,
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
    description: 'Your own prices by price id (`landfall catalog prices`): negotiated rates, quotes',
    unit: 'object',
    example: {
      'aws/ec2/p5.48xlarge/us-east-1/on-demand/instance-hour': {
        usd: 41.5,
        document: 'EDP 2026',
        asOf: '2026-10-30',
      },
    },
  }),
  assumptions: field(z.record(z.string(), AssumptionOverride).default({}), {
    description: 'Your own assumptions by id (`landfall catalog assumptions`)',
    unit: 'object',
    example: { 'facility.pue': 1.25 },
  }),
});
export type Finance = z.output<typeof Finance>;
