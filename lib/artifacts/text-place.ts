import type { Problem } from '#lib/errors/landfall-error';
import { printable } from '#lib/spec/place';

const FRAME_CHARACTERS = 80;

/** Where an offset of a text stands: lines and columns count from 1, columns in UTF-16 units, as editors count. */
export function placeInText(name: string, text: string, offset: number): Pick<Problem, 'at' | 'frame'> {
  const lineStart = text.lastIndexOf('\n', offset - 1) + 1;
  const nextBreak = text.indexOf('\n', offset);
  const lineEnd = nextBreak === -1 ? text.length : nextBreak;
  // Synthesized documents may be one line of megabytes: the frame is a window of it.
  const from = Math.max(lineStart, offset - FRAME_CHARACTERS / 2);
  const line = lineOf(text, lineStart);
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

function lineOf(text: string, lineStart: number): number {
  let line = 1;
  for (let at = text.indexOf('\n'); at !== -1 && at < lineStart; at = text.indexOf('\n', at + 1)) line += 1;
  return line;
}
