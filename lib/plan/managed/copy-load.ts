import type { CopyHours } from '#lib/catalog/purchase';
import { billedCopyHours } from '#lib/cash/copy-hours';
import { sizedPeak } from '#lib/plan/demand';
import { hoursPerMonth, KINDS_OF_HOUR } from '#lib/plan/scaling/week';
import type { Scenario } from '#lib/spec/schema/scenario';
import { hourlyRates } from '#lib/spec/schema/traffic-profile';
import { HOURS_PER_MONTH } from '#lib/units/money';
import type { Band } from '#lib/units/band';

/** What traffic asks of copies that answer so many requests a second each. */
export interface CopyLoad {
  readonly hours: readonly CopyHours[];
  /** Hours of copies that a month of the described traffic is billed for. */
  readonly billedHours: Band;
  /** In the busiest minute of the month that is planned for. */
  readonly copiesAtPeak: number;
  /** In some hour of the week windows pass without a request. */
  readonly sleeps: boolean;
}

/**
 * Copies hour by hour of a week. The provider adds a copy where requests keep coming faster than the others answer, so
 * the base follows the mean of each hour at `fill`; the low end uses copies to their limit, the high end has in each hour
 * what its busiest minute takes.
 */
export function copyLoad(
  scenario: Scenario,
  requestsPerSecondPerCopy: number,
  copy: {
    readonly fill: number;
    readonly windowMinutes: number;
  },
): CopyLoad {
  const { mean, peak } = scenario.traffic.requestsPerSecond;
  const all = kindsOfHour(scenario);
  const kinds = all.filter(({ rate }) => rate > 0);
  const busiest = Math.max(...kinds.map(({ rate }) => rate));
  const hoursAt = (perCopy: number): CopyHours[] =>
    kinds.map(({ rate, hours }) => ({
      hoursPerMonth: hours,
      copies: rate / perCopy,
      requestsPerWindow: rate * copy.windowMinutes * 60,
    }));
  const filled = requestsPerSecondPerCopy * copy.fill;
  const hours = hoursAt(filled);
  const busiestMinutes = hoursAt((filled * busiest) / Math.max(peak, busiest, mean));
  return {
    hours,
    billedHours: {
      low: billedCopyHours(hoursAt(requestsPerSecondPerCopy)),
      base: billedCopyHours(hours),
      high: billedCopyHours(busiestMinutes),
    },
    sleeps: all.some(({ rate }) => rate * copy.windowMinutes * 60 < WAKEFUL),
    copiesAtPeak: Math.max(1, Math.ceil(sizedPeak(scenario) / filled - 1e-9)),
  };
}

/** Requests a window, as a mean, from which on hardly one in a thousand is empty. */
const WAKEFUL = 7;

/** The hours of a month by the rate that they have, requests/s: each rate once. */
function kindsOfHour({ traffic }: Scenario): { readonly rate: number; readonly hours: number }[] {
  const { requestsPerSecond, profile } = traffic;
  if (profile === undefined) return [{ rate: requestsPerSecond.mean, hours: HOURS_PER_MONTH }];
  const { workingDay, weekendDay } = hourlyRates(requestsPerSecond.mean, profile);
  const rates = [...workingDay, ...weekendDay];
  const hours = new Map<number, number>();
  for (let kind = 0; kind < KINDS_OF_HOUR; kind += 1) {
    const rate = rates[kind] ?? 0;
    hours.set(rate, (hours.get(rate) ?? 0) + hoursPerMonth(kind));
  }
  return [...hours].map(([rate, month]) => ({ rate, hours: month }));
}
