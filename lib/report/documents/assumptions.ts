import * as z from 'zod';
import { INPUT_KINDS } from '#lib/cost/compiled/bill-input';
import type { OptionAssumptions, UsedAssumption, UsedAssumptions } from '#lib/decision/used-assumptions';
import { band, date, described, figure, flag, orNull, text, usd } from '#lib/report/documents/figure';

const input = z.strictObject({
  id: text('Id of the assumption or price; `finance.…`, `traffic.…` and `fleet.…` for what no record holds'),
  kind: z.enum(INPUT_KINDS),
  label: z.string(),
  unit: z.string(),
  band: band('On the day of the calculation: a listed price is wider by its age', 'as `unit` says'),
  source: orNull(text('Id of the source; `null` where the environment states it')),
  publisher: z.string().nullable(),
  asOf: orNull(date('Date of the figure')),
  overridden: flag("The environment put it in the place of the catalog's"),
  share: figure('Share of the monthly cost that moves with it; below 0 where more of it costs less', 'share'),
  otherPlan: flag('At an end of its band other things would be bought'),
}) satisfies z.ZodType<UsedAssumption>;

const option = z.strictObject({
  scenario: z.string(),
  option: z.string(),
  monthlyUsd: usd('Monthly equivalent at base'),
  atLeast: flag('A line has no price: the money means "at least"'),
  inputs: described(z.array(input), 'The weightiest first'),
}) satisfies z.ZodType<OptionAssumptions>;

/** `landfall/assumptions/v1`. */
export const assumptionsSchema = z.strictObject({
  schema: z.literal('landfall/assumptions/v1'),
  environment: z.string(),
  asOf: date('Day for which the bills are made'),
  options: z.array(option),
}) satisfies z.ZodType<UsedAssumptions>;
