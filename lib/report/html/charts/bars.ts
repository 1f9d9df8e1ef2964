import { drawing, TEXT_SIZE, verticalTick, WIDTH } from '#lib/report/html/charts/chart';
import { linear, px, textWidth } from '#lib/report/html/charts/scale';
import { markup, type Html } from '#lib/report/html/html';

export interface Bar {
  readonly label: string;
  /** Stacked from the left. */
  readonly parts: readonly { readonly value: number; readonly className: string }[];
  /** What stands at the end of the bar. */
  readonly says: string;
  /** A thin line over the bar. @default - none */
  readonly range?: { readonly low: number; readonly high: number } | null;
  /** A mark across the bar. @default - none */
  readonly mark?: number | null;
}

const ROW = 34;

/** Horizontal bars on one axis from 0. */
export function barChart(title: string, bars: readonly Bar[], tickLabel: (value: number) => string): Html {
  const left = Math.min(220, 12 + Math.max(...bars.map(({ label }) => textWidth(label, TEXT_SIZE))));
  const right = WIDTH - 12 - Math.max(...bars.map(({ says }) => textWidth(says, TEXT_SIZE)));
  const most = Math.max(1e-9, ...bars.map(endOf));
  const bottom = 8 + bars.length * ROW;
  const x = linear([0, most], [left, Math.max(left + 120, right)]);
  const rows = bars.map((bar, index) => {
    const middle = 8 + index * ROW + ROW / 2;
    let sum = 0;
    const parts = bar.parts.map(({ value, className }) => {
      const from = sum;
      sum += value;
      return markup`<rect
        class="${className}"
        x="${px(x(from))}"
        y="${px(middle - 10)}"
        width="${px(Math.max(0, x(sum) - x(from)))}"
        height="20"
      />`;
    });
    const { range, mark } = bar;
    return markup`<text class="label" x="${px(left - 8)}" y="${px(middle + 4)}" text-anchor="end"
        >${bar.label}</text
      >${parts}${
        range === null || range === undefined
          ? null
          : markup`<path
              class="range"
              d="M${px(x(range.low))} ${px(middle)}H${px(x(range.high))}M${px(x(range.low))} ${px(middle - 5)}v10M${px(x(range.high))} ${px(middle - 5)}v10"
            />`
      }${
        mark === null || mark === undefined
          ? null
          : markup`<line
              class="mark"
              x1="${px(x(mark))}"
              x2="${px(x(mark))}"
              y1="${px(middle - 14)}"
              y2="${px(middle + 14)}"
            />`
      }<text class="value" x="${px(x(endOf(bar)) + 8)}" y="${px(middle + 4)}">${bar.says}</text>`;
  });
  const ticks = x.ticks.map((value) => verticalTick(x(value), 4, bottom, tickLabel(value)));
  return drawing(title, bottom + 26, [...ticks, ...rows]);
}

function endOf({ parts, range, mark }: Bar): number {
  return Math.max(
    parts.reduce((sum, { value }) => sum + value, 0),
    range?.high ?? 0,
    mark ?? 0,
  );
}
