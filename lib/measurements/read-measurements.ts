import { LandfallError } from '#lib/errors/landfall-error';
import type { RawRow } from '#lib/evaluation/benchmark-file';
import { formatOf, RESULT_FORMATS } from '#lib/measurements/formats';
import type { Given } from '#lib/measurements/given';
import type { RunOf } from '#lib/measurements/result-format';
import { parsePythonJson } from '#lib/model-import/python-json';
import { printable } from '#lib/text/place';

/** Of an object or a list; tools write CSV and logs beside them. */
const JSON_START = /^\s*[[{]/;

/** Measured runs in the form of a benchmarks file, and those that the sizing cannot be held against. */
export interface Measurements {
  readonly rows: readonly RawRow[];
  readonly leftOut: readonly { readonly id: string; readonly reason: string }[];
}

/**
 * Reads a result file of a load generator: one result, a list of them, or one in each line. The format is recognised by
 * what the file holds.
 *
 * @param path - Of the file, for errors, for `source` and for the ids of the rows
 * @throws LandfallError where the text is no JSON, no known format, or lacks what no flag supplies
 */
export function readMeasurements(text: string, path: string, given: Given = {}): Measurements {
  const documents = documentsOf(text, path);
  const name = path.replaceAll('\\', '/').split('/').at(-1) ?? path;
  const runs = documents.map((document, index) => {
    const place = documents.length === 1 ? '' : `#${index + 1}`;
    return runOf(document, `${name}${place}`, `${path}${place}`, given);
  });
  return {
    rows: runs.flatMap((run) => ('row' in run ? [run.row] : [])),
    leftOut: runs.flatMap((run) => ('leftOut' in run ? [run.leftOut] : [])),
  };
}

function runOf(document: unknown, id: string, path: string, given: Given): RunOf {
  const format = formatOf(document);
  if (format !== undefined) return format.runOf(document, id, path, given);
  throw wrongForm(path, 'a document of another form');
}

function wrongForm(at: string, got: string): LandfallError {
  return new LandfallError({
    code: 'NOT_A_CHOICE',
    at,
    got,
    expected: `a result of ${RESULT_FORMATS.map(({ name }) => name).join('; ')}`,
    fix: 'give the JSON file with the aggregated results, or write the run as a row of a benchmarks file',
  });
}

function documentsOf(text: string, path: string): readonly unknown[] {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  // `--append-result` writes one result in each line.
  const isLines =
    lines.length > 1 && lines.every((line) => line.startsWith('{') && line.trimEnd().endsWith('}'));
  if (isLines)
    return lines.map((line, index) => parsePythonJson(line, `${printable(path)} line ${index + 1}`).value);
  if (!JSON_START.test(text)) throw wrongForm(path, 'a text that is no JSON');
  const { value } = parsePythonJson(text, path);
  if (!Array.isArray(value)) return [value];
  const list: readonly unknown[] = value;
  if (list.length > 0) return list;
  throw new LandfallError({
    code: 'MISSING_KEY',
    at: path,
    got: 'an empty list',
    expected: 'at least one result',
    fix: 'check that the run finished',
  });
}
