import { closeSync, openSync, readFileSync, readSync, statSync } from 'node:fs';
import { isAbsolute } from 'node:path';
import type { ErrorCode } from '#lib/errors/codes';
import { LandfallError, type Problem } from '#lib/errors/landfall-error';
import { shown } from '#lib/text/place';
import { grouped } from '#lib/units/grouped';

/** What is read of a trace at once. */
const PIECE_BYTES = 2 ** 18;

/** Where files come from; tests and browsers bring their own. */
export interface EnvironmentFiles {
  /** Size in bytes; `undefined` where there is no such regular file. */
  size(path: string): number | undefined;
  read(path: string): Uint8Array;
  /** The same in pieces, for files that do not fit in memory. @default - in one piece */
  pieces?(path: string): Iterable<Uint8Array>;
  /** Files below a folder, by their paths in it; `undefined` where there is no such folder. @default - the disk's */
  list?(folder: string): readonly string[] | undefined;
}

export const DISK: EnvironmentFiles = {
  size: (path) => {
    const stat = statSync(path, { throwIfNoEntry: false });
    return stat?.isFile() === true ? stat.size : undefined;
  },
  read: (path) => readFileSync(path),
  pieces: function* piecesOf(path) {
    const file = openSync(path, 'r');
    try {
      const piece = new Uint8Array(PIECE_BYTES);
      for (let bytes = readSync(file, piece); bytes > 0; bytes = readSync(file, piece))
        yield piece.subarray(0, bytes);
    } finally {
      closeSync(file);
    }
  },
};

/** What a file has to be, and how it is spoken of where it is not. */
export interface WantedText {
  /** `an environment file`. */
  readonly what: string;
  readonly maximumBytes: number;
  /** Of a file that is not there. */
  readonly missing: ErrorCode;
  /** What to do about one that is too large. */
  readonly tooLarge: string;
  /** Where its problems stand: at the file itself, or where another names it. */
  readonly at: Pick<Problem, 'at' | 'frame'>;
}

/** The text of a file. Throws where there is none, it is too large, or is not UTF-8. */
export function readText(path: string, files: EnvironmentFiles, wanted: WantedText): string {
  const fault = (code: ErrorCode, got: string, expected: string, fix: string) =>
    new LandfallError({ code, ...wanted.at, got, expected, fix });
  const bytes = unlessFailing(() => files.size(path));
  if (bytes === undefined) {
    const got = `no readable file ${shown(path)}`;
    throw fault(wanted.missing, got, wanted.what, 'check the path and its spelling');
  }
  if (bytes > wanted.maximumBytes) {
    const expected = `a file of at most ${grouped(wanted.maximumBytes)} bytes`;
    throw fault('FILE_TOO_LARGE', `${grouped(bytes)} bytes`, expected, wanted.tooLarge);
  }
  const content = unlessFailing(() => files.read(path));
  if (content === undefined) {
    const got = `no permission for ${shown(path)}`;
    throw fault('FILE_UNREADABLE', got, 'a readable file', 'check its permissions');
  }
  const text = unlessFailing(() => new TextDecoder('utf-8', { fatal: true }).decode(content));
  if (text === undefined) {
    throw fault('FILE_UNREADABLE', 'bytes that are not UTF-8', 'a text file in UTF-8', 'save it as UTF-8');
  }
  if (isUtf16(content)) {
    throw fault('FILE_UNREADABLE', 'UTF-16', 'a text file in UTF-8', 'save it as UTF-8');
  }
  return text;
}

/** A path that one file gives of another is relative to it: so both can be moved, and none names a machine. */
export function isRelative(path: string): boolean {
  return !isAbsolute(path) && !/^[a-z]+:/i.test(path) && !path.includes('\0');
}

/** Text of two bytes a character whose mark is missing reads as UTF-8 too, with a NUL beside every letter. */
function isUtf16(content: Uint8Array): boolean {
  const start = content.subarray(0, 64);
  return start.filter((byte) => byte === 0).length * 3 > start.length;
}

/** A failing file system or decoder has no better news than `undefined`; the caller says what it means. */
function unlessFailing<T>(act: () => T): T | undefined {
  try {
    return act();
  } catch (error) {
    if (error instanceof Error) return undefined;
    throw error;
  }
}
