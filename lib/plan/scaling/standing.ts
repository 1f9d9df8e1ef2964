import type { NodeStep } from '#lib/targets/node-curve';
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
  return needed.flatMap((_, hour) =>
    cuts.slice(1).flatMap((end, part): NodeStep[] => {
      const start = cuts[part] ?? 0;
      if (end <= start) return [];
      const middle = hour + (start + end) / 2;
      const nodes = mostWithin(needed, middle - lingerHours, middle + leadHours);
      const hours = (end - start) * WEEKS_PER_MONTH;
      const awake = awakeShare(hour);
      return [
        { nodes, hoursPerMonth: hours * awake },
        { nodes: 0, hoursPerMonth: hours * (1 - awake) },
      ];
    }),
  );
}

/** The most that any hour between two moments needs, both in hours from the start of a week. */
export function mostWithin(needed: readonly number[], from: number, to: number): number {
  // More than a week either way is the whole week.
  const first = Math.floor(Math.max(from, to - needed.length));
  let most = 0;
  for (let hour = first; hour <= Math.floor(to); hour += 1) {
    most = Math.max(most, needed[((hour % needed.length) + needed.length) % needed.length] ?? 0);
  }
  return most;
}

function fraction(hours: number): number {
  return hours - Math.floor(hours);
}
