/** A JSON object as a text states it: nothing is known of its fields. */
export type JsonObject = Readonly<Record<string, unknown>>;

/** Keys and list positions from the root of a document to one of its values. */
export type JsonPath = readonly (string | number)[];

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function isList(value: unknown): value is readonly unknown[] {
  return Array.isArray(value);
}

/** The field itself, never a property that every object inherits. */
export function own(object: unknown, field: string): unknown {
  if (!isObject(object)) return undefined;
  const value = object[field];
  // Most fields that are asked for are not there at all, which takes no second look.
  return value !== undefined && Object.hasOwn(object, field) ? value : undefined;
}

/** The field where it is an object, else an empty one. */
export function ownObject(object: unknown, field: string): JsonObject {
  const value = own(object, field);
  return isObject(value) ? value : {};
}

/** The field where it is a text, else `null`. */
export function ownText(object: unknown, field: string): string | null {
  const value = own(object, field);
  return typeof value === 'string' ? value : null;
}
