import type { Problem } from '#lib/errors/landfall-error';
import { redact } from '#lib/text/secrets';

/** A file's text by lines, for positions and code frames. */
export interface SourceText {
  readonly path: string;
  readonly lines: readonly string[];
}

/** Where a value stands: in a file, or, for a value made by a program, under a label. Counts from 1. */
export type Place =
  | { readonly source: SourceText; readonly line: number; readonly column: number; readonly length: number }
  | { readonly label: string };

const FRAME_CHARACTERS = 160;

/** The place as a problem carries it. Secrets and unprintable characters of the line never reach the frame. */
export function spot(place: Place): Pick<Problem, 'at' | 'frame'> {
  if ('label' in place) return { at: place.label };
  const { source, line, column, length } = place;
  const from = Math.max(0, column - 1 - FRAME_CHARACTERS / 2);
  const text = redact(source.lines[line - 1] ?? '').slice(from, from + FRAME_CHARACTERS);
  const shownColumn = column - from;
  return {
    at: `${source.path}:${line}:${column}`,
    frame: {
      line,
      text: printable(text),
      column: shownColumn,
      length: Math.max(1, Math.min(length, text.length - shownColumn + 1)),
    },
  };
}

const PLAIN = /^[ -~]*$/;

/** Text that may be shown: secrets masked, characters that act on a terminal replaced. */
export function printable(text: string): string {
  const redacted = redact(text);
  if (PLAIN.test(redacted)) return redacted;
  // Anything a terminal could act on, or that would show text in another order than it is stored. Written here, since to
  // make it takes 2 ms, and most runs have no problem to show.
  return redacted.replaceAll(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu, '?');
}

/** A value for a message: short, without secrets, without characters that act on a terminal. */
export function shown(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (value === null) return 'an empty value';
  if (Array.isArray(value)) return `a list of ${value.length}`;
  if (typeof value === 'object') return 'a mapping';
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (typeof value !== 'string') return `a ${typeof value}`;
  const plain = printable(value);
  return `"${plain.length > 60 ? `${plain.slice(0, 57)}…` : plain}"`;
}
