const HOUR = 3600;
const HOURS_OF_DAY = 24;
const HOURS_OF_WEEK = 168;
const WORKING_DAYS = 5;
/** 1970-01-01 was a Thursday: three days after a Monday. */
const EPOCH_HOUR_OF_WEEK = 3 * HOURS_OF_DAY;

/** Arrivals by hour of the week. Each hour is weighed by how much of it the trace covers. */
export class WeekProfile {
  private readonly counts = new Float64Array(HOURS_OF_WEEK);

  public add(seconds: number): void {
    const hour = hourOfWeek(seconds);
    this.counts[hour] = (this.counts[hour] ?? 0) + 1;
  }

  /** Share of each hour in an average day between two times; `null` below 24 hours. */
  public hours(from: number, to: number): readonly number[] | null {
    if (to - from < HOURS_OF_DAY * HOUR) return null;
    return this.shares(from, to, HOURS_OF_DAY, (hour) => hour % HOURS_OF_DAY);
  }

  /** Share of each day in an average week, Monday first; `null` below 7 days. */
  public weekdays(from: number, to: number): readonly number[] | null {
    if (to - from < HOURS_OF_WEEK * HOUR) return null;
    return this.shares(from, to, HOURS_OF_WEEK / HOURS_OF_DAY, (hour) => Math.floor(hour / HOURS_OF_DAY));
  }

  /** Mean arrivals per second in each hour of working days and of weekend days; `null` below 7 days. */
  public rates(
    from: number,
    to: number,
  ): { workingDay: readonly number[]; weekendDay: readonly number[] } | null {
    if (to - from < HOURS_OF_WEEK * HOUR) return null;
    const slotOf = (hour: number) =>
      (hour < WORKING_DAYS * HOURS_OF_DAY ? 0 : HOURS_OF_DAY) + (hour % HOURS_OF_DAY);
    const rates = this.perSecond(from, to, 2 * HOURS_OF_DAY, slotOf);
    return { workingDay: rates.slice(0, HOURS_OF_DAY), weekendDay: rates.slice(HOURS_OF_DAY) };
  }

  private shares(from: number, to: number, size: number, slotOf: (hour: number) => number): number[] {
    const rates = this.perSecond(from, to, size, slotOf);
    const total = rates.reduce((sum, rate) => sum + rate, 0);
    return rates.map((rate) => rate / total);
  }

  private perSecond(from: number, to: number, size: number, slotOf: (hour: number) => number): number[] {
    const counts = Array.from({ length: size }, () => 0);
    const exposed = Array.from({ length: size }, () => 0);
    for (const [hour, count] of this.counts.entries())
      counts[slotOf(hour)] = (counts[slotOf(hour)] ?? 0) + count;
    for (const [hour, seconds] of exposure(from, to).entries())
      exposed[slotOf(hour)] = (exposed[slotOf(hour)] ?? 0) + seconds;
    return counts.map((count, slot) => count / (exposed[slot] ?? 0));
  }
}

/** Seconds between two times that fall into each hour of the week. */
function exposure(from: number, to: number): Float64Array {
  const wholeWeeks = Math.floor((to - from) / (HOURS_OF_WEEK * HOUR));
  const seconds = new Float64Array(HOURS_OF_WEEK).fill(wholeWeeks * HOUR);
  let at = from + wholeWeeks * HOURS_OF_WEEK * HOUR;
  while (at < to) {
    const end = Math.min(to, (Math.floor(at / HOUR) + 1) * HOUR);
    const hour = hourOfWeek(at);
    seconds[hour] = (seconds[hour] ?? 0) + end - at;
    at = end;
  }
  return seconds;
}

function hourOfWeek(seconds: number): number {
  const hour = (Math.floor(seconds / HOUR) + EPOCH_HOUR_OF_WEEK) % HOURS_OF_WEEK;
  return hour < 0 ? hour + HOURS_OF_WEEK : hour;
}
