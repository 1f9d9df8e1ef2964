import * as z from 'zod';
import { INPUT_KINDS } from '#lib/cost/compiled/bill-input';
import type { Flip } from '#lib/decision/flip';
import type {
  OptionSensitivity,
  ScenarioSensitivity,
  Sensitivity,
  SensitivityInput,
} from '#lib/decision/sensitivity';
import type { TornadoBar } from '#lib/decision/tornado';
import { currencyAmounts } from '#lib/report/documents/currency';
import {
  band,
  count,
  date,
  described,
  figure,
  flag,
  orNull,
  share,
  text,
  texts,
  usd,
} from '#lib/report/documents/figure';

const inUnits = (description: string) => band(description, "the input's own");

const bar = z
  .strictObject({
    input: text('Id of the input'),
    band: inUnits('Low, base and high of the input'),
    atLowUsd: usd('A month, with the input at its low end and all others at base'),
    atHighUsd: usd('A month, with the input at its high end and all others at base'),
    deltaUsd: usd('The larger distance from the base'),
    otherPlan: flag('At an end other things would be bought; the amounts are of what they would cost'),
  })
  .meta({ id: 'TornadoBar', description: 'One input alone' }) satisfies z.ZodType<TornadoBar>;

const option = z.strictObject({
  id: text('Option id'),
  monthlyUsd: usd('Monthly equivalent at base'),
  atLeast: flag('A line has no price: the money means "at least"'),
  p10Usd: usd('A month: one draw in ten costs less'),
  p50Usd: usd('A month: half of the draws cost less'),
  p90Usd: usd('A month: nine draws in ten cost less'),
  meanUsd: usd('A month, mean of the draws'),
  belowBaseShare: described(
    share('Share of the draws that cost less than the bill at base'),
    'Share of the draws that cost less than `monthlyUsd`, which has every input at its base',
  ),
  cheapestShare: described(
    share('Share of the draws in which it costs least').nullable(),
    'Share of the draws in which it costs least; `null` where it is not fully priced',
  ),
  tornado: described(z.array(bar), 'The farthest first'),
}) satisfies z.ZodType<OptionSensitivity>;

const input = z.strictObject({
  id: z.string(),
  kind: z.enum(INPUT_KINDS),
  label: z.string(),
  unit: z.string(),
  band: inUnits('On the day of the calculation: a listed price is wider by its age'),
  source: described(z.string().nullable(), 'Id of the source; `null` where the environment states it'),
}) satisfies z.ZodType<SensitivityInput>;

const flip = z.strictObject({
  input: text('Id of the input'),
  value: figure('Where another option becomes the cheapest, all other inputs at base', "the input's own"),
  band: inUnits('Low, base and high of the input'),
  withinBand: flag('Whether that value is thought possible'),
  cheapestThen: text('Option id'),
  confirmed: orNull(flag('Whether planning anew a little beyond the value says the same')),
}) satisfies z.ZodType<Flip>;

const scenario = z.strictObject({
  id: z.string(),
  title: z.string(),
  recommended: described(z.string().nullable(), 'Option id; `null` where none fits'),
  options: z.array(option),
  inputs: described(z.array(input), 'Those that a bar or a flip names'),
  flips: described(z.array(flip), 'Inputs that could alone turn the recommendation, within their band first'),
  findings: texts('Finished sentences'),
  notes: texts('How the figures came about'),
}) satisfies z.ZodType<ScenarioSensitivity>;

/** `landfall/sensitivity/v1`. */
export const sensitivitySchema = z.strictObject({
  schema: z.literal('landfall/sensitivity/v1'),
  environment: z.string(),
  asOf: date('Day for which the bills are made'),
  horizonMonths: figure('Months over which cash is counted', 'months'),
  draws: count('Scenarios drawn'),
  seed: count('Of the draws'),
  scenarios: z.array(scenario),
  inCurrency: currencyAmounts,
}) satisfies z.ZodType<Sensitivity>;
