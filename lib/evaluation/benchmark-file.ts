import type { ErrorCode } from '#lib/errors/codes';
import { LandfallError } from '#lib/errors/landfall-error';
import { scanJson, type JsonPath } from '#lib/evaluation/scan-json';
import { shown } from '#lib/spec/place';
import { placeInText } from '#lib/spec/text-place';

/** One run as a benchmark file states it, by the names of the file. */
export type RawRow = Readonly<Record<string, unknown>>;

/** Largest benchmark file, in bytes: 64 MiB. */
export const MAXIMUM_BENCHMARK_BYTES = 64 * 2 ** 20;

const FORM = 'a JSON object with a list `rows`, or the list itself';

/**
 * The runs of a benchmark file: `{ "rows": [ … ] }` or the bare list.
 *
 * @throws LandfallError at file:line:column where the text is no JSON or has another form
 */
export function readBenchmarkFile(text: string, path: string): readonly RawRow[] {
  const root = parse(text, path);
  const isList = Array.isArray(root);
  const rows: unknown = isList ? root : isObject(root) ? own(root, 'rows') : null;
  if (!Array.isArray(rows)) {
    const isAbsent = isObject(root) && rows === undefined;
    throw fault(text, path, {
      code: isAbsent ? 'MISSING_KEY' : 'WRONG_TYPE',
      offset: offsetOf(text, isObject(root) && !isAbsent ? ['rows'] : []),
      ...(isAbsent ? {} : { got: shown(isObject(root) ? rows : root) }),
      expected: FORM,
      fix: 'write each run as one object of `rows`',
    });
  }
  const list: readonly unknown[] = rows;
  const wrong = list.findIndex((row) => !isObject(row));
  if (wrong === -1) return list as readonly RawRow[];
  throw fault(text, path, {
    code: 'WRONG_TYPE',
    offset: offsetOf(text, isList ? [wrong] : ['rows', wrong]),
    got: shown(list[wrong]),
    expected: 'a run as an object',
    fix: 'write it as { "id": …, "kind": "serving_closed_loop", "model": …, "gpu": … }',
  });
}

function parse(text: string, path: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    const found = scanJson(text).fault;
    if (found === null) throw error;
    throw fault(text, path, {
      code: 'JSON_SYNTAX',
      offset: found.offset,
      got: found.offset >= text.length ? 'the end of the file' : shown(charAt(text, found.offset)),
      expected: found.expected,
      fix: 'check quotes, commas and brackets at this place',
    });
  }
}

interface Fault {
  readonly code: ErrorCode;
  readonly offset: number;
  readonly got?: string;
  readonly expected: string;
  readonly fix: string;
}

function fault(text: string, path: string, { offset, ...problem }: Fault): LandfallError {
  return new LandfallError({ ...problem, ...placeInText(path, text, offset) });
}

function offsetOf(text: string, path: JsonPath): number {
  const { found } = scanJson(text, path);
  if (found === null) throw new Error(`no value at ${path.join('.')} in a text that was parsed`);
  return found;
}

function charAt(text: string, offset: number): string {
  return String.fromCodePoint(text.codePointAt(offset) ?? 0);
}

function isObject(value: unknown): value is RawRow {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Never a property that every object inherits. */
export function own(row: RawRow, field: string): unknown {
  return Object.hasOwn(row, field) ? row[field] : undefined;
}
