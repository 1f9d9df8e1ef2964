import * as z from 'zod';
import { field } from '#lib/spec/schema/field';

export const HOURS_OF_DAY = 24;
const DAYS_OF_WEEK = { working: 5, weekend: 2 } as const;
/** A peak rounded to two digits is no contradiction. */
const ROUNDING = 1.01;

const Weights = z.array(z.number().gte(0).lte(1_000_000)).length(HOURS_OF_DAY);

const OFFICE_DAY = [1, 1, 1, 1, 1, 2, 4, 7, 10, 12, 12, 11, 9, 11, 12, 12, 10, 8, 6, 5, 4, 3, 2, 1];

/** How the traffic is spread over a week. It shapes; how much there is say the mean and the peak. */
export const TrafficProfile = z
  .strictObject({
    workingDay: field(Weights.clone(), {
      description:
        'Weight of each hour of a working day, midnight first, by the clock of the users; only ratios matter',
      unit: 'weight',
      example: OFFICE_DAY,
    }),
    weekendDay: field(Weights.optional(), {
      description:
        'The same for a Saturday or Sunday, on the same scale; as a working day where it is left out',
      unit: 'weight',
      example: OFFICE_DAY.map((weight) => Math.ceil(weight / 4)),
    }),
  })
  .refine(
    ({ workingDay, weekendDay }) => [...workingDay, ...(weekendDay ?? [])].some((weight) => weight > 0),
    {
      message: 'an hour with a weight above 0',
    },
  );
export type TrafficProfile = z.output<typeof TrafficProfile>;

/** Mean arrivals of each hour, requests/s, midnight first. */
export interface HourlyRates {
  readonly workingDay: readonly number[];
  readonly weekendDay: readonly number[];
}

/** `mean × weight ÷ (5 × working day + 2 × weekend day) × 168`: five working days and two others have the mean. */
export function hourlyRates(
  mean: number,
  { workingDay, weekendDay = workingDay }: TrafficProfile,
): HourlyRates {
  const sum = (weights: readonly number[]) => weights.reduce((total, weight) => total + weight, 0);
  const week = DAYS_OF_WEEK.working * sum(workingDay) + DAYS_OF_WEEK.weekend * sum(weekendDay);
  const hours = HOURS_OF_DAY * (DAYS_OF_WEEK.working + DAYS_OF_WEEK.weekend);
  const scaled = (weights: readonly number[]) => weights.map((weight) => (mean * hours * weight) / week);
  return { workingDay: scaled(workingDay), weekendDay: scaled(weekendDay) };
}

/** What contradicts the peak: an hour cannot be busier than the busiest minute. `null` where nothing does. */
export function contradictionOfProfile(
  rate: { readonly mean: number; readonly peak: number },
  profile: TrafficProfile,
): string | null {
  const { workingDay, weekendDay } = hourlyRates(rate.mean, profile);
  const busiest = Math.max(...workingDay, ...weekendDay);
  return busiest > rate.peak * ROUNDING
    ? `a busiest hour of at most the peak, ${rate.peak} requests/s; with a mean of ${rate.mean} it has ${Number(busiest.toPrecision(3))}`
    : null;
}
