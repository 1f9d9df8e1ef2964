import type { Scenario } from '#lib/spec/schema/scenario';
import type { Plan } from '#lib/plan/plan';
import { peakMultiple, type TrafficPath } from '#lib/cash/traffic-path';
import { SECONDS_PER_MONTH } from '#lib/units/money';

/** A distribution without a 95th percentile is taken to reach this many times its mean. */
export const LONGEST_PER_MEAN = 3;

/** Usage of a month of the described traffic: the first one, but for a ramp and the season. */
export function monthlyDemand({ traffic }: Scenario): Plan['demand'] {
  const requestsPerMonth = traffic.requestsPerSecond.mean * SECONDS_PER_MONTH;
  const inputTokensPerMonth = requestsPerMonth * traffic.inputTokens.mean;
  return {
    requestsPerMonth,
    inputTokensPerMonth,
    cachedInputTokensPerMonth: inputTokensPerMonth * traffic.cachedShare,
    outputTokensPerMonth: requestsPerMonth * traffic.outputTokens.mean,
    growthPerMonth: traffic.growthPerMonth,
    ...(traffic.ramp === undefined ? {} : { ramp: traffic.ramp }),
    ...(traffic.seasonality === undefined ? {} : { seasonality: traffic.seasonality }),
  };
}

/** How the traffic of a plan moves over the months. */
export function trafficPathOf({ demand }: Pick<Plan, 'demand'>): TrafficPath {
  return { growthPerMonth: demand.growthPerMonth, ramp: demand.ramp, seasonality: demand.seasonality };
}

/** Highest peak, in requests per second, up to the month that the fleet is sized for; month 1 is the one described. */
export function sizedPeak({ traffic }: Scenario): number {
  return traffic.requestsPerSecond.peak * peakMultiple(traffic, traffic.sizeForMonth);
}

/** Longest prompt and answer that the server is planned for: the 95th percentile, or three times the mean. */
export function longestTokens({ traffic }: Scenario): { input: number; output: number } {
  return { input: longestOf(traffic.inputTokens), output: longestOf(traffic.outputTokens) };
}

/** The 95th percentile where it is known. */
export function longestOf({ mean, p95 }: { mean: number; p95?: number | undefined }): number {
  return Math.ceil(Math.max(mean, p95 ?? mean * LONGEST_PER_MEAN));
}

/** What the busiest minute asks for, up to the month that the plan is sized for. */
export interface BusiestMinute {
  readonly requestsPerMinute: number;
  /** Beyond what a cache of prompts answers. */
  readonly inputTokensPerMinute: number;
  readonly outputTokensPerMinute: number;
}

export function busiestMinute(scenario: Scenario): BusiestMinute {
  const { inputTokens, outputTokens, cachedShare } = scenario.traffic;
  const requestsPerMinute = 60 * sizedPeak(scenario);
  return {
    requestsPerMinute,
    inputTokensPerMinute: requestsPerMinute * inputTokens.mean * (1 - cachedShare),
    outputTokensPerMinute: requestsPerMinute * outputTokens.mean,
  };
}
