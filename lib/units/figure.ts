import { grouped } from '#lib/units/grouped';

/** A number for a sentence: four significant digits, thousands separated, no exponent in what people compare. */
export function figure(value: number, digits = 4): string {
  const rounded = Number(value.toPrecision(digits));
  if (Math.abs(rounded) >= 1000) return (rounded < 0 ? '−' : '') + grouped(Math.abs(rounded));
  return (rounded < 0 ? '−' : '') + significant(Math.abs(rounded), digits);
}

/** Decimals of `toFixed` at most. */
const MOST_DECIMALS = 100;

/**
 * A positive figure by significant digits and without an exponent: a GB-second costs `0.0000166667` USD, and that is what
 * it is multiplied with.
 */
export function significant(value: number, digits = 6): string {
  if (value === 0) return '0';
  const decimals = digits - 1 - Math.floor(Math.log10(value));
  if (decimals <= 0) return String(Number(value.toPrecision(digits)));
  return value.toFixed(Math.min(MOST_DECIMALS, decimals)).replace(/\.?0+$/, '');
}
