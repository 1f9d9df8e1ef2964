import { LandfallError } from '#lib/errors/landfall-error';

/** Characters that are looked at, from the start. */
const LOOKED_AT = 4096;
/** Share of them, above which no text in UTF-8 is meant: one with a few letters of another encoding stays a text. */
const MOST_STRANGE = 0.05;
/** What no text has beside tabs and line ends, and what stands for bytes that are no UTF-8. */
// oxlint-disable-next-line no-control-regex
const STRANGE = /[\u0000-\u0008\u000E-\u001A\u001C-\u001F\uFFFD]/g;

/** Whether what was read as a text is something else: an image, an archive, a program. */
export function isBinary(text: string): boolean {
  const start = text.slice(0, LOOKED_AT);
  return start.includes('\0') || (start.match(STRANGE)?.length ?? 0) > start.length * MOST_STRANGE;
}

/** What was read is no text. Nothing of it is shown: a screen would not survive it. */
export function notText(name: string, expected: string): LandfallError {
  return new LandfallError({
    code: 'FILE_UNREADABLE',
    at: `${name}:1:1`,
    got: 'binary data',
    expected,
    fix: 'check that this is the file you mean, and not packed or encrypted',
  });
}
