import { drawing, horizontalTick, TEXT_SIZE, verticalTick, WIDTH } from '#lib/report/html/charts/chart';
import { labelPlaces } from '#lib/report/html/charts/label-places';
import { linear, px, textWidth } from '#lib/report/html/charts/scale';
import { markup, type Html } from '#lib/report/html/html';

export interface Dot {
  readonly label: string;
  readonly series: number;
  readonly x: number;
  readonly y: number;
  readonly isFilled: boolean;
}

export interface ScatterWords {
  readonly xTitle: string;
  readonly yTitle: string;
  readonly xTick: (value: number) => string;
  readonly yTick: (value: number) => string;
}

const HEIGHT = 320;

/** Dots with their names beside them. */
export function scatterChart(title: string, dots: readonly Dot[], words: ScatterWords): Html {
  const [top, bottom] = [30, HEIGHT - 52];
  const y = linear(around(dots.map((dot) => dot.y)), [bottom, top]);
  const left = 16 + Math.max(...y.ticks.map((value) => textWidth(words.yTick(value), TEXT_SIZE)));
  const right = WIDTH - 20 - Math.max(...dots.map(({ label }) => textWidth(label, TEXT_SIZE)));
  const x = linear([0, 1.05 * Math.max(1e-9, ...dots.map((dot) => dot.x))], [left, right]);
  const placed = dots.map((dot) => ({ ...dot, cx: x(dot.x), cy: y(dot.y) }));
  const places = labelPlaces(
    placed.map(({ cx, cy, label }) => ({ cx, cy, labelWidth: textWidth(label, TEXT_SIZE) })),
  );
  return drawing(title, HEIGHT, [
    ...y.ticks.map((value) => horizontalTick(y(value), left, right, words.yTick(value))),
    ...x.ticks.map((value) => verticalTick(x(value), top, bottom, words.xTick(value))),
    markup`<text class="tick" x="${px(left)}" y="16">${words.yTitle}</text>`,
    markup`<text class="tick" x="${px(right)}" y="${px(HEIGHT - 8)}" text-anchor="end">${words.xTitle}</text>`,
    ...places.map(({ lead }, index) => {
      const dot = placed[index];
      return lead === null || dot === undefined
        ? markup``
        : markup`<path class="lead" d="M${px(dot.cx)} ${px(dot.cy)}L${px(lead.x)} ${px(lead.y)}"/>`;
    }),
    ...placed.map(
      ({ series, cx, cy, isFilled }) =>
        markup`<circle class="${isFilled ? `dot fill-${series % 8}` : `dot hollow series-${series % 8}`}" cx="${px(cx)}" cy="${px(cy)}" r="6"/>`,
    ),
    ...places.map(
      (place, index) =>
        markup`<text class="label" x="${px(place.x)}" y="${px(place.y + 4)}" text-anchor="${place.anchor}">${placed[index]?.label ?? ''}</text>`,
    ),
  ]);
}

/** Some room around the values; all of one value still have an axis. */
function around(values: readonly number[]): [number, number] {
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const room = (high - low || Math.abs(high) || 1) * 0.15;
  return [low - room < 0 && low >= 0 ? 0 : low - room, high + room];
}
