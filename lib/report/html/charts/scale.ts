/** Maps a range of values onto a range of pixels. */
export interface Scale {
  (value: number): number;
  /** Round values within the range. */
  readonly ticks: readonly number[];
}

export function linear(
  [from, to]: readonly [number, number],
  [start, end]: readonly [number, number],
  wanted = 5,
): Scale {
  const span = to - from || 1;
  const at = (value: number) => start + ((value - from) / span) * (end - start);
  return Object.assign(at, { ticks: roundValues(from, to, wanted) });
}

/** Steps of 1, 2 or 5 times a power of ten. */
function roundValues(from: number, to: number, wanted: number): number[] {
  if (!(to > from)) return [from];
  const rough = (to - from) / wanted;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = power * ([1, 2, 5, 10].find((factor) => factor * power >= rough) ?? 10);
  const first = Math.ceil(from / step - 1e-9);
  const last = Math.floor(to / step + 1e-9);
  return Array.from({ length: last - first + 1 }, (_, index) => (first + index) * step);
}

const FULL_WIDTH = /[\u2E80-\u9FFF\uAC00-\uD7AF\uF900-\uFAFF\uFF00-\uFF60]/u;

const WIDE = /[mwMW@%]/;

/** About how wide a text stands at this size, pixels: enough to keep a gutter free for it. */
export function textWidth(text: string, sizePixels: number): number {
  let ems = 0;
  for (const character of text) ems += FULL_WIDTH.test(character) ? 1.02 : WIDE.test(character) ? 0.98 : 0.57;
  return Math.ceil(ems * sizePixels);
}

/** Pixels to a tenth: the same on every machine, and short. */
export function px(value: number): string {
  return String(Math.round(value * 10) / 10);
}
