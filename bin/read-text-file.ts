import { readFileSync, statSync } from 'node:fs';
import type { ErrorCode } from '#lib/errors/codes';
import { LandfallError } from '#lib/errors/landfall-error';

/**
 * The text of a file that a user names.
 *
 * @param what - What it should be, for errors: `a benchmark file`
 * @throws LandfallError where it cannot be read, is larger than `maximumBytes`, or is not UTF-8
 */
export function readTextFile(file: string, what: string, maximumBytes: number): string {
  const refusal = (code: ErrorCode, got: string, expected: string, fix: string) =>
    new LandfallError({ code, at: `${file}:1:1`, got, expected, fix });
  const bytes = sizeOf(file);
  if (bytes === undefined) {
    throw refusal('FILE_UNREADABLE', 'no readable file', what, 'check the path and its permissions');
  }
  if (bytes > maximumBytes) {
    throw refusal('FILE_TOO_LARGE', `${bytes} bytes`, `a file of at most ${maximumBytes} bytes`, 'split it');
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(file));
  } catch (error) {
    if (error instanceof TypeError) {
      throw refusal('FILE_UNREADABLE', 'bytes that are not UTF-8', `${what} in UTF-8`, 'save it as UTF-8');
    }
    if (!isFileError(error)) throw error;
    throw refusal('FILE_UNREADABLE', error.code, 'a readable file', 'check its permissions');
  }
}

/** `undefined` where there is no regular file that can be looked at. */
function sizeOf(file: string): number | undefined {
  try {
    const stat = statSync(file, { throwIfNoEntry: false });
    return stat?.isFile() === true ? stat.size : undefined;
  } catch (error) {
    if (isFileError(error)) return undefined;
    throw error;
  }
}

function isFileError(error: unknown): error is NodeJS.ErrnoException & { readonly code: string } {
  return error instanceof Error && 'code' in error && typeof error.code === 'string';
}
