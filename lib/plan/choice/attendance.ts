import type { Context } from '#lib/plan/plan-request';
import { MORE_PEOPLE_FROM_GPUS, people } from '#lib/targets/layers/people';
import { HOURS_PER_MONTH } from '#lib/units/money';

/**
 * People who run a fleet of so many accelerators, counted as they are bought. They come in steps of the fleet's size, so
 * that a few more small nodes can cost more than fewer large ones: the choice among nodes must see it.
 */
export interface Attendance {
  /** USD per hour that no fleet of so many or more takes less than, whatever somebody assumes of the steps. */
  leastUsdPerHour(gpus: number): number;
}

export function attendanceOf({
  target,
  scenario,
  market,
  prices,
}: Pick<Context, 'target' | 'scenario' | 'market' | 'prices'>): Attendance {
  const usdOf = (gpus: number) => {
    const staff = people({
      operates: target.operates,
      gpus,
      serversInstalled: 0,
      retrieves: scenario.retrieval !== undefined,
      onCall: market.onCall ?? false,
    });
    return staff
      .filter(({ when }) => when === 'monthly')
      .reduce((usd, { quantity, sumOf, assumptions }) => {
        const effort = sumOf?.reduce((sum, id) => sum + prices.assumption(id).base, 0) ?? 1;
        const unitUsd = assumptions.reduce((product, id) => product * prices.assumption(id).base, effort);
        return usd + (quantity * unitUsd) / HOURS_PER_MONTH;
      }, 0);
  };
  // All fleets of a step have as many.
  const least: number[] = [];
  const leastOf = (gpus: number) =>
    Math.min(...[gpus, ...MORE_PEOPLE_FROM_GPUS.filter((more) => more > gpus)].map(usdOf));
  return {
    leastUsdPerHour: (gpus) => {
      let step = 0;
      for (const more of MORE_PEOPLE_FROM_GPUS) if (gpus >= more) step += 1;
      return (least[step] ??= leastOf(gpus));
    },
  };
}
