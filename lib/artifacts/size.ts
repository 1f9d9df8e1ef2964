import { TOO_MUCH, type Effort } from '#lib/artifacts/effort';
import { Unresolved, type ArtifactValue } from '#lib/artifacts/resource';
import { lengthOf } from '#lib/artifacts/unresolved';

interface Extent {
  /** It and all beneath it. */
  readonly values: number;
  readonly characters: number;
  readonly depth: number;
}

const MAXIMUM_VALUES = 2 ** 17;
const MAXIMUM_CHARACTERS = 2 ** 22;
const MAXIMUM_DEPTH = 200;

/** Of lists and mappings, which never change once they are made. */
const known = new WeakMap<object, Extent>();

/**
 * A value that stands in another place already, for one more. One list may stand in another many times at no cost, but
 * whoever walks it pays for each, and twice as much at every level: so each place is paid for here.
 */
export function reused<T extends ArtifactValue>(value: T, effort: Effort): T | Unresolved {
  if (typeof value !== 'object' || value === null || value instanceof Unresolved) return value;
  const { values, characters } = extentOf(value);
  return effort.spend(values + characters) ? bounded(value) : new Unresolved(TOO_MUCH);
}

/** The value, or an unresolved one where it is larger than any that a resource could hold. */
export function bounded<T extends ArtifactValue>(value: T): T | Unresolved {
  const { values, characters, depth } = extentOf(value);
  const isBounded = values <= MAXIMUM_VALUES && characters <= MAXIMUM_CHARACTERS && depth <= MAXIMUM_DEPTH;
  return isBounded ? value : new Unresolved(TOO_MUCH);
}

function extentOf(value: ArtifactValue): Extent {
  if (typeof value === 'string' || value instanceof Unresolved) {
    return { values: 1, characters: lengthOf(value), depth: 0 };
  }
  if (typeof value !== 'object' || value === null) return { values: 1, characters: 0, depth: 0 };
  const before = known.get(value);
  if (before !== undefined) return before;
  let [values, characters, depth] = [1, 0, 0];
  for (const [key, item] of Object.entries(value)) {
    const below = extentOf(item);
    values += below.values;
    characters += below.characters + key.length;
    depth = Math.max(depth, below.depth + 1);
  }
  known.set(value, { values, characters, depth });
  return { values, characters, depth };
}
