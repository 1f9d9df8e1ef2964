import type { ArtifactValue } from '#lib/artifacts/resource';
import { MAXIMUM_ITEMS, type FunctionTable } from '#lib/artifacts/terraform/functions/operands';
import {
  characters,
  entriesOf,
  Failure,
  isEqual,
  isList,
  isMapping,
  item,
  keyOf,
  list,
  mapping,
  mappingOf,
  setOf,
  text,
  ValueSet,
  whole,
} from '#lib/artifacts/terraform/values';

/** Functions for which the form of a list or a mapping is enough: its items may be unknown. */
export const SHAPES: FunctionTable = {
  length: (value) => {
    if (isList(value)) return value.length;
    return isMapping(value) ? Object.keys(value).length : characters(text(value)).length;
  },
  keys: (value) => entriesOf(mapping(value)).map(([key]) => key),
  values: (value) => entriesOf(mapping(value)).map(([, found]) => found),
  merge: (...values) =>
    mappingOf(values.filter((value) => value !== null).flatMap((value) => Object.entries(mapping(value)))),
  concat: (...values) => bounded(values.flatMap((value) => [...list(value)])),
  flatten: (value) => bounded(flat(list(value), 0)),
  reverse: (value) => [...list(value)].toReversed(),
  slice: (value, from, to) => {
    const items = list(value);
    if (whole(from) < 0 || whole(to) < whole(from) || whole(to) > items.length) throw new Failure('no slice');
    return items.slice(whole(from), whole(to));
  },
  element: (value, index) => {
    const items = list(value);
    const found = items[((whole(index) % items.length) + items.length) % items.length];
    if (found === undefined) throw new Failure('an empty list');
    return found;
  },
  lookup: (value, key, otherwise) => {
    const found = mapping(value);
    if (otherwise === undefined || Object.hasOwn(found, text(key))) return item(found, text(key));
    return otherwise;
  },
  one: (value) => {
    const [first = null, second] = list(value);
    if (second !== undefined) throw new Failure('more than one item');
    return first;
  },
  zipmap: (keys, values) => {
    if (list(keys).length !== list(values).length) throw new Failure('lists of unequal length');
    return mappingOf(list(keys).map((key, index) => [text(key), list(values)[index] ?? null]));
  },
  chunklist: (value, size) => {
    const items = [...list(value)];
    const step = whole(size) > 0 ? whole(size) : Math.max(1, items.length);
    return Array.from({ length: Math.ceil(items.length / step) }, (_, index) =>
      items.slice(index * step, (index + 1) * step),
    );
  },
  coalescelist: (...values) => {
    const found = values.find((value) => list(value).length > 0);
    if (found === undefined) throw new Failure('empty lists only');
    return found;
  },
  tolist: (value) => unified(list(value)),
  tomap: (value) => mapping(value),
  sensitive: (value) => value ?? null,
  nonsensitive: (value) => value ?? null,
};

/** Functions that compare items, so that all of them have to be known. */
export const COLLECTIONS: FunctionTable = {
  toset: (value) => setOf(unified(list(value))),
  contains: (value, wanted) => list(value).some((found) => isEqual(found, wanted ?? null)),
  index: (value, wanted) => {
    const found = list(value).findIndex((each) => isEqual(each, wanted ?? null));
    if (found === -1) throw new Failure('no such item');
    return found;
  },
  // As a mapping by key, which keeps the first place of each.
  distinct: (value) => [...new Map(list(value).map((each) => [keyOf(each), each])).values()],
  compact: (value) => list(value).filter((each) => each !== null && each !== ''),
  setunion: (...values) => setOf(values.flatMap((value) => [...list(value)])),
  setintersection: (first, ...others) => {
    const known = others.map((other) => new Set(list(other).map(keyOf)));
    return setOf(list(first).filter((each) => known.every((keys) => keys.has(keyOf(each)))));
  },
  setsubtract: (first, second) => {
    const known = new Set(list(second).map(keyOf));
    return setOf(list(first).filter((each) => !known.has(keyOf(each))));
  },
  setproduct: (...values) => {
    const product = values.reduce<ArtifactValue[][]>(
      (rows, value) => bounded(rows.flatMap((row) => list(value).map((each) => [...row, each]))),
      [[]],
    );
    return values.every((value) => value instanceof ValueSet) ? setOf(product) : product;
  },
  transpose: (value) => {
    const groups = new Map<string, string[]>();
    for (const [key, items] of entriesOf(mapping(value))) {
      for (const name of list(items).map(text)) groups.set(name, [...(groups.get(name) ?? []), key]);
    }
    return mappingOf(groups);
  },
};

/** Items of one list have one type: beside a text, numbers and truths become texts. */
function unified(items: readonly ArtifactValue[]): readonly ArtifactValue[] {
  if (!items.some((each) => typeof each === 'string')) return Array.from(items);
  return Array.from(items, (each) =>
    typeof each === 'number' || typeof each === 'boolean' ? text(each) : each,
  );
}

function flat(items: readonly ArtifactValue[], depth: number): ArtifactValue[] {
  if (depth > 100) throw new Failure('deep lists');
  return items.flatMap((each) => (isList(each) ? flat(each, depth + 1) : [each]));
}

function bounded<T extends readonly unknown[]>(items: T): T {
  if (items.length > MAXIMUM_ITEMS) throw new Failure('a list that is too long');
  return items;
}
