import {
  DASHES,
  drawing,
  horizontalTick,
  TEXT_SIZE,
  verticalTick,
  WIDTH,
} from '#lib/report/html/charts/chart';
import { linear, px, textWidth } from '#lib/report/html/charts/scale';
import { markup, type Html } from '#lib/report/html/html';

export interface Course {
  readonly label: string;
  /** Its colour and dashes, whatever its place: the same in every chart. */
  readonly series: number;
  /** By month, index 0 the launch. */
  readonly values: readonly number[];
}

export interface CourseWords {
  readonly monthTick: (month: number) => string;
  readonly valueTick: (value: number) => string;
}

const HEIGHT = 340;
const LABEL_GAP = 16;

/** Lines over months, each named at its end. */
export function courseChart(title: string, courses: readonly Course[], words: CourseWords): Html {
  const months = Math.max(1, ...courses.map(({ values }) => values.length - 1));
  const all = courses.flatMap(({ values }) => values);
  const [least, most] = [Math.min(0, ...all), Math.max(1e-9, ...all)];
  const [top, bottom] = [12, HEIGHT - 34];
  const y = linear([least, most], [bottom, top]);
  const left = 16 + Math.max(...y.ticks.map((value) => textWidth(words.valueTick(value), TEXT_SIZE)));
  const right = WIDTH - 16 - Math.max(0, ...courses.map(({ label }) => textWidth(label, TEXT_SIZE)));
  const x = linear([0, months], [left, right], 6);
  const lines = courses.map(({ series, values }) => {
    const points = values.map((value, month) => `${px(x(month))} ${px(y(value))}`).join('L');
    return markup`<path
      class="line series-${series % 8}"
      stroke-dasharray="${DASHES[series % DASHES.length] ?? 'none'}"
      d="M${points}"
    />`;
  });
  const ends = spread(
    courses.map(({ label, series, values }) => ({ label, series, at: y(values.at(-1) ?? 0) })),
    top,
    bottom,
  );
  const labels = ends.map(
    ({ label, series, at }) =>
      markup`<text class="label fill-${series % 8}" x="${px(right + 8)}" y="${px(at + 4)}">${label}</text>`,
  );
  return drawing(title, HEIGHT, [
    ...y.ticks.map((value) => horizontalTick(y(value), left, right, words.valueTick(value))),
    ...x.ticks.map((value) => verticalTick(x(value), top, bottom, words.monthTick(value))),
    ...lines,
    ...labels,
  ]);
}

/** Labels at the ends of lines, moved apart so that none covers another. */
function spread<Label extends { readonly at: number }>(
  labels: readonly Label[],
  top: number,
  bottom: number,
): Label[] {
  const sorted = labels.toSorted((a, b) => a.at - b.at);
  let lowest = top - LABEL_GAP;
  const down = sorted.map((label) => ({ ...label, at: (lowest = Math.max(label.at, lowest + LABEL_GAP)) }));
  let highest = bottom + LABEL_GAP;
  return down
    .toReversed()
    .map((label) => ({ ...label, at: (highest = Math.min(label.at, highest - LABEL_GAP)) }));
}
