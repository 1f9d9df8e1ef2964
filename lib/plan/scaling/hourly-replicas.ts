import { sizedPeak } from '#lib/plan/demand';
import { ratesOfWeek } from '#lib/plan/scaling/week';
import type { ServingSizing } from '#lib/sizing/sizing';
import type { Scenario } from '#lib/spec/schema/scenario';

/** What the hours of a week ask, and what one replica gives. Rates are requests/s. */
export interface WeekOfLoad {
  /** Mean of each hour. */
  readonly rates: readonly number[];
  /** Busiest minute of each hour: the sized peak in the busiest hour, less in the others as the profile says. */
  readonly peaks: readonly number[];
  /** What a replica may be planned for: its throughput at `fill`, or less where the latencies ask it. */
  readonly plannedEach: number;
  /** What a replica serves within the objectives. */
  readonly mostEach: number;
}

/** A quotient that is whole but for rounding must not cost one more replica: as in the sizing. */
const ROUNDING = 1e-9;

export function weekOfLoad(scenario: Scenario, sizing: ServingSizing, fill: number): WeekOfLoad {
  const rates = ratesOfWeek(scenario);
  const busiest = Math.max(...rates);
  const peak = sizedPeak(scenario);
  const perToken = sizing.tokensPerSecondPerReplica.base / scenario.traffic.outputTokens.mean;
  // The sizing's headroom is what all replicas serve within the objectives, beyond the peak.
  const mostEach = ((1 + sizing.headroom) * peak) / sizing.replicas;
  const { replicasForLoad } = sizing;
  // While searching, the latencies' own limit is not known: what the replicas beyond the throughput's count share is.
  const isForLatency = Math.ceil(peak / (perToken * fill) - ROUNDING) < replicasForLoad;
  const isLimitKnown = mostEach * (replicasForLoad - 1) < peak;
  const forLatency = isForLatency && !isLimitKnown ? peak / replicasForLoad : mostEach;
  return {
    rates,
    peaks: rates.map((rate) => (peak * rate) / busiest),
    plannedEach: Math.min(perToken * fill, forLatency),
    mostEach,
  };
}

/** Ends of the sizing's doubt: fewer replicas at the high end of their throughput. */
export type End = 'low' | 'base' | 'high';

/**
 * Replicas of each hour: `⌈peak of the hour × (1 + headroom) ÷ planned for each⌉`, at least the least that is kept, at most
 * what the sized peak takes, and the spares besides. None in an hour without arrivals where none is kept.
 */
export function replicasByHour(
  { peaks, plannedEach }: WeekOfLoad,
  sizing: ServingSizing,
  kept: { readonly minReplicas: number; readonly headroom: number },
  end: End = 'base',
): number[] {
  const throughput = sizing.tokensPerSecondPerReplica;
  const each = (plannedEach * throughput[OTHER_END[end]]) / throughput.base;
  const most = end === 'base' ? sizing.replicasForLoad : sizing.replicasForLoadBand[end];
  return peaks.map((peak) => {
    const needed = Math.ceil((peak * (1 + kept.headroom)) / each - ROUNDING);
    const least = Math.max(kept.minReplicas, peak > 0 ? 1 : 0);
    const forLoad = Math.min(most, Math.max(least, needed));
    return forLoad === 0 ? 0 : forLoad + sizing.spares;
  });
}

const OTHER_END = { low: 'high', base: 'base', high: 'low' } as const satisfies Record<End, End>;
