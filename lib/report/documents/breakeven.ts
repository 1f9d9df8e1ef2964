import * as z from 'zod';
import type { BreakEven } from '#lib/decision/break-even';
import { BREAK_EVEN_OVER, type BreakEvenPoint } from '#lib/decision/break-even-point';
import { currencyAmounts } from '#lib/report/documents/currency';
import { count, date, described, figure, flag, orNull, text, texts, usd } from '#lib/report/documents/figure';

const point = z.strictObject({
  over: z.enum(BREAK_EVEN_OVER),
  unit: text('Of `base` and `value`'),
  base: orNull(figure('The quantity as it is', 'as `unit` says')),
  value: orNull(figure('Where both cost the same', 'as `unit` says')),
  verdict: described(
    z.enum(['crosses', 'never', 'beyond-capacity', 'not-applicable']),
    '`beyond-capacity`: a fleet as planned could not serve it',
  ),
  says: texts('Finished sentences'),
}) satisfies z.ZodType<BreakEvenPoint>;

const cumulativeUsd = (description: string) => usd(`${description} by the end of the month, cumulative`);

/** `landfall/breakeven/v1`. */
export const breakEvenSchema = z.strictObject({
  schema: z.literal('landfall/breakeven/v1'),
  environment: z.string(),
  scenario: z.string(),
  asOf: date('Day for which the bills are made'),
  horizonMonths: figure('Months over which cash is counted', 'months'),
  options: described(
    z.array(
      z.strictObject({
        id: text('Option id'),
        monthlyUsd: usd('Monthly equivalent at base'),
        atLeast: flag('A line has no price: the money means "at least"'),
      }),
    ),
    'A, then B',
  ),
  points: z.array(point),
  course: z.array(
    z.strictObject({
      month: count('0 is the launch'),
      aUsd: cumulativeUsd('Paid for A'),
      bUsd: cumulativeUsd('Paid for B'),
      aPresentUsd: cumulativeUsd('Present value of A'),
      bPresentUsd: cumulativeUsd('Present value of B'),
    }),
  ),
  fleetSteps: z.array(
    z.strictObject({
      option: text('Option id'),
      fromMultiple: figure('Of the described volume', 'multiple'),
      toMultiple: figure('Of the described volume', 'multiple'),
      gpusBefore: count('GPUs'),
      gpusAfter: count('GPUs'),
    }),
  ),
  inCurrency: currencyAmounts,
}) satisfies z.ZodType<BreakEven>;
