import { duration } from '#lib/units/duration';
import type { Band } from '#lib/units/band';
import { significant } from '#lib/units/figure';

/** What stands where there is no figure. Never 0. */
export const ABSENT = '–';

/** `38,900`: whole dollars from 100 up, cents below, four decimals below one cent, two digits below those; `≥` marks a sum with unpriced lines. */
export function usd(amount: number | null, atLeast = false): string {
  if (amount === null) return ABSENT;
  return `${atLeast ? '≥ ' : ''}${grouped(amount, decimalsOf(amount))}`;
}

/** `38,900 (36,100 – 41,900)`; only the figure where the band has no width. */
export function usdBand(band: Band | null, atLeast = false): string {
  if (band === null) return ABSENT;
  if (band.low === band.high) return usd(band.base, atLeast);
  return `${usd(band.base, atLeast)} (${usd(band.low)} – ${usd(band.high)})`;
}

/** The price of one unit: by six significant digits below one dollar, where decimals would round it away. */
export function unitUsd(amount: number | null): string {
  return amount !== null && amount > 0 && amount < 1 ? significant(amount) : usd(amount);
}

/** A difference with its sign: `+1,200`, `−350`, `±0`. */
export function signedUsd(amount: number | null): string {
  if (amount === null) return ABSENT;
  if (amount === 0) return '±0';
  return `${amount > 0 ? '+' : '−'}${usd(Math.abs(amount))}`;
}

/** A quantity with at most `decimals` decimals and thousands separators: `43,800`, `0.35`. */
export function count(value: number | null, decimals = 0): string {
  return value === null ? ABSENT : grouped(value, decimals, 0);
}

/** A quantity of unknown size, by significance: whole from 100 up, at most two decimals from 1, four below. */
export function quantity(value: number): string {
  const magnitude = Math.abs(value);
  return count(value, magnitude >= 100 ? 0 : magnitude >= 1 ? 2 : 4);
}

/** `31 %` of a share; one decimal where a whole percent would hide what matters (availability). */
export function percent(share: number | null, decimals = 0): string {
  return share === null ? ABSENT : `${grouped(share * 100, decimals, 0)} %`;
}

/** One decimal always, so that a column can be read downwards. */
export function errorShare(error: number | null): string {
  return error === null ? ABSENT : `${(error * 100).toFixed(1)} %`;
}

/** `540 ms`, `2.3 s` from two seconds up, minutes and hours from two of them up. */
export function milliseconds(value: number | null): string {
  if (value === null) return ABSENT;
  if (value >= 120_000) return duration(value / 1000);
  return value >= 2000 ? `${grouped(value / 1000, 1)} s` : `${grouped(value, value < 10 ? 1 : 0)} ms`;
}

/** `now`, `5 days`, `8 weeks`, `18 months`: the coarsest unit that still tells options apart. */
export function days(value: number | null): string {
  if (value === null) return ABSENT;
  if (value < 1) return 'now';
  if (value < 14) return counted(Math.round(value), 'day');
  if (value < 180) return counted(Math.round(value / 7), 'week');
  return counted(Math.round((value / 365) * 12), 'month');
}

/** `1 line`, `3 lines`. */
export function counted(number: number, noun: string): string {
  return `${count(number)} ${noun}${number === 1 ? '' : 's'}`;
}

/** A price of a millionth of a dollar is no zero; what is smaller than any price is. */
const MOST_DECIMALS = 12;

function decimalsOf(amount: number): number {
  const magnitude = Math.abs(amount);
  if (magnitude >= 100 || magnitude === 0) return 0;
  if (magnitude >= 0.0001) return magnitude >= 0.01 ? 2 : 4;
  return Math.min(MOST_DECIMALS, 1 - Math.floor(Math.log10(magnitude)));
}

/** Own grouping: `Intl` costs milliseconds to load and its output depends on the ICU build. */
function grouped(value: number, decimals: number, minimumDecimals = decimals): string {
  const [whole = '', fraction = ''] = Math.abs(value).toFixed(decimals).split('.');
  const kept = minimumDecimals === decimals ? fraction : fraction.replace(/0+$/, '');
  const digits = whole.replaceAll(/\B(?=(\d{3})+$)/g, ',') + (kept === '' ? '' : `.${kept}`);
  return value < 0 && /[1-9]/.test(digits) ? `−${digits}` : digits;
}
