import { LandfallError } from '#lib/errors/landfall-error';
import { JsonValues, type Place } from '#lib/evaluation/json-values';
import { shown } from '#lib/text/place';

/** One run as a benchmark file states it, by the names of the file. */
export type RawRow = Readonly<Record<string, unknown>>;

const FORM = 'a JSON object with a list `rows`, or the list itself';
const AS_ROWS = 'write each run as one object of `rows`';

/**
 * The runs of a benchmark file, one by one: `{ "rows": [ … ] }` or the bare list. A file of any length is read in the memory
 * of its longest run, and its faults are told when they are reached.
 *
 * @param chunks - Its text, in parts of any length
 * @throws LandfallError at file:line:column where the text is no JSON or has another form
 */
export function* benchmarkRows(chunks: Iterable<string>, path: string): Generator<RawRow, void> {
  const json = new JsonValues(path, chunks);
  const start = json.place();
  if (json.next() === '[') yield* listed(json);
  else if (json.passes('{')) yield* underRows(json, start);
  else throw wrongForm(json);
  if (json.next() !== undefined) throw json.syntaxError('the end of the file');
}

function* underRows(json: JsonValues, start: Place): Generator<RawRow, void> {
  let isFound = false;
  if (!json.passes('}')) {
    do {
      if (json.next() !== '"') throw json.syntaxError('a key in double quotes');
      const isRows = json.take() === 'rows';
      if (isRows && isFound) throw rowsTwice(json.placeOfTaken());
      if (!json.passes(':')) throw json.syntaxError('a colon');
      if (!isRows) {
        json.take();
        continue;
      }
      isFound = true;
      if (json.next() !== '[') throw wrongForm(json);
      yield* listed(json);
    } while (json.passes(','));
    if (!json.passes('}')) throw json.syntaxError('a comma or the closing bracket');
  }
  if (isFound) return;
  throw new LandfallError({ code: 'MISSING_KEY', ...start, expected: FORM, fix: AS_ROWS });
}

function* listed(json: JsonValues): Generator<RawRow, void> {
  json.passes('[');
  if (json.passes(']')) return;
  do {
    const row = json.take();
    if (!isObject(row)) {
      throw new LandfallError({
        code: 'WRONG_TYPE',
        ...json.placeOfTaken(),
        got: shown(row),
        expected: 'a run as an object',
        fix: 'write it as { "id": …, "kind": "serving_closed_loop", "model": …, "gpu": … }',
      });
    }
    yield row;
  } while (json.passes(','));
  if (!json.passes(']')) throw json.syntaxError('a comma or the closing bracket');
}

/** Of the value that comes next. */
function wrongForm(json: JsonValues): LandfallError {
  const got = shown(json.take());
  return new LandfallError({
    code: 'WRONG_TYPE',
    ...json.placeOfTaken(),
    got,
    expected: FORM,
    fix: AS_ROWS,
  });
}

function rowsTwice(place: Place): LandfallError {
  return new LandfallError({
    code: 'DUPLICATE_KEY',
    ...place,
    got: '`rows` a second time',
    expected: 'one list of runs',
    fix: 'put all runs into one list',
  });
}

function isObject(value: unknown): value is RawRow {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Never a property that every object inherits. */
export function own(row: RawRow, field: string): unknown {
  return Object.hasOwn(row, field) ? row[field] : undefined;
}
