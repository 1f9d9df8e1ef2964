const BARS = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'] as const;
const NOTHING = ' ';

/** Two days as bars, an hour to two characters, on one scale: what the tallest bar is stands beside each. */
export function hourBars(
  days: readonly { readonly title: string; readonly values: readonly number[] }[],
): string[] {
  const top = Math.max(1, ...days.flatMap(({ values }) => values));
  const width = Math.max(...days.map(({ title }) => title.length));
  const lines = days.map(
    ({ title, values }) =>
      `${title.padEnd(width)}  ${values.map((value) => bar(value, top).repeat(2)).join('')}  ${range(values)}`,
  );
  return [...lines, `${' '.repeat(width)}  ${clock()}`];
}

function bar(value: number, top: number): string {
  if (value <= 0) return NOTHING;
  return BARS[Math.min(BARS.length - 1, Math.ceil((value / top) * BARS.length) - 1)] ?? NOTHING;
}

function range(values: readonly number[]): string {
  const [least, most] = [Math.min(...values), Math.max(...values)];
  return least === most ? String(most) : `${least} to ${most}`;
}

/** `0 h`, `6 h`, … under the hours that they begin. */
function clock(): string {
  return [0, 6, 12, 18]
    .map((hour) => `${hour} h`.padEnd(12))
    .join('')
    .trimEnd();
}
