import type { TimeUnit } from '#lib/trace/trace-columns';

/** Turns a time of the trace into seconds: since 1970 in UTC, or since the trace's start. */
export interface TraceClock {
  readonly clock: 'utc' | 'since-start';
  /** What a time must look like here, for a message. */
  readonly form: string;
  /** `null` when the text has another form. May be negative. */
  readonly seconds: (text: string) => number | null;
}

const PER_SECOND: Readonly<Record<TimeUnit, number>> = { s: 1, ms: 1e3, us: 1e6, ns: 1e9 };
const UNIT_NAMES: Readonly<Record<TimeUnit, string>> = {
  s: 'seconds',
  ms: 'milliseconds',
  us: 'microseconds',
  ns: 'nanoseconds',
};
/** Seconds since 1970 are taken for a date from here on: 2001-09-09. Shorter traces than 31 years count from a start. */
const FIRST_EPOCH_SECOND = 1e9;
const NUMBER = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i;
/** ISO 8601 with `T` or a space; a fraction of any length (Azure writes seven digits or none); no zone means UTC. */
const ISO =
  /^(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:[.,](\d{1,12}))?)?(?: ?(Z|UTC|[+-]\d\d(?::?\d\d)?))?)?$/i;
const DAYS = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] as const;

/**
 * The clock that the first time of a trace shows. A number's unit is that of the column's name, else follows from its
 * size: from 10¹⁷ nanoseconds since 1970, from 10¹⁴ microseconds, from 10¹¹ milliseconds, from 10⁹ seconds; smaller
 * numbers are seconds since the start. `null` when the text is no time.
 */
export function clockOf(first: string, namedUnit: TimeUnit | null): TraceClock | null {
  if (!NUMBER.test(first)) {
    if (isoSeconds(first) === null) return null;
    return { clock: 'utc', form: 'a time as 2024-05-10T13:45:00Z', seconds: isoSeconds };
  }
  const value = Math.abs(Number(first));
  const unit = namedUnit ?? unitOfSize(value);
  const isDate = value / PER_SECOND[unit] >= FIRST_EPOCH_SECOND;
  return {
    clock: isDate ? 'utc' : 'since-start',
    form: `${UNIT_NAMES[unit]} since ${isDate ? '1970' : 'the start'}`,
    seconds: (text) => (NUMBER.test(text) ? Number(text) / PER_SECOND[unit] : null),
  };
}

function unitOfSize(value: number): TimeUnit {
  if (value >= 1e17) return 'ns';
  if (value >= 1e14) return 'us';
  return value >= 1e11 ? 'ms' : 's';
}

/** Seconds since 1970; `null` for another form or a date that does not exist. */
function isoSeconds(text: string): number | null {
  const found = ISO.exec(text);
  if (found === null) return null;
  const [year, month, day, hour, minute, second] = found.slice(1, 7).map((part) => Number(part ?? 0));
  if (year === undefined || month === undefined || day === undefined) return null;
  if (hour === undefined || minute === undefined || second === undefined) return null;
  if (month < 1 || month > 12 || day < 1 || day > (DAYS[month - 1] ?? 0)) return null;
  // 60 is a leap second.
  if (hour > 23 || minute > 59 || second > 60) return null;
  const midnight = Date.UTC(year, month - 1, day);
  if (new Date(midnight).getUTCDate() !== day) return null;
  const offset = zoneSeconds(found[8]);
  if (offset === null) return null;
  return midnight / 1000 + hour * 3600 + minute * 60 + second + Number(`0.${found[7] ?? '0'}`) - offset;
}

function zoneSeconds(zone: string | undefined): number | null {
  if (zone === undefined || /^[zu]/i.test(zone)) return 0;
  const [hours, minutes] = [Number(zone.slice(1, 3)), Number(zone.replace(':', '').slice(3) || 0)];
  if (hours > 14 || minutes > 59) return null;
  return (zone.startsWith('-') ? -1 : 1) * (hours * 3600 + minutes * 60);
}
