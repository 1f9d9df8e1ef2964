import type { ErrorCode } from '#lib/errors/codes';
import { LandfallError } from '#lib/errors/landfall-error';
import { placeInText } from '#lib/text/text-place';

/** What is wrong in a trace, and where: an offset into the text of a record that starts on `line`. */
export interface TraceFault {
  readonly code: ErrorCode;
  readonly record: { readonly text: string; readonly line: number };
  readonly offset: number;
  readonly got?: string;
  readonly expected: string;
  readonly fix: string;
}

/** A record may span lines by quotes. */
export function traceFault(path: string, { record, offset, ...problem }: TraceFault): LandfallError {
  return new LandfallError({ ...problem, ...placeInText(path, record.text, offset, record.line) });
}
