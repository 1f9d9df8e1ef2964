import { sizedPeak } from '#lib/plan/demand';
import type { ServingSizing } from '#lib/sizing/sizing';
import type { Scenario } from '#lib/spec/schema/scenario';
import { hourlyRates, HOURS_OF_DAY, type HourlyRates } from '#lib/spec/schema/traffic-profile';
import { HOURS_PER_MONTH } from '#lib/units/money';

/** Hours of a week, as kinds: 24 of a working day, then 24 of a day of the weekend. */
export const KINDS_OF_HOUR = 2 * HOURS_OF_DAY;
const HOURS_OF_WEEK = 168;
/** How often each hour of the week comes in a month. */
export const WEEKS_PER_MONTH = HOURS_PER_MONTH / HOURS_OF_WEEK;
const DAYS_A_WEEK = { working: 5, weekend: 2 } as const;
/** When people sleep: ten in the evening to six in the morning. */
const NIGHT = { from: 22, to: 6 } as const;

/** How often a kind of hour comes in a month. */
export function hoursPerMonth(kind: number): number {
  const days = kind < HOURS_OF_DAY ? DAYS_A_WEEK.working : DAYS_A_WEEK.weekend;
  return days * WEEKS_PER_MONTH;
}

export function isNight(kind: number): boolean {
  const hour = kind % HOURS_OF_DAY;
  return hour >= NIGHT.from || hour < NIGHT.to;
}

/**
 * Replicas that each kind of hour needs, not rounded: peak × answer ÷ (throughput × fill) in the busiest hour, less in
 * the others as the profile says. Without a profile the peak may come in any hour.
 */
export function neededReplicas(
  scenario: Scenario,
  sizing: Pick<ServingSizing, 'tokensPerSecondPerReplica'>,
  fill: number,
): readonly number[] {
  const { traffic } = scenario;
  const most =
    (sizedPeak(scenario) * traffic.outputTokens.mean) / (sizing.tokensPerSecondPerReplica.base * fill);
  if (traffic.profile === undefined) return Array.from({ length: KINDS_OF_HOUR }, () => most);
  const { workingDay, weekendDay } = hourlyRates(traffic.requestsPerSecond.mean, traffic.profile);
  const rates = [...workingDay, ...weekendDay];
  const busiest = Math.max(...rates);
  return rates.map((rate) => (most * rate) / busiest);
}

/** Mean arrivals of the 168 hours of a week, requests/s, from midnight before the first of five working days. */
export function ratesOfWeek({ traffic }: Pick<Scenario, 'traffic'>): readonly number[] {
  const { requestsPerSecond, profile } = traffic;
  if (profile === undefined) return Array.from({ length: HOURS_OF_WEEK }, () => requestsPerSecond.mean);
  return weekOf(hourlyRates(requestsPerSecond.mean, profile));
}

/** A working day five times, then a day of the weekend twice. */
export function weekOf({ workingDay, weekendDay }: HourlyRates): readonly number[] {
  const days = (count: number, day: readonly number[]) => Array.from({ length: count }, () => day).flat();
  return [...days(DAYS_A_WEEK.working, workingDay), ...days(DAYS_A_WEEK.weekend, weekendDay)];
}

/** The first day of a week and its last, of values by the hour. */
export function hoursOfDay(week: readonly number[]): HourlyRates {
  return { workingDay: week.slice(0, HOURS_OF_DAY), weekendDay: week.slice(-HOURS_OF_DAY) };
}

/** Hour by hour. */
export function summed(needs: readonly (readonly number[])[]): number[] {
  return Array.from({ length: KINDS_OF_HOUR }, (_, kind) =>
    needs.reduce((sum, hours) => sum + (hours[kind] ?? 0), 0),
  );
}
