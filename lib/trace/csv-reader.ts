import { splitQuoted, type CsvRecord } from '#lib/trace/csv-record';
import { breaksBefore } from '#lib/text/text-place';
import { traceFault } from '#lib/trace/trace-fault';

/** Longest record, in characters: room for a logged prompt, and an end to a quote that nobody closes. */
const MAXIMUM_RECORD_CHARACTERS = 2 ** 22;

const BYTE_ORDER_MARK = '\u{feff}';
const DELIMITERS = [',', ';', '\t'] as const;
const SHOWN_CHARACTERS = 200;

/**
 * Cuts a CSV text that arrives in pieces into records (RFC 4180, with `\n` or `\r\n`, a byte order mark allowed, blank
 * lines skipped). Holds no more than one piece and one record. The delimiter is the one of `,`, `;` and tab that stands
 * most often in the first line.
 *
 * @throws LandfallError at file:line:column where quotes do not match or a record is too long
 */
export class CsvReader {
  private readonly path: string;
  private rest = '';
  private line = 1;
  private isAtStart = true;
  private chosen: string | null = null;

  public constructor(path: string) {
    this.path = path;
  }

  public get delimiter(): string {
    return this.chosen ?? ',';
  }

  /** Records that end in this piece. The last piece is pushed as `isLast`, and may be empty. */
  public *push(piece: string, isLast = false): Generator<CsvRecord, void> {
    let text = this.rest + piece;
    if (this.isAtStart && text.length > 0) {
      this.isAtStart = false;
      if (text.startsWith(BYTE_ORDER_MARK)) text = text.slice(1);
    }
    let at = 0;
    let quote = text.indexOf('"');
    while (at < text.length) {
      const lineBreak = text.indexOf('\n', at);
      if (lineBreak === -1 && !isLast) break;
      const lineEnd = lineBreak === -1 ? text.length : lineBreak;
      this.chosen ??= delimiterOf(text.slice(at, lineEnd));
      if (quote !== -1 && quote < at) quote = text.indexOf('"', at);
      const isPlain = quote === -1 || quote > lineEnd;
      const record = isPlain ? this.plain(text, at, lineEnd) : this.quoted(text, at, isLast);
      if (record === null) break;
      // Counted before it is handed out, as the taker may stop there.
      this.line += isPlain ? 1 : breaksBefore(record.text, record.text.length) + 1;
      at += record.text.length + 1;
      if (record.text.trim() !== '') yield record;
    }
    this.rest = text.slice(at);
    if (this.rest.length > MAXIMUM_RECORD_CHARACTERS) this.failTooLong();
  }

  private plain(text: string, start: number, end: number): CsvRecord {
    const line = text.slice(start, end);
    const fields = (line.endsWith('\r') ? line.slice(0, -1) : line).split(this.delimiter);
    return { text: line, line: this.line, fields };
  }

  private quoted(text: string, start: number, isLast: boolean): CsvRecord | null {
    const split = splitQuoted(text, start, this.delimiter, isLast);
    if (split.fault !== undefined) {
      const { offset, ...fault } = split.fault;
      const record = { text: text.slice(start, offset + SHOWN_CHARACTERS), line: this.line };
      throw traceFault(this.path, { ...fault, record, offset: offset - start });
    }
    if (split.end === null) return null;
    return { text: text.slice(start, split.end), line: this.line, fields: split.fields };
  }

  private failTooLong(): never {
    throw traceFault(this.path, {
      code: 'OUT_OF_RANGE',
      record: { text: this.rest.slice(0, SHOWN_CHARACTERS), line: this.line },
      offset: 0,
      got: `a row of more than ${MAXIMUM_RECORD_CHARACTERS} characters`,
      expected: 'a row for each request, on a line of its own',
      fix: 'check the line breaks (\\n or \\r\\n) and that every quote is closed',
    });
  }
}

function delimiterOf(line: string): string {
  const counts = DELIMITERS.map((delimiter) => line.split(delimiter).length);
  return DELIMITERS[counts.indexOf(Math.max(...counts))] ?? ',';
}
