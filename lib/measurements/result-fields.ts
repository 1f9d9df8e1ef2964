import { LandfallError } from '#lib/errors/landfall-error';
import { shown } from '#lib/text/place';

export type ResultObject = Readonly<Record<string, unknown>>;

/** No measured figure is beyond it. */
const LARGEST = 1e12;

export function isObject(value: unknown): value is ResultObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The value at a path of keys and places of lists; `undefined` where it ends before. */
export function valueAt(document: unknown, ...path: readonly (string | number)[]): unknown {
  let value: unknown = document;
  for (const step of path) {
    if (typeof step === 'number')
      value = Array.isArray(value) ? (value as readonly unknown[])[step] : undefined;
    else value = isObject(value) && Object.hasOwn(value, step) ? value[step] : undefined;
  }
  return value;
}

/** A figure that may be absent: `null` where nothing, or something else than a number, stands there. */
export function optionalNumber(document: unknown, ...path: readonly (string | number)[]): number | null {
  const value = valueAt(document, ...path);
  return typeof value === 'number' && Number.isFinite(value) && Math.abs(value) <= LARGEST ? value : null;
}

/**
 * A time that may be absent: `null` where nothing stands there, as for what a run could not measure.
 *
 * @throws LandfallError naming the field, where what stands there is no time
 */
export function optionalTime(
  file: string,
  document: unknown,
  ...path: readonly (string | number)[]
): number | null {
  const found = valueAt(document, ...path);
  if (found === undefined || found === null) return null;
  const value = optionalNumber(document, ...path);
  if (value !== null && value >= 0) return value;
  throw new LandfallError({
    code: 'OUT_OF_RANGE',
    at: `${file} ${path.join('.')}`,
    got: shown(found),
    expected: 'a number of at least 0, or nothing',
    fix: 'export the results again with a released version of the tool',
  });
}

/** As {@link optionalNumber}, and also a number written as a text, as `--metadata` writes it. */
export function optionalCount(document: unknown, ...path: readonly (string | number)[]): number | null {
  const value = valueAt(document, ...path);
  const written = typeof value === 'string' && /^[1-9]\d{0,8}$/.test(value) ? Number(value) : value;
  return typeof written === 'number' && Number.isInteger(written) && written > 0 && written <= LARGEST
    ? written
    : null;
}

export function optionalText(document: unknown, ...path: readonly (string | number)[]): string | null {
  const value = valueAt(document, ...path);
  return typeof value === 'string' && value !== '' ? value : null;
}

/**
 * A figure above 0, without which the file is no measurement.
 *
 * @throws LandfallError naming the field
 */
export function figure(file: string, document: unknown, ...path: readonly (string | number)[]): number {
  const value = optionalNumber(document, ...path);
  if (value !== null && value > 0) return value;
  const found = valueAt(document, ...path);
  throw new LandfallError({
    code: found === undefined ? 'MISSING_KEY' : 'OUT_OF_RANGE',
    at: `${file} ${path.join('.')}`,
    ...(found === undefined ? {} : { got: shown(found) }),
    expected: 'a number above 0',
    fix: 'check that the run finished and that its requests succeeded',
  });
}

/** Seconds as milliseconds, without the noise of the conversion. */
export function milliseconds(seconds: number | null): number | null {
  return seconds === null ? null : rounded(seconds * 1000);
}

/** Six significant digits: more than any of these is measured to. */
export function rounded(value: number): number {
  return Number(value.toPrecision(6));
}
