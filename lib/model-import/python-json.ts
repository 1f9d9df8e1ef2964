import { LandfallError } from '#lib/errors/landfall-error';
import { scanJson } from '#lib/evaluation/scan-json';
import { shown, spot } from '#lib/spec/place';

/** Texts, which are left alone, or the numbers that Python writes and JSON does not know. */
const NOT_FINITE = /"(?:[^"\\]|\\.)*"|-?\bInfinity\b|\bNaN\b/g;

export interface ParsedJson {
  readonly value: unknown;
  /** The text with `null` in place of what is no JSON. Lines are those of the file; columns too, but after a `NaN`. */
  readonly text: string;
}

/**
 * Reads JSON as Python writes it: `NaN` and `Infinity` are taken as absent.
 *
 * @throws LandfallError at file:line:column where the text is no JSON
 */
export function parsePythonJson(written: string, path: string): ParsedJson {
  const text = written.replaceAll(NOT_FINITE, (found) =>
    found.startsWith('"') ? found : 'null'.padEnd(found.length),
  );
  return { value: parse(text, path), text };
}

function parse(text: string, path: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const found = scanJson(text).fault;
    if (!(error instanceof SyntaxError) || found === null) throw error;
    const before = text.slice(0, found.offset);
    const mark = text.codePointAt(found.offset);
    throw new LandfallError({
      code: 'JSON_SYNTAX',
      ...spot({
        source: { path, lines: text.split('\n') },
        line: before.split('\n').length,
        column: found.offset - before.lastIndexOf('\n'),
        length: 1,
      }),
      got: mark === undefined ? 'the end of the file' : shown(String.fromCodePoint(mark)),
      expected: found.expected,
      fix: 'check quotes, commas and brackets at this place',
    });
  }
}
