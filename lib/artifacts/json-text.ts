import { LandfallError } from '#lib/errors/landfall-error';
import { scanJson } from '#lib/evaluation/scan-json';
import { isBinary, notText } from '#lib/artifacts/binary-text';
import type { JsonPath } from '#lib/artifacts/json';
import type { ArtifactSource } from '#lib/artifacts/source';
import { placeInText } from '#lib/text/text-place';
import { shown } from '#lib/text/place';

/** A document and where its values stand. */
export interface ReadDocument {
  readonly root: unknown;
  readonly source: ArtifactSource;
}

/** Largest document, in UTF-16 units: a plan of 100,000 resources has about 200 MiB. */
const MAXIMUM_CHARACTERS = 2 ** 28;

/** @throws LandfallError at file:line:column where the text is no JSON */
export function readJsonText(name: string, text: string): ReadDocument {
  if (text.length > MAXIMUM_CHARACTERS) throw tooLarge(name, text.length, MAXIMUM_CHARACTERS);
  // Windows shells start files with a byte order mark; it stays in the text for the columns to be right.
  const json = text.startsWith('\uFEFF') ? ` ${text.slice(1)}` : text;
  const source: ArtifactSource = {
    name,
    place: (path) => placeInText(name, text, offsetOf(json, path)),
  };
  return { root: parse(name, json), source };
}

export function tooLarge(name: string, length: number, limit: number): LandfallError {
  return new LandfallError({
    code: 'FILE_TOO_LARGE',
    at: `${name}:1:1`,
    got: `${length} characters`,
    expected: `at most ${limit}`,
    fix: 'is this the right file? read a large app in parts',
  });
}

function parse(name: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    if (isBinary(text)) throw notText(name, 'a text in JSON');
    const { fault } = scanJson(text);
    if (fault === null) throw error;
    const mark = String.fromCodePoint(text.codePointAt(fault.offset) ?? 0);
    throw new LandfallError({
      code: 'JSON_SYNTAX',
      ...placeInText(name, text, fault.offset),
      got: fault.offset >= text.length ? 'the end of the file' : shown(mark),
      expected: fault.expected,
      fix: 'write it again with the tool it comes from; was it cut off?',
    });
  }
}

/** Of the value, or of the nearest one above it. */
function offsetOf(text: string, path: JsonPath): number {
  for (let length = path.length; length >= 0; length -= 1) {
    const { found } = scanJson(text, path.slice(0, length));
    if (found !== null) return found;
  }
  return 0;
}
