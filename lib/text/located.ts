import type { Place } from '#lib/text/place';

/** A document's values, each with the place it came from: survives merging, so problems point into the right file. */
export type Located = LocatedMap | LocatedList | LocatedScalar;

export interface LocatedMap {
  readonly kind: 'map';
  readonly place: Place;
  readonly entries: ReadonlyMap<string, LocatedEntry>;
}
export interface LocatedEntry {
  readonly keyPlace: Place;
  readonly value: Located;
}
export interface LocatedList {
  readonly kind: 'list';
  readonly place: Place;
  readonly items: readonly Located[];
}
export interface LocatedScalar {
  readonly kind: 'scalar';
  readonly place: Place;
  readonly value: unknown;
}

export type Path = readonly PropertyKey[];

/** The plain value, as a schema reads it. */
export function plain(node: Located): unknown {
  if (node.kind === 'scalar') return node.value;
  if (node.kind === 'list') return node.items.map(plain);
  return Object.fromEntries([...node.entries].map(([key, { value }]) => [key, plain(value)]));
}

/** The deepest node that stands on the path, and the place of the key that leads to it. */
export function locate(root: Located, path: Path): { value: Place; key: Place; found: boolean } {
  let node = root;
  let key = root.place;
  for (const step of path) {
    const next = child(node, step);
    if (next === undefined) return { value: node.place, key, found: false };
    [node, key] = [next.value, next.keyPlace];
  }
  return { value: node.place, key, found: true };
}

function child(node: Located, step: PropertyKey): LocatedEntry | undefined {
  if (node.kind === 'map') return node.entries.get(String(step));
  if (node.kind !== 'list') return undefined;
  const item = node.items[Number(step)];
  return item === undefined ? undefined : { keyPlace: item.place, value: item };
}

/** Keys that say what kind of thing a mapping is. Knobs of one kind mean nothing to another. */
const KINDS = ['target', 'engine', 'store'] as const;

/**
 * Lays a document over the one it extends: mappings merge key by key, lists and scalars replace, an empty value
 * removes the key, and a mapping that changes its kind (`target`, `engine`, `store`) replaces the other whole.
 */
export function mergeOver(base: Located, over: Located): Located {
  if (base.kind !== 'map' || over.kind !== 'map' || changesKind(base, over)) return over;
  const entries = new Map(base.entries);
  for (const [key, entry] of over.entries) {
    const below = base.entries.get(key);
    if (entry.value.kind === 'scalar' && entry.value.value === null && below !== undefined)
      entries.delete(key);
    else if (below === undefined) entries.set(key, entry);
    else entries.set(key, { keyPlace: entry.keyPlace, value: mergeOver(below.value, entry.value) });
  }
  return { kind: 'map', place: over.place, entries };
}

function changesKind(base: LocatedMap, over: LocatedMap): boolean {
  return KINDS.some((key) => {
    const [a, b] = [base.entries.get(key)?.value, over.entries.get(key)?.value];
    return a?.kind === 'scalar' && b?.kind === 'scalar' && a.value !== b.value;
  });
}

/** Nesting that no environment reaches. */
export const MAXIMUM_DEPTH = 32;

/** A value made by a program, under the label its problems shall carry. */
export function locateValue(value: unknown, label: string, depth = 0): Located {
  const place: Place = { label };
  if (depth > MAXIMUM_DEPTH || value === null || typeof value !== 'object')
    return { kind: 'scalar', place, value };
  if (Array.isArray(value)) {
    const items = value.map((item: unknown, index) => locateValue(item, `${label}[${index}]`, depth + 1));
    return { kind: 'list', place, items };
  }
  const entries = Object.entries(value).map(([key, item]: [string, unknown]): [string, LocatedEntry] => {
    const below = depth === 0 ? `${label}: ${key}` : `${label}.${key}`;
    return [key, { keyPlace: { label: below }, value: locateValue(item, below, depth + 1) }];
  });
  return { kind: 'map', place, entries: new Map(entries) };
}
