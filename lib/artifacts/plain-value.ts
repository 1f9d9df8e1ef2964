import { isList, isObject } from '#lib/artifacts/json';
import { Unresolved, type ArtifactValue } from '#lib/artifacts/resource';

const MAXIMUM_DEPTH = 200;

/** A value of JSON as it stands: texts in it are texts, whatever they look like. */
export function plainValue(value: unknown, depth = 0): ArtifactValue {
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value;
  if (value instanceof Unresolved) return value;
  if (depth > MAXIMUM_DEPTH) return new Unresolved('nesting too deep to follow');
  if (isList(value)) return value.map((item) => plainValue(item, depth + 1));
  if (!isObject(value)) return null;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, plainValue(item, depth + 1)]));
}
