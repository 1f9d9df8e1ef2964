import { LandfallError } from '#lib/errors/landfall-error';

interface Range {
  /** Path of the figure: `retrieval.recall`. */
  readonly at: string;
  readonly value: number;
  readonly above?: number;
  readonly atLeast?: number;
  readonly below?: number;
  readonly atMost?: number;
}

/** @throws LandfallError where the value is no number or lies outside the range */
export function checkRange({ at, value, above, atLeast, below, atMost }: Range): void {
  const isInside =
    Number.isFinite(value) &&
    (above === undefined || value > above) &&
    (atLeast === undefined || value >= atLeast) &&
    (below === undefined || value < below) &&
    (atMost === undefined || value <= atMost);
  if (isInside) return;
  const bounds = [
    above === undefined ? [] : `above ${above}`,
    atLeast === undefined ? [] : `at least ${atLeast}`,
    below === undefined ? [] : `below ${below}`,
    atMost === undefined ? [] : `at most ${atMost}`,
  ].flat();
  const expected = `a number ${bounds.join(' and ')}`.trim();
  throw new LandfallError({
    code: 'OUT_OF_RANGE',
    at,
    got: String(value),
    expected,
    fix: `write ${expected}`,
  });
}
