import { grouped } from '#lib/units/grouped';

const MINUTE_SECONDS = 60;
const HOUR_SECONDS = 3600;
/** From two of a unit on it is counted in that unit. */
const LEAST = 2;

/** `95 s`, `8.3 min`, `20 min`, `2.5 h`. */
export function duration(seconds: number): string {
  if (seconds < LEAST * MINUTE_SECONDS) return `${inUnit(seconds)} s`;
  if (seconds < LEAST * HOUR_SECONDS) return `${inUnit(seconds / MINUTE_SECONDS)} min`;
  return `${inUnit(seconds / HOUR_SECONDS)} h`;
}

/** One decimal below ten. */
function inUnit(value: number): string {
  return value < 10 ? String(Math.round(value * 10) / 10) : grouped(value);
}
