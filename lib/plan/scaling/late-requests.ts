import { idleOff } from '#lib/plan/scaling/idle-off';
import type { WeekOfLoad } from '#lib/plan/scaling/hourly-replicas';
import { mostWithin } from '#lib/plan/scaling/standing';

/** How a fleet that follows the load starts and stops. */
export interface Reaction {
  /** From nothing: a new node and the engine on it. */
  readonly coldStartSeconds: number;
  /** Until so many replicas run where so many do: on nodes that stand only the engine starts. */
  startSeconds(ready: number, needed: number): number;
  readonly cooldownSeconds: number;
  /** Whether it stops altogether when nobody asks. */
  readonly stopsWhenIdle: boolean;
}

/**
 * Share of a month's requests that come while what they need still starts. An hour whose peak is beyond what the replicas
 * of the hours before serve within the objectives is short until the start is over, and all that arrive then count: an
 * hour's load is taken to come with its first second. A fleet that stops has those that wake it besides.
 */
export function lateShare(week: WeekOfLoad, replicas: readonly number[], reaction: Reaction): number {
  const { coldStartSeconds, cooldownSeconds, stopsWhenIdle } = reaction;
  let [late, all] = [0, 0];
  week.rates.forEach((rate, hour) => {
    const ready = mostWithin(replicas, hour - cooldownSeconds / 3600, hour - 1e-9);
    const isShort = (week.peaks[hour] ?? 0) > ready * week.mostEach;
    const starting = Math.min(1, reaction.startSeconds(ready, replicas[hour] ?? 0) / 3600);
    const cold = stopsWhenIdle ? idleOff(rate, coldStartSeconds, cooldownSeconds).coldShare : 0;
    late += rate * Math.max(cold, isShort ? starting : 0);
    all += rate;
  });
  return late / all;
}
