import { XMLParser } from 'fast-xml-parser';
import { RequestFailed } from '#bin/http/retried';

/** An element of an answer: its text, or the elements in it. Lists (`member`, `item`) are lists however short. */
export type XmlValue = string | readonly XmlValue[] | XmlElement;
export interface XmlElement {
  readonly [name: string]: XmlValue | undefined;
}

const LISTS = new Set(['member', 'item']);

/**
 * Reads an answer of the query protocol.
 *
 * @throws RequestFailed where it is not well formed
 */
export function readXml(name: string, text: string): XmlElement {
  const parser = new XMLParser({
    ignoreAttributes: true,
    ignoreDeclaration: true,
    parseTagValue: false,
    // Line ends in a template stand as numeric references.
    htmlEntities: true,
    isArray: (tag) => LISTS.has(tag),
  });
  try {
    return parser.parse(text, true) as XmlElement;
  } catch {
    throw new RequestFailed(`${name}: the answer is not well formed`);
  }
}

/** The element at a path of names; `undefined` where there is none. */
export function elementAt(value: XmlValue | undefined, ...path: readonly string[]): XmlElement | undefined {
  const found = valueAt(value, path);
  return isElement(found) ? found : undefined;
}

/** The text at a path of names; `undefined` where there is none, '' where it is empty. */
export function textAt(value: XmlValue | undefined, ...path: readonly string[]): string | undefined {
  const found = valueAt(value, path);
  return typeof found === 'string' ? found : undefined;
}

/** The elements of the list at a path of names; none where it is empty or absent. */
export function listAt(value: XmlValue | undefined, ...path: readonly string[]): readonly XmlElement[] {
  const list = elementAt(value, ...path);
  const found = list?.['member'] ?? list?.['item'];
  return isList(found) ? found.filter((each) => isElement(each)) : [];
}

/** The texts of a list of words at a path of names. */
export function wordsAt(value: XmlValue | undefined, ...path: readonly string[]): readonly string[] {
  const list = elementAt(value, ...path);
  const found = list?.['member'] ?? list?.['item'];
  return isList(found) ? found.filter((each): each is string => typeof each === 'string') : [];
}

function valueAt(value: XmlValue | undefined, path: readonly string[]): XmlValue | undefined {
  return path.reduce<XmlValue | undefined>((at, name) => (isElement(at) ? at[name] : undefined), value);
}

function isElement(value: XmlValue | undefined): value is XmlElement {
  return typeof value === 'object' && !Array.isArray(value);
}

function isList(value: XmlValue | undefined): value is readonly XmlValue[] {
  return Array.isArray(value);
}
