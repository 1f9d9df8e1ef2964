import * as z from 'zod';
import type { CatalogKind } from '#lib/spec/schema/field';
import type { Path } from '#lib/text/located';

/** What a field says of itself, gathered through its wrappers (optional, default). */
export interface FieldFacts {
  readonly description?: string;
  readonly unit?: string;
  readonly example?: unknown;
  readonly catalog?: CatalogKind;
}

/** A schema without its wrappers, and the facts that stood on any of them. */
export interface Bare {
  readonly schema: z.core.$ZodType;
  readonly facts: FieldFacts;
}

export function bare(schema: z.core.$ZodType): Bare {
  let facts = factsOf(schema);
  let inner = schema;
  while (
    inner instanceof z.ZodOptional ||
    inner instanceof z.ZodDefault ||
    inner instanceof z.ZodPrefault ||
    inner instanceof z.ZodNullable
  ) {
    inner = inner.def.innerType;
    facts = { ...factsOf(inner), ...facts };
  }
  return { schema: inner, facts };
}

function factsOf(schema: z.core.$ZodType): FieldFacts {
  const meta = z.globalRegistry.get(schema);
  if (meta === undefined) return {};
  const [example] = Array.isArray(meta.examples) ? meta.examples : [];
  return {
    ...(meta.description === undefined ? {} : { description: meta.description }),
    ...(typeof meta['unit'] === 'string' ? { unit: meta['unit'] } : {}),
    ...(example === undefined ? {} : { example }),
    ...(isCatalogKind(meta['catalog']) ? { catalog: meta['catalog'] } : {}),
  };
}

const KINDS: ReadonlySet<unknown> = new Set<CatalogKind>([
  'models',
  'embedding-models',
  'rerankers',
  'accelerators',
  'instances',
  'servers',
  'regions',
]);

function isCatalogKind(value: unknown): value is CatalogKind {
  return KINDS.has(value);
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** An own property; never what an object inherits. */
export function at(value: unknown, key: PropertyKey): unknown {
  if (Array.isArray(value)) return value[Number(key)];
  return isRecord(value) && Object.hasOwn(value, key) ? value[String(key)] : undefined;
}

export function valueAt(value: unknown, path: Path): unknown {
  return path.reduce(at, value);
}

/** One step down, choosing among alternatives by the value's discriminator. */
export function below(schema: z.core.$ZodType, value: unknown, step: PropertyKey): Bare | undefined {
  const chosen = choose(bare(schema).schema, value);
  if (chosen instanceof z.ZodObject) {
    const shape: Readonly<Record<string, z.core.$ZodType>> = chosen.shape;
    const next = Object.hasOwn(shape, step) ? shape[String(step)] : undefined;
    return next === undefined ? undefined : bare(next);
  }
  if (chosen instanceof z.ZodRecord) return bare(chosen.def.valueType);
  return chosen instanceof z.ZodArray ? bare(chosen.def.element) : undefined;
}

/** The alternative of a union that the value's discriminator names; the schema itself where it is none. */
export function choose(schema: z.core.$ZodType, value: unknown): z.core.$ZodType {
  if (schema instanceof z.ZodDiscriminatedUnion) {
    const key = schema.def.discriminator;
    const match = schema.options.find((option) => literalsOf(option, key).includes(at(value, key)));
    return match ?? schema;
  }
  if (!(schema instanceof z.ZodUnion)) return schema;
  return schema.options.find((option) => isRecord(value) === option instanceof z.ZodObject) ?? schema;
}

function literalsOf(option: z.core.$ZodType, key: string): readonly unknown[] {
  if (!(option instanceof z.ZodObject)) return [];
  const literal: unknown = option.shape[key];
  return literal instanceof z.ZodLiteral ? [...literal.values] : [];
}

/** The field at a path of the document. */
export function fieldAt(schema: z.core.$ZodType, value: unknown, path: Path): Bare | undefined {
  let here: Bare | undefined = bare(schema);
  let standing = value;
  for (const step of path) {
    here = below(here.schema, standing, step);
    if (here === undefined) return undefined;
    standing = at(standing, step);
  }
  return here;
}

/** Keys that a mapping at this path may have. */
export function keysAt(schema: z.core.$ZodType, value: unknown, path: Path): readonly string[] {
  const here = fieldAt(schema, value, path);
  const chosen = here === undefined ? undefined : choose(here.schema, valueAt(value, path));
  return chosen instanceof z.ZodObject ? Object.keys(chosen.shape) : [];
}

/** Visits every value that a field describes. Items of a list carry what the list says of them. */
export function visitFields(
  field: Bare,
  value: unknown,
  visit: (field: Bare, value: unknown, path: Path) => void,
  path: Path = [],
): void {
  visit(field, value, path);
  if (typeof value !== 'object' || value === null) return;
  for (const key of Object.keys(value)) {
    const next = below(field.schema, value, key);
    if (next === undefined) continue;
    const facts = Array.isArray(value) ? { ...field.facts, ...next.facts } : next.facts;
    visitFields({ schema: next.schema, facts }, at(value, key), visit, [...path, key]);
  }
}

/** Values that the discriminator at this path may have. */
export function discriminators(schema: z.core.$ZodType, value: unknown, path: Path): readonly string[] {
  const union = fieldAt(schema, value, path.slice(0, -1))?.schema;
  if (!(union instanceof z.ZodDiscriminatedUnion)) return [];
  return union.options.flatMap((option) => literalsOf(option, String(path.at(-1))).map(String));
}
