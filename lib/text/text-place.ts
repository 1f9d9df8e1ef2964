import type { Problem } from '#lib/errors/landfall-error';
import { printable } from '#lib/text/place';

const FRAME_CHARACTERS = 80;

/**
 * Where an offset of a text stands: lines and columns count from 1, columns in UTF-16 units, as editors count.
 *
 * @param firstLine - Line on which the text starts, where it is a part of a file
 */
export function placeInText(
  name: string,
  text: string,
  offset: number,
  firstLine = 1,
): Pick<Problem, 'at' | 'frame'> {
  const lineStart = offset === 0 ? 0 : text.lastIndexOf('\n', offset - 1) + 1;
  const nextBreak = text.indexOf('\n', offset);
  const lineEnd = nextBreak === -1 ? text.length : nextBreak;
  // Documents may be one line of megabytes: the frame is a window of it.
  const from = Math.max(lineStart, offset - FRAME_CHARACTERS / 2);
  const line = firstLine + breaksBefore(text, lineStart);
  return {
    at: `${name}:${line}:${offset - lineStart + 1}`,
    frame: {
      line,
      text: printable(text.slice(from, Math.min(lineEnd, from + FRAME_CHARACTERS))),
      column: offset - from + 1,
      length: 1,
    },
  };
}

export function breaksBefore(text: string, end: number): number {
  let breaks = 0;
  for (let at = text.indexOf('\n'); at !== -1 && at < end; at = text.indexOf('\n', at + 1)) breaks += 1;
  return breaks;
}
