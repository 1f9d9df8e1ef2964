import { drawing, TEXT_SIZE, verticalTick, WIDTH } from '#lib/report/html/charts/chart';
import { linear, px, textWidth } from '#lib/report/html/charts/scale';
import { markup, type Html } from '#lib/report/html/html';

export interface Swing {
  readonly label: string;
  readonly atLow: number;
  readonly atHigh: number;
}

const ROW = 30;

/** How far each input moves a figure from its base: one bar to its low end, one to its high end. */
export function tornadoChart(
  title: string,
  base: number,
  swings: readonly Swing[],
  tick: (value: number) => string,
): Html {
  const left = Math.min(260, 12 + Math.max(...swings.map(({ label }) => textWidth(label, TEXT_SIZE))));
  const ends = [base, ...swings.flatMap(({ atLow, atHigh }) => [atLow, atHigh])];
  const x = linear([Math.min(...ends), Math.max(...ends)], [left + 8, WIDTH - 40], 4);
  const bottom = 8 + swings.length * ROW;
  const bar = (value: number, className: string, y: number) =>
    markup`<rect
      class="${className}"
      x="${px(Math.min(x(base), x(value)))}"
      y="${px(y)}"
      width="${px(Math.abs(x(value) - x(base)))}"
      height="16"
    />`;
  return drawing(title, bottom + 26, [
    ...x.ticks.map((value) => verticalTick(x(value), 4, bottom, tick(value))),
    ...swings.map(({ label, atLow, atHigh }, index) => {
      const y = 8 + index * ROW + 6;
      return markup`<text class="label" x="${px(left)}" y="${px(y + 12)}" text-anchor="end"
          >${shortened(label, left)}</text
        >${bar(atLow, 'at-low', y)}${bar(atHigh, 'at-high', y)}`;
    }),
    markup`<line class="mark" x1="${px(x(base))}" x2="${px(x(base))}" y1="4" y2="${px(bottom)}" />`,
  ]);
}

/** The table has the whole name. */
function shortened(label: string, pixels: number): string {
  let end = label.length;
  while (end > 1 && textWidth(label.slice(0, end), TEXT_SIZE) > pixels - 12) end -= 1;
  return end === label.length ? label : `${label.slice(0, end - 1).trimEnd()}…`;
}
