import type { TraceFault } from '#lib/trace/trace-fault';

/** One record of a CSV text: usually a line, more where a quoted field holds line breaks. */
export interface CsvRecord {
  readonly text: string;
  /** Line on which it starts, from 1. */
  readonly line: number;
  readonly fields: readonly string[];
}

/** Where each field starts in the record's text, its quote included. Kept apart: only a fault asks for it. */
export function fieldOffset({ text }: CsvRecord, field: number, delimiter: string): number {
  const { starts } = splitQuoted(text, 0, delimiter, true);
  return starts[field] ?? text.length;
}

interface Split {
  readonly fields: readonly string[];
  readonly starts: readonly number[];
  /** Offset just past the last field: that of a line break, or of the end. `null`: the record goes on beyond the text. */
  readonly end: number | null;
  readonly fault?: Omit<TraceFault, 'record'>;
}

/**
 * Splits one record that may hold quoted fields (RFC 4180: quotes inside are doubled). A quote that does not stand first
 * in its field is an ordinary character.
 */
export function splitQuoted(text: string, start: number, delimiter: string, isLast: boolean): Split {
  const fields: string[] = [];
  const starts: number[] = [];
  let at = start;
  for (;;) {
    starts.push(at);
    if (text[at] === '"') {
      const close = closingQuote(text, at + 1);
      if (close === -1 || (close === text.length - 1 && !isLast)) {
        const fault = { code: 'WRONG_TYPE', offset: at, expected: 'a closing quote', fix: UNCLOSED } as const;
        return { fields, starts, end: null, ...(isLast ? { fault } : {}) };
      }
      fields.push(text.slice(at + 1, close).replaceAll('""', '"'));
      at = close + 1;
    } else {
      const end = endOfPlain(text, at, delimiter);
      if (end === text.length && !isLast) return { fields, starts, end: null };
      const isCrlf = text[end - 1] === '\r' && text[end] !== delimiter;
      fields.push(text.slice(at, isCrlf ? end - 1 : end));
      at = end;
    }
    if (text[at] === '\r' && (text[at + 1] === '\n' || at + 1 === text.length)) at += 1;
    if (at >= text.length) return { fields, starts, end: isLast ? at : null };
    if (text[at] === '\n') return { fields, starts, end: at };
    if (text[at] !== delimiter) {
      const fault = { code: 'WRONG_TYPE', offset: at, expected: AFTER_QUOTE, fix: DOUBLED } as const;
      return { fields, starts, end: at, fault };
    }
    at += 1;
  }
}

const UNCLOSED = 'close the quote that opens here, or double it where it belongs to the text';
const AFTER_QUOTE = 'a delimiter or the end of the line after a closing quote';
const DOUBLED = 'double a quote that belongs to the text: ""';

function closingQuote(text: string, from: number): number {
  let at = text.indexOf('"', from);
  while (at !== -1 && text[at + 1] === '"') at = text.indexOf('"', at + 2);
  return at;
}

function endOfPlain(text: string, from: number, delimiter: string): number {
  for (let at = from; at < text.length; at += 1) {
    const character = text[at];
    if (character === delimiter || character === '\n') return at;
  }
  return text.length;
}
