import type { ChangedPath } from '#lib/lifecycle/change';
import { canonicalJson, fingerprint } from '#lib/lifecycle/digest';

/** Keys deeper than this are told by what holds them. */
const MAXIMUM_DEPTH = 8;
/** Places that one resource tells; beyond them it tells the places that hold them. */
const MAXIMUM_PATHS = 64;

/** Keys that say nothing but what they are: of properties, never of a user's map. */
const PLAIN_KEY = /^[A-Za-z_][\w:.-]{0,63}$/;

/**
 * The places where two values differ, as deep as both have something there, in order.
 *
 * @param isOpaque - Places whose inside must not be told either, such as what Terraform marks as sensitive
 */
export function changedPaths(
  before: unknown,
  after: unknown,
  isOpaque: (path: string) => boolean = () => false,
): ChangedPath[] {
  for (let depth = MAXIMUM_DEPTH; depth > 1; depth -= 1) {
    const paths = [...differences(before, after, '', depth, isOpaque)];
    if (paths.length <= MAXIMUM_PATHS) return paths.toSorted((a, b) => (a.path < b.path ? -1 : 1));
  }
  return [...differences(before, after, '', 1, isOpaque)].toSorted((a, b) => (a.path < b.path ? -1 : 1));
}

export function same(a: unknown, b: unknown): boolean {
  return a === b || canonicalJson(a ?? null) === canonicalJson(b ?? null);
}

function* differences(
  before: unknown,
  after: unknown,
  path: string,
  depth: number,
  isOpaque: (path: string) => boolean,
): Generator<ChangedPath> {
  if (same(before, after)) return;
  const isWhole = depth === 0 || (path !== '' && isOpaque(path)) || !areAlike(before, after);
  if (isWhole) {
    yield { path, was: before === undefined ? null : fingerprint(before) };
    return;
  }
  const [old, young] = [before as Fields, after as Fields];
  for (const key of new Set([...Object.keys(old), ...Object.keys(young)])) {
    const inner = Array.isArray(before) ? `${path}[${key}]` : joined(path, shownKey(key));
    yield* differences(old[key], young[key], inner, depth - 1, isOpaque);
  }
}

type Fields = Readonly<Record<string, unknown>>;

/** Two objects, or two lists: what can be compared part by part. */
function areAlike(a: unknown, b: unknown): boolean {
  const isBoth = typeof a === 'object' && a !== null && typeof b === 'object' && b !== null;
  return isBoth && Array.isArray(a) === Array.isArray(b);
}

function joined(path: string, key: string): string {
  return path === '' ? key : `${path}.${key}`;
}

function shownKey(key: string): string {
  return PLAIN_KEY.test(key) ? key : `key-${fingerprint(key)}`;
}
