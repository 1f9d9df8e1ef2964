import { drawing, TEXT_SIZE, verticalTick, WIDTH } from '#lib/report/html/charts/chart';
import { linear, px, textWidth } from '#lib/report/html/charts/scale';
import { markup, type Html } from '#lib/report/html/html';

export interface Swing {
  readonly label: string;
  /** Of the label, where it is not that of the page. */
  readonly lang?: string | undefined;
  readonly atLow: number;
  readonly atHigh: number;
}

const ROW = 36;
const LINE = 14;
const WIDEST_NAME = 230;

/** How far each input moves a figure from its base: one bar to its low end, one to its high end. */
export function tornadoChart(
  title: string,
  base: number,
  swings: readonly Swing[],
  tick: (value: number) => string,
): Html {
  const names = swings.map(({ label }) => inTwoLines(label, WIDEST_NAME));
  const left = 12 + Math.max(...names.flat().map((line) => textWidth(line, TEXT_SIZE)));
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
    ...swings.map(({ lang, atLow, atHigh }, index) => {
      const y = 8 + index * ROW + 9;
      const lines = names[index] ?? [];
      const spans = lines.map(
        (line, number) =>
          markup`<tspan x="${px(left)}" y="${px(y + 12 + (number - (lines.length - 1) / 2) * LINE)}">${line}</tspan>`,
      );
      const spoken = lang === undefined ? null : markup` lang="${lang}"`;
      return markup`<text class="label"${spoken} text-anchor="end"
          >${spans}</text
        >${bar(atLow, 'at-low', y)}${bar(atHigh, 'at-high', y)}`;
    }),
    markup`<line class="mark" x1="${px(x(base))}" x2="${px(x(base))}" y1="4" y2="${px(bottom)}" />`,
  ]);
}

/** A word with the space after it, or a Chinese character with the marks that no line begins with. */
const PIECE = /[\u3400-\u9FFF][\u3000-\u303F\uFF00-\uFFEF]*\s?|[^\s\u3400-\u9FFF]+\s?/g;

/** At the last place that leaves the first line short enough; the table beneath has the whole name. */
function inTwoLines(label: string, pixels: number): string[] {
  if (textWidth(label, TEXT_SIZE) <= pixels) return [label];
  const pieces = label.match(PIECE) ?? [];
  const upTo = (count: number) => pieces.slice(0, count).join('').trimEnd();
  let count = pieces.length - 1;
  while (count > 1 && textWidth(upTo(count), TEXT_SIZE) > pixels) count -= 1;
  return [upTo(count), pieces.slice(count).join('')].flatMap((line) =>
    line === '' ? [] : [shortened(line, pixels)],
  );
}

function shortened(label: string, pixels: number): string {
  let end = label.length;
  while (end > 1 && textWidth(label.slice(0, end), TEXT_SIZE) > pixels) end -= 1;
  return end === label.length ? label : `${label.slice(0, end - 1).trimEnd()}…`;
}
