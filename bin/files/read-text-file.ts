import { closeSync, openSync, readFileSync, readSync, statSync, type Stats } from 'node:fs';
import { systemRefusal } from '#bin/files/system-refusal';
import { LandfallError, type Problem } from '#lib/errors/landfall-error';

/** Bytes of a file that are read at once. */
const CHUNK_BYTES = 2 ** 20;

/**
 * The text of a file that a user names.
 *
 * @param what - What it should be, for errors: `a benchmark file`
 * @throws LandfallError where it cannot be read, is larger than `maximumBytes`, or is not UTF-8
 */
export function readTextFile(file: string, what: string, maximumBytes: number): string {
  const bytes = sizeOf(file);
  if (bytes !== undefined && bytes > maximumBytes) {
    const expected = `a file of at most ${maximumBytes} bytes`;
    throw refusal(file, { code: 'FILE_TOO_LARGE', got: `${bytes} bytes`, expected, fix: 'split it' });
  }
  return reading(file, what, () => new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(file)));
}

/**
 * The same in parts, of a file of any size.
 *
 * @throws LandfallError where it cannot be read or is not UTF-8, once the part comes up
 */
export function* textChunks(file: string, what: string): Generator<string, void> {
  const descriptor = reading(file, what, () => openSync(file, 'r'));
  try {
    const decoder = new TextDecoder('utf-8', { fatal: true });
    const buffer = Buffer.allocUnsafe(CHUNK_BYTES);
    for (;;) {
      const bytes = reading(file, what, () => readSync(descriptor, buffer));
      yield reading(file, what, () => decoder.decode(buffer.subarray(0, bytes), { stream: bytes > 0 }));
      if (bytes === 0) return;
    }
  } finally {
    closeSync(descriptor);
  }
}

/** Reads a part of a regular file. */
function reading<T>(file: string, what: string, read: () => T): T {
  if (sizeOf(file) !== undefined) return worded(file, what, read);
  const fix = 'check the path and its permissions';
  throw refusal(file, { code: 'FILE_UNREADABLE', got: 'no readable file', expected: what, fix });
}

/**
 * Reads, and words what goes wrong.
 *
 * @throws LandfallError where it cannot be read
 */
export function worded<T>(path: string, what: string, read: () => T): T {
  const unreadable = (got: string, expected: string, fix: string) =>
    refusal(path, { code: 'FILE_UNREADABLE', got, expected, fix });
  try {
    return read();
  } catch (error) {
    if (error instanceof TypeError)
      throw unreadable('bytes that are not UTF-8', `${what} in UTF-8`, 'save it as UTF-8');
    if (!isFileError(error)) throw error;
    throw unreadable(systemRefusal(error) ?? error.code, `${what} that can be read`, 'check its permissions');
  }
}

function refusal(file: string, problem: Omit<Problem, 'at'>): LandfallError {
  return new LandfallError({ ...problem, at: `${file}:1:1` });
}

/** `undefined` where there is no regular file that can be looked at. */
function sizeOf(file: string): number | undefined {
  const stat = statOf(file);
  return stat?.isFile() === true ? stat.size : undefined;
}

/** `undefined` where nothing stands that can be looked at: no entry, a file among the folders, links in a circle. */
export function statOf(path: string): Stats | undefined {
  try {
    return statSync(path, { throwIfNoEntry: false });
  } catch (error) {
    if (isFileError(error)) return undefined;
    throw error;
  }
}

function isFileError(error: unknown): error is NodeJS.ErrnoException & { readonly code: string } {
  return error instanceof Error && 'code' in error && typeof error.code === 'string';
}
