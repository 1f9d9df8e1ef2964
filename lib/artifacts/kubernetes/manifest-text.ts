import { isList, isObject } from '#lib/artifacts/json';
import { plainValue } from '#lib/artifacts/plain-value';
import { Unresolved, type ArtifactValue } from '#lib/artifacts/resource';
import { PartlyKnownText, textOf } from '#lib/artifacts/unresolved';

// Private use characters: no manifest has them, and a text that does is not read.
const START = '\uE000';
const END = '\uE001';
const HOLE = new RegExp(`${START}(\\d+)${END}`, 'g');

/** JSON of which some pieces are unknown, as a value with these pieces left open; `null` where it is none. */
export function readPartlyKnownJson(text: ArtifactValue | undefined): ArtifactValue | undefined {
  const parts = typeof text === 'string' ? [text] : text instanceof PartlyKnownText ? text.parts : [];
  if (parts.length === 0 || parts.some((part) => typeof part === 'string' && part.includes(START))) {
    return undefined;
  }
  let json = '';
  let isInText = false;
  const holes: Unresolved[] = [];
  for (const part of parts) {
    if (typeof part === 'string') {
      json += part;
      isInText = endsInText(part, isInText);
    } else {
      const hole = `${START}${holes.push(part) - 1}${END}`;
      json += isInText ? hole : `"${hole}"`;
    }
  }
  try {
    return plainValue(filled(JSON.parse(json), holes, 0));
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function endsInText(part: string, before: boolean): boolean {
  let isInText = before;
  for (let at = 0; at < part.length; at += 1) {
    if (part[at] === '\\') at += 1;
    else if (part[at] === '"') isInText = !isInText;
  }
  return isInText;
}

function filled(value: unknown, holes: readonly Unresolved[], depth: number): unknown {
  if (depth > 200) return new Unresolved('nesting too deep to follow');
  if (typeof value === 'string') return value.includes(START) ? filledText(value, holes) : value;
  if (isList(value)) return value.map((item) => filled(item, holes, depth + 1));
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, filled(item, holes, depth + 1)]),
  );
}

function filledText(text: string, holes: readonly Unresolved[]): string | Unresolved {
  const pieces: (string | Unresolved)[] = [];
  let from = 0;
  for (const match of text.matchAll(HOLE)) {
    pieces.push(text.slice(from, match.index), holes[Number(match[1])] ?? '');
    from = match.index + match[0].length;
  }
  return textOf([...pieces, text.slice(from)]);
}
