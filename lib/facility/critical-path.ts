import type { Band } from '#lib/units/band';
import { addBands, exactly } from '#lib/units/band';

/** One piece of work; it starts when all that it waits for is done. */
export interface Step {
  readonly id: string;
  readonly label: string;
  readonly days: Band;
  readonly after: readonly string[];
}

/** A step with its place in time, from the decision on. */
export interface ScheduledStep extends Step {
  readonly startDay: Band;
  readonly endDay: Band;
  /** Every day that it takes longer, everything takes longer; at the base durations. */
  readonly critical: boolean;
  /** Days by which it may slip without delaying the whole; 0 on the critical path. */
  readonly slackDays: number;
}

export interface Schedule {
  readonly steps: readonly ScheduledStep[];
  readonly days: Band;
}

/**
 * Earliest start of every step, all durations low, base or high together, and the slack by the latest start at base
 * durations (critical-path method). Steps stand after those that they wait for.
 */
export function schedule(steps: readonly Step[]): Schedule {
  const ends = new Map<string, Band>();
  const placed = steps.map((step) => {
    const startDay = latest(step.after.map((id) => endOf(ends, id)));
    const endDay = addBands([startDay, step.days]);
    ends.set(step.id, endDay);
    return { ...step, startDay, endDay };
  });
  const days = latest(placed.map(({ endDay }) => endDay));
  const latestEnd = new Map<string, number>();
  for (const step of placed.toReversed()) {
    const followers = placed.filter(({ after }) => after.includes(step.id));
    const end = Math.min(
      days.base,
      ...followers.map(({ id, days: { base } }) => (latestEnd.get(id) ?? 0) - base),
    );
    latestEnd.set(step.id, end);
  }
  return {
    days,
    steps: placed.map((step) => {
      const slackDays = (latestEnd.get(step.id) ?? 0) - step.endDay.base;
      return { ...step, slackDays, critical: slackDays === 0 };
    }),
  };
}

function latest(bands: readonly Band[]): Band {
  return bands.reduce(
    (most, band) => ({
      low: Math.max(most.low, band.low),
      base: Math.max(most.base, band.base),
      high: Math.max(most.high, band.high),
    }),
    exactly(0),
  );
}

function endOf(ends: ReadonlyMap<string, Band>, id: string): Band {
  const end = ends.get(id);
  if (end === undefined) throw new Error(`a step waits for ${id}, which stands after it`);
  return end;
}
