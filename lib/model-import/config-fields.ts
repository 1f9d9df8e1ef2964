import type { ErrorCode } from '#lib/errors/codes';
import { LandfallError } from '#lib/errors/landfall-error';
import { scanJson, type JsonPath } from '#lib/evaluation/scan-json';
import { shown, spot } from '#lib/text/place';

/** An object of a configuration file and where it stands, so that an error can point at a line. */
export interface ConfigNode {
  /** The file's values; those it leaves out are filled in from `defaults`. */
  readonly values: Readonly<Record<string, unknown>>;
  readonly defaults: Readonly<Record<string, unknown>>;
  readonly at: JsonPath;
  readonly file: { readonly path: string; readonly text: string };
}

/** No dimension of a real model is beyond it; a larger one is a slip. */
const LARGEST = 1e9;
const WHOLE = `a whole number from 0 to ${LARGEST}`;

/** The value of the first name that is present; `null` where the file says so, `undefined` where it says nothing. */
export function valueOf(node: ConfigNode, ...names: readonly string[]): unknown {
  return names.map((name) => own(node, name)).find((value) => value !== undefined);
}

/** True where a value other than `null` stands under one of the names. */
export function has(node: ConfigNode, ...names: readonly string[]): boolean {
  return present(node, names) !== undefined;
}

export function whole(node: ConfigNode, ...names: readonly [string, ...string[]]): number {
  return optionalWhole(node, ...names) ?? missing(node, names);
}

/** A count of at least 1. */
export function count(node: ConfigNode, ...names: readonly [string, ...string[]]): number {
  const value = whole(node, ...names);
  if (value >= 1) return value;
  throw fault(node, present(node, names) ?? names[0], 'OUT_OF_RANGE', 'a whole number from 1 on');
}

export function optionalWhole(node: ConfigNode, ...names: readonly string[]): number | null {
  const name = present(node, names);
  if (name === undefined) return null;
  const value = sameForAll(own(node, name));
  if (typeof value !== 'number') throw fault(node, name, 'WRONG_TYPE', WHOLE);
  if (Number.isInteger(value) && value >= 0 && value <= LARGEST) return value;
  throw fault(node, name, 'OUT_OF_RANGE', WHOLE);
}

export function optionalFlag(node: ConfigNode, name: string): boolean | null {
  const value = own(node, name) ?? null;
  if (value === null || typeof value === 'boolean') return value;
  throw fault(node, name, 'WRONG_TYPE', 'true or false');
}

export function optionalText(node: ConfigNode, name: string): string | null {
  const value = own(node, name) ?? null;
  if (value === null || typeof value === 'string') return value;
  throw fault(node, name, 'WRONG_TYPE', 'a text');
}

export function optionalTexts(node: ConfigNode, name: string): readonly string[] | null {
  return listOf(node, name, 'a list of texts', (item) => typeof item === 'string');
}

export function optionalWholes(node: ConfigNode, name: string): readonly number[] | null {
  return listOf(
    node,
    name,
    'a list of whole numbers',
    (item): item is number => typeof item === 'number' && Number.isInteger(item),
  );
}

/** An object within the object; `null` where there is none. */
export function child(node: ConfigNode, name: string): ConfigNode | null {
  const value = own(node, name) ?? null;
  if (value === null) return null;
  if (isObject(value)) return { values: value, defaults: {}, at: [...node.at, name], file: node.file };
  throw fault(node, name, 'WRONG_TYPE', 'an object');
}

export function missing(node: ConfigNode, names: readonly string[]): never {
  const [name = '', ...others] = names;
  const also = others.length === 0 ? '' : `, or ${others.map((other) => `\`${other}\``).join(' or ')}`;
  throw new LandfallError({
    code: 'MISSING_KEY',
    ...placeOf(node, []),
    expected: `\`${name}\`${also}, as a whole number`,
    fix: `add \`${name}\` from the model's configuration_*.py, where its default stands`,
  });
}

/** A list of the file as it is, where it has one entry for each layer. */
export function perLayer<T>(
  node: ConfigNode,
  name: string,
  items: readonly T[],
  layers: number,
): readonly T[] {
  if (items.length === layers) return items;
  throw fault(node, name, 'CONFLICT', `${layers} entries, one for each layer`, undefined, items.length);
}

/** The error about a value that is there: under a name, or at a place in the list of that name. */
export function fault(
  node: ConfigNode,
  place: string | readonly [string, number],
  code: ErrorCode,
  expected: string,
  fix?: string,
  got?: unknown,
): LandfallError {
  const path = typeof place === 'string' ? [place] : place;
  const name = typeof place === 'string' ? place : place[0];
  return new LandfallError({
    code,
    ...placeOf(node, path),
    got: shown(got ?? own(node, name)),
    expected,
    fix: fix ?? `correct \`${name}\` after the model's own config.json`,
  });
}

export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Gemma 3n and Hunyuan write a list with one entry for each layer where all have the same. */
function sameForAll(value: unknown): unknown {
  if (!Array.isArray(value) || value.length === 0) return value;
  const [first]: readonly unknown[] = value;
  return value.every((each) => each === first) ? first : value;
}

function present(node: ConfigNode, names: readonly string[]): string | undefined {
  return names.find((name) => (own(node, name) ?? null) !== null);
}

/** Never a property that every object inherits. */
function own({ values, defaults }: ConfigNode, name: string): unknown {
  if (Object.hasOwn(values, name)) return values[name];
  return Object.hasOwn(defaults, name) ? defaults[name] : undefined;
}

function listOf<T>(
  node: ConfigNode,
  name: string,
  expected: string,
  fits: (item: unknown) => item is T,
): readonly T[] | null {
  const value = own(node, name) ?? null;
  if (value === null) return null;
  const items: readonly unknown[] = Array.isArray(value) ? value : [undefined];
  if (items.every(fits)) return items;
  throw fault(node, name, 'WRONG_TYPE', expected);
}

/** Where a value stands, or the object that lacks it. A default has no place of its own. */
function placeOf({ at, file }: ConfigNode, path: JsonPath): ReturnType<typeof spot> {
  const offset = scanJson(file.text, [...at, ...path]).found;
  if (offset === null) return { at: [file.path, [...at, ...path].join('.')].join(' ').trimEnd() };
  const before = file.text.slice(0, offset);
  return spot({
    source: { path: file.path, lines: file.text.split('\n') },
    line: before.split('\n').length,
    column: offset - before.lastIndexOf('\n'),
    length: 1,
  });
}
