import { mostWithin } from '#lib/plan/scaling/standing';

export const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
export type Weekday = (typeof WEEKDAYS)[number];

/** From this minute on, on these days, so many replicas run. */
export interface ScheduleStep {
  readonly days: readonly Weekday[];
  /** `07:51`, by the clock of the schedule. */
  readonly at: string;
  readonly replicas: number;
}

const MINUTES_OF_DAY = 1440;

/**
 * The moments of a week at which the number of replicas changes, each early enough that what an hour needs has started
 * when it begins; days that are alike stand together.
 */
export function scheduleOf(needed: readonly number[], leadSeconds: number): ScheduleStep[] {
  const lead = Math.ceil(leadSeconds / 60);
  const week = needed.length * 60;
  const moments = needed.flatMap((_, hour) => [hour * 60, (((hour * 60 - lead) % week) + week) % week]);
  const counts = [...new Set(moments)]
    .toSorted((a, b) => a - b)
    .map((minute) => ({ minute, replicas: mostWithin(needed, minute / 60, (minute + lead) / 60) }));
  const changes = counts.filter(({ replicas }, index) => replicas !== counts.at(index - 1)?.replicas);
  const steps = new Map<string, { days: Weekday[]; at: string; replicas: number }>();
  for (const { minute, replicas } of changes) {
    const day = WEEKDAYS[Math.floor(minute / MINUTES_OF_DAY)];
    const at = clock(minute % MINUTES_OF_DAY);
    const step = steps.get(`${at} ${replicas}`) ?? { days: [], at, replicas };
    if (day !== undefined) step.days.push(day);
    steps.set(`${at} ${replicas}`, step);
  }
  return [...steps.values()];
}

function clock(minute: number): string {
  const two = (value: number) => String(value).padStart(2, '0');
  return `${two(Math.floor(minute / 60))}:${two(minute % 60)}`;
}
