import type { KubernetesObject } from '#constructs/kubernetes/kubernetes-object';

/** How one field of the Kubernetes API is written in a typed resource of the Terraform provider. */
export type Field =
  /** As it is: text, number, boolean, map or list of text. */
  | 'same'
  /** The provider takes text where the API takes a number. */
  | 'text'
  /** A file mode: octal text. */
  | 'octal'
  | Block;

export interface Block {
  /** The provider's name, where it differs. */
  readonly as?: string;
  readonly many?: true;
  /** The provider takes a list of one where the API takes an object. */
  readonly wrapped?: true;
  readonly fields: Fields;
}
export type Fields = Readonly<Record<string, Field>>;

export function one(fields: Fields, as?: string): Block {
  return { fields, ...(as === undefined ? {} : { as }) };
}

export function many(fields: Fields, as?: string): Block {
  return { fields, many: true, ...(as === undefined ? {} : { as }) };
}

export function wrapped(fields: Fields): Block {
  return { fields, wrapped: true };
}

export function same(...names: readonly string[]): Fields {
  return Object.fromEntries(names.map((name) => [name, 'same' as const]));
}

export function text(...names: readonly string[]): Fields {
  return Object.fromEntries(names.map((name) => [name, 'text' as const]));
}

/** Arguments of a typed resource: every one has metadata. */
export interface Arguments {
  readonly metadata: object;
}

/**
 * The arguments of the typed resource, or `null` where its schema lacks a field that the object has: then nothing is
 * dropped, and the object goes out as a manifest.
 */
export function toArguments(object: KubernetesObject, fields: Fields): Arguments | null {
  const { apiVersion: _apiVersion, kind: _kind, ...body } = object;
  const converted = block(body, fields);
  if (converted === null) return null;
  const { metadata } = converted;
  return isObject(metadata) ? { ...converted, metadata } : null;
}

function block(value: object, fields: Fields): Record<string, unknown> | null {
  const result: Record<string, unknown> = {};
  for (const [name, content] of Object.entries(value)) {
    if (content === undefined) continue;
    const field = Object.hasOwn(fields, name) ? fields[name] : undefined;
    if (field === undefined) return null;
    const converted = convert(content, field);
    if (converted === null) return null;
    result[typeof field === 'object' ? (field.as ?? name) : name] = converted;
  }
  return result;
}

function convert(value: unknown, field: Field): unknown {
  if (field === 'same') return value;
  if (field === 'text') return typeof value === 'string' || typeof value === 'number' ? String(value) : null;
  if (field === 'octal') return typeof value === 'number' ? `0${value.toString(8)}` : null;
  if (field.many !== true) {
    const single = isObject(value) ? block(value, field.fields) : null;
    return field.wrapped === true && single !== null ? [single] : single;
  }
  if (!Array.isArray(value)) return null;
  const items = value.map((item: unknown) => (isObject(item) ? block(item, field.fields) : null));
  return items.includes(null) ? null : items;
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
