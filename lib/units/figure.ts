import { grouped } from '#lib/units/grouped';

/** A number for a sentence: four significant digits, thousands separated, no exponent in what people compare. */
export function figure(value: number, digits = 4): string {
  const rounded = Number(value.toPrecision(digits));
  if (Math.abs(rounded) >= 1000) return (rounded < 0 ? '−' : '') + grouped(Math.abs(rounded));
  return (rounded < 0 ? '−' : '') + String(Math.abs(rounded));
}
