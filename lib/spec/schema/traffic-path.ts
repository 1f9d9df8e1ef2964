import * as z from 'zod';
import { field, Share } from '#lib/spec/schema/field';

/** How the traffic arrives after the launch. */
export const Ramp = field(
  z
    .strictObject({
      months: field(z.int().gte(1).lte(120), {
        description: 'Months from the launch until all the traffic has arrived',
        unit: 'months',
        example: 6,
      }),
      startShare: field(Share.default(0), {
        description: 'Share of the traffic that is there in the first month; grows linearly from there',
        unit: 'share 0–1',
        example: 0.1,
      }),
    })
    .optional(),
  {
    description: 'How the traffic arrives after the launch; lowers what is paid by use, not the fleet',
    unit: 'object',
    example: { months: 6, startShare: 0.1 },
  },
);

/** How a year swings around its mean. */
export const Seasonality = field(
  z
    .array(z.number().gte(0).lte(20))
    .length(12)
    .refine((factors) => Math.abs(factors.reduce((sum, factor) => sum + factor, 0) / 12 - 1) <= 0.01, {
      message: 'twelve factors with a mean of 1, so that the mean rate stays the mean of the year',
    })
    .optional(),
  {
    description: 'Factor on the traffic of each month of a year, the first for the month after the launch',
    unit: 'factors',
    example: [1, 1, 1, 1, 0.9, 0.9, 0.8, 0.8, 1, 1.1, 1.2, 1.3],
  },
);
