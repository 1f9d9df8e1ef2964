import { json } from '#bin/command';

/** Documents with a list of more entries are written in pieces: shorter ones are quicker as one text. */
const LONG = 2000;
/** Levels at which lists are looked for: a long one stands near the top. */
const DEPTH = 4;
const PIECE_CHARACTERS = 2 ** 16;

/**
 * A document as `--json` writes it; a long one in pieces, which together are the same text: as a whole it would take several
 * times its own size in memory, and one of more than 512 MB could not be made at all.
 */
export function jsonOutput(document: object): string | Iterable<string> {
  return hasLongList(document, 0) ? joined(document) : json(document);
}

function hasLongList(value: unknown, depth: number): boolean {
  if (typeof value !== 'object' || value === null || depth > DEPTH) return false;
  if (isList(value)) {
    if (value.length > LONG) return true;
    if (!Array.isArray(value)) return false;
  }
  return Object.values(value).some((each) => hasLongList(each, depth + 1));
}

/** What is written as a list, and may make its entries only when they are asked for. */
function isList(value: object): value is Iterable<unknown> & { readonly length: number } {
  return Symbol.iterator in value && 'length' in value && typeof value.length === 'number';
}

/** Few pieces of some length: each is a call to the system. */
function* joined(document: object): Generator<string> {
  let text = '';
  for (const part of parts(document, 0)) {
    text += part;
    if (text.length < PIECE_CHARACTERS) continue;
    yield text;
    text = '';
  }
  yield `${text}\n`;
}

/** What `JSON.stringify(value, null, 2)` writes at a depth. */
function* parts(value: unknown, depth: number): Generator<string> {
  const indent = '  '.repeat(depth);
  if (typeof value !== 'object' || value === null || !hasLongList(value, depth)) {
    // In JSON a line break stands only between values.
    yield JSON.stringify(value, null, 2).replaceAll('\n', `\n${indent}`);
    return;
  }
  const [open, close] = isList(value) ? ['[', ']'] : ['{', '}'];
  let before = `${open}\n${indent}  `;
  for (const [key, member] of isList(value) ? entries(value) : Object.entries(value)) {
    if (key !== null && member === undefined) continue;
    yield key === null ? before : `${before}${JSON.stringify(key)}: `;
    yield* parts(member ?? null, depth + 1);
    before = `,\n${indent}  `;
  }
  yield `\n${indent}${close}`;
}

function* entries(list: Iterable<unknown>): Generator<[null, unknown]> {
  for (const member of list) yield [null, member];
}
