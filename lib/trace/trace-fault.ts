import type { ErrorCode } from '#lib/errors/codes';
import { LandfallError } from '#lib/errors/landfall-error';
import { printable } from '#lib/spec/place';

const FRAME_CHARACTERS = 80;

/** What is wrong in a trace, and where: an offset into the text of a record that starts on `line`. */
export interface TraceFault {
  readonly code: ErrorCode;
  readonly record: { readonly text: string; readonly line: number };
  readonly offset: number;
  readonly got?: string;
  readonly expected: string;
  readonly fix: string;
}

/** Lines and columns count from 1; columns in UTF-16 units, as editors count. A record may span lines by quotes. */
export function traceFault(path: string, { record, offset, ...problem }: TraceFault): LandfallError {
  const { text } = record;
  const lineStart = offset === 0 ? 0 : text.lastIndexOf('\n', offset - 1) + 1;
  const nextBreak = text.indexOf('\n', offset);
  const lineEnd = nextBreak === -1 ? text.length : nextBreak;
  const from = Math.max(lineStart, offset - FRAME_CHARACTERS / 2);
  const line = record.line + breaksBefore(text, lineStart);
  return new LandfallError({
    ...problem,
    at: `${path}:${line}:${offset - lineStart + 1}`,
    frame: {
      line,
      text: printable(text.slice(from, Math.min(lineEnd, from + FRAME_CHARACTERS))),
      column: offset - from + 1,
      length: 1,
    },
  });
}

export function breaksBefore(text: string, end: number): number {
  let breaks = 0;
  for (let at = text.indexOf('\n'); at !== -1 && at < end; at = text.indexOf('\n', at + 1)) breaks += 1;
  return breaks;
}
