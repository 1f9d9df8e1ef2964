import { toBase64 } from '#lib/artifacts/base64';
import { malformed } from '#lib/artifacts/cloudformation/lookup-functions';
import type { Call, IntrinsicFunction } from '#lib/artifacts/cloudformation/scope';
import { TOO_MUCH } from '#lib/artifacts/effort';
import { isList, isObject, own } from '#lib/artifacts/json';
import { Unresolved, type ArtifactValue } from '#lib/artifacts/resource';
import {
  briefValue,
  dependencies,
  lengthOf,
  PartlyKnownText,
  ReferenceTo,
  textOf,
  unresolvedIn,
} from '#lib/artifacts/unresolved';

type Piece = string | Unresolved;

const DYNAMIC = /\{\{resolve:([^{}]*)\}\}/g;
const PLACEHOLDER = /\$\{([^{}]*)\}/g;

/** The functions that make texts, and the one that takes them apart. */
export const TEXTS: Readonly<Record<string, IntrinsicFunction>> = {
  'Fn::Join': (argument, call) => {
    if (!isList(argument) || argument.length !== 2) return malformed(call);
    const [delimiter, items] = argument.map((part) => call.value(part));
    if (items instanceof Unresolved) return items;
    if (typeof delimiter !== 'string' || !isList(items)) return malformed(call);
    const pieces = items.map(asPiece);
    return joined(
      pieces.flatMap((piece, index) => (index === 0 ? [piece] : [delimiter, piece])),
      call,
    );
  },

  'Fn::Sub': (argument, call) => {
    const [template, variables] = isList(argument) ? argument : [argument, {}];
    if (typeof template !== 'string' || !isObject(variables)) return malformed(call);
    // Each name once: a text that names a variable twice at every level would otherwise double the work at each.
    const known = new Map<string, Piece>();
    const pieces: Piece[] = [];
    let from = 0;
    for (const match of template.matchAll(PLACEHOLDER)) {
      const name = (match[1] ?? '').trim();
      const value = known.get(name) ?? substituted(name, variables, call);
      known.set(name, value);
      pieces.push(template.slice(from, match.index), value);
      from = match.index + match[0].length;
    }
    const text = joined([...pieces, template.slice(from)], call);
    return typeof text === 'string' ? dynamicText(text) : text;
  },

  'Fn::Split': (argument, call) => {
    if (!isList(argument) || argument.length !== 2) return malformed(call);
    const [delimiter, text] = argument.map((part) => call.value(part));
    if (typeof delimiter !== 'string' || delimiter === '') return malformed(call);
    if (typeof text === 'string') {
      return call.scope.effort.affords(text.length) ? text.split(delimiter) : new Unresolved(TOO_MUCH);
    }
    if (text instanceof Unresolved)
      return splitParts(text, delimiter) ?? new Unresolved(`a part of ${text.dependsOn}`);
    return malformed(call);
  },

  'Fn::Base64': (argument, call) => {
    const text = call.value(argument);
    if (text instanceof Unresolved) return text;
    if (typeof text === 'object') return malformed(call);
    return call.scope.effort.affords(String(text).length) ? toBase64(String(text)) : new Unresolved(TOO_MUCH);
  },

  'Fn::ToJsonString': (argument, call) => {
    const value = call.value(argument);
    const unknown = unresolvedIn(value);
    if (unknown.length > 0) return new Unresolved(dependencies(unknown));
    const text = JSON.stringify(value);
    return call.scope.effort.affords(text.length) ? text : new Unresolved(TOO_MUCH);
  },
};

/** A text with what is looked up only at deployment cut out: `{{resolve:ssm:/path}}`. */
export function dynamicText(text: string): string | Unresolved {
  if (!text.includes('{{resolve:')) return text;
  const pieces: Piece[] = [];
  let from = 0;
  for (const match of text.matchAll(DYNAMIC)) {
    pieces.push(text.slice(from, match.index), new Unresolved(`dynamic reference ${briefValue(match[1])}`));
    from = match.index + match[0].length;
  }
  return textOf([...pieces, text.slice(from)]);
}

/**
 * The items of a partly known list as text, or `null` where an unknown piece could hold the delimiter itself. Ids and
 * ARNs hold no comma, and no `||`, by which the CDK joins the lists it exports.
 */
export function splitParts(text: Unresolved, delimiter: string): (string | Unresolved)[] | null {
  const parts = text instanceof PartlyKnownText ? text.parts : [text];
  const areWords = parts.every((part) => typeof part === 'string' || isWord(part));
  if (!areWords || (delimiter !== ',' && delimiter !== '||')) return null;
  const items: Piece[][] = [[]];
  for (const part of parts) {
    const [first = '', ...rest] = typeof part === 'string' ? part.split(delimiter) : [part];
    items.at(-1)?.push(first);
    items.push(...rest.map((item) => [item]));
  }
  return items.map(textOf);
}

function isWord(part: Unresolved): boolean {
  return part instanceof ReferenceTo && (part.attribute === null || /(?:Id|Arn|Name)$/.test(part.attribute));
}

function substituted(name: string, variables: object, call: Call): Piece {
  if (name.startsWith('!')) return `\${${name.slice(1)}}`;
  if (Object.hasOwn(variables, name)) return asPiece(call.value(own(variables, name)));
  const point = name.indexOf('.');
  return asPiece(call.value(point === -1 ? { Ref: name } : { 'Fn::GetAtt': name }));
}

function asPiece(value: ArtifactValue): Piece {
  if (value instanceof Unresolved) return value;
  if (typeof value !== 'object') return String(value);
  return new Unresolved('a list or a mapping in the middle of a text');
}

function joined(pieces: readonly Piece[], call: Call): string | Unresolved {
  const length = pieces.reduce((sum, piece) => sum + lengthOf(piece), 0);
  return call.scope.effort.affords(length) ? textOf(pieces) : new Unresolved(TOO_MUCH);
}
