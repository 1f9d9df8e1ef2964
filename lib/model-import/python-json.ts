import { LandfallError } from '#lib/errors/landfall-error';
import { scanJson } from '#lib/evaluation/scan-json';
import { shown, spot } from '#lib/text/place';

/** The start of a text, which is left alone, or a number that Python writes and JSON does not know. */
const QUOTE_OR_NOT_FINITE = /"|-?\bInfinity\b|\bNaN\b/g;
const QUOTE_OR_ESCAPE = /"|\\/g;

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
  const text = finite(written);
  return { value: parse(text, path), text };
}

/** With one pattern for whole texts a long one, as an answer of a model is, would exhaust the stack. */
function finite(written: string): string {
  const parts: string[] = [];
  let copied = 0;
  QUOTE_OR_NOT_FINITE.lastIndex = 0;
  for (;;) {
    const found = QUOTE_OR_NOT_FINITE.exec(written);
    if (found === null) break;
    const [mark] = found;
    if (mark === '"') QUOTE_OR_NOT_FINITE.lastIndex = endOfText(written, found.index);
    else {
      parts.push(written.slice(copied, found.index), 'null'.padEnd(mark.length));
      copied = found.index + mark.length;
    }
  }
  return parts.length === 0 ? written : parts.join('') + written.slice(copied);
}

/** Behind the closing quote of the text that opens at `start`; the end of the document where none comes. */
function endOfText(written: string, start: number): number {
  QUOTE_OR_ESCAPE.lastIndex = start + 1;
  for (;;) {
    const found = QUOTE_OR_ESCAPE.exec(written);
    if (found === null) return written.length;
    if (found[0] === '"') return found.index + 1;
    QUOTE_OR_ESCAPE.lastIndex = found.index + 2;
  }
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
