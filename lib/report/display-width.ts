import stringWidth from 'string-width';

/** ASCII, and what our own texts and plots are written with: one column each. */
const ONE_COLUMN_EACH =
  /^[\u0020-\u007e\u00b1-\u00b3\u00b7\u00d7\u2013\u2026\u2212\u2264\u2265\u2500-\u259f]*$/;

/**
 * Columns that a text takes on a terminal: a Chinese character takes two, a combining mark none. To look for those takes a
 * pattern of 10 kB, which a short command need not compile.
 */
export function displayWidth(text: string): number {
  return ONE_COLUMN_EACH.test(text) ? text.length : stringWidth(text);
}

/** Pads to `width` display columns. */
export function pad(text: string, width: number, align: 'left' | 'right'): string {
  const space = ' '.repeat(Math.max(0, width - displayWidth(text)));
  return align === 'left' ? text + space : space + text;
}

/** Cuts to `width` display columns, the last one an ellipsis. */
export function truncate(text: string, width: number): string {
  if (displayWidth(text) <= width) return text;
  let kept = '';
  let used = 0;
  for (const character of text) {
    used += displayWidth(character);
    if (used > width - 1) break;
    kept += character;
  }
  return `${kept.trimEnd()}…`;
}

/** Breaks at spaces, and within words longer than a line. Lines after the first start with `indent`. */
export function wrap(text: string, width: number, indent = ''): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ').flatMap((word) => split(word, width - displayWidth(indent)))) {
    const candidate = line === '' ? word : line === indent ? line + word : `${line} ${word}`;
    if (line !== '' && line !== indent && displayWidth(candidate) > width) {
      lines.push(line);
      line = indent + word;
    } else line = candidate;
  }
  return [...lines, line];
}

function split(word: string, width: number): string[] {
  if (displayWidth(word) <= width) return [word];
  const parts: string[] = [];
  let part = '';
  for (const character of word) {
    if (displayWidth(part + character) > width) {
      parts.push(part);
      part = '';
    }
    part += character;
  }
  return [...parts, part];
}
