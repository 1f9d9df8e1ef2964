import type { NodeStep } from '#lib/targets/port/node-curve';
import { WEEKS_PER_MONTH } from '#lib/plan/scaling/week';

/** How a fleet comes and goes around the hours in which it is needed. */
export interface Pace {
  /** Hours before an hour begins at which what it needs is started. */
  readonly leadHours: number;
  /** Hours that a replica stays after it is no longer needed. */
  readonly lingerHours: number;
}

/**
 * How many replicas stand for how long in a month: at each moment as many as the busiest hour between `leadHours` later
 * and `lingerHours` earlier needs. Exact, since the needs change on the hour: within one there are at most three parts.
 *
 * @param needed - Replicas of each hour of a week, which comes again and again
 * @param awakeShare - Share of an hour's time in which anything stands at all. @default - all of it
 */
export function standing(
  needed: readonly number[],
  { leadHours, lingerHours }: Pace,
  awakeShare: (hour: number) => number = () => 1,
): NodeStep[] {
  const cuts = [0, ...[1 - fraction(leadHours), fraction(lingerHours)].toSorted((a, b) => a - b), 1];
  const steps: NodeStep[] = [];
  // Asked for every candidate of a fleet that follows its load: loops, and no list within another.
  for (let hour = 0; hour < needed.length; hour += 1) {
    const awake = awakeShare(hour);
    for (let part = 1; part < cuts.length; part += 1) {
      const start = cuts[part - 1] ?? 0;
      const end = cuts[part] ?? 0;
      if (end <= start) continue;
      const middle = hour + (start + end) / 2;
      const nodes = mostWithin(needed, middle - lingerHours, middle + leadHours);
      const hours = (end - start) * WEEKS_PER_MONTH;
      steps.push({ nodes, hoursPerMonth: hours * awake });
      if (awake < 1) steps.push({ nodes: 0, hoursPerMonth: hours * (1 - awake) });
    }
  }
  return steps;
}

/** The most that any hour between two moments needs, both in hours from the start of a week. */
export function mostWithin(needed: readonly number[], from: number, to: number): number {
  // More than a week either way is the whole week.
  const hours = needed.length;
  const first = Math.floor(Math.max(from, to - hours));
  const last = Math.floor(to);
  let at = ((first % hours) + hours) % hours;
  let most = 0;
  for (let hour = first; hour <= last; hour += 1) {
    const replicas = needed[at] ?? 0;
    if (replicas > most) most = replicas;
    at = at + 1 === hours ? 0 : at + 1;
  }
  return most;
}

function fraction(hours: number): number {
  return hours - Math.floor(hours);
}
