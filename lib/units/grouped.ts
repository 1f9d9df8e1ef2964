/** `1,234,567`: a whole number for people. `Intl` costs milliseconds to load, and its output depends on the ICU build. */
export function grouped(value: number): string {
  return String(Math.round(value)).replaceAll(/\B(?=(\d{3})+$)/g, ',');
}
