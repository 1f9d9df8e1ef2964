import * as z from 'zod';

/** Tables of the catalog that a field's ids come from. */
export type CatalogKind =
  'models' | 'embedding-models' | 'rerankers' | 'accelerators' | 'instances' | 'servers' | 'regions';

/** What every field that a person writes says of itself; ends up in the JSON Schema and in error messages. */
export interface FieldMeta {
  readonly description: string;
  /** Unit of a number; `text` or `id` where there is none. */
  readonly unit: string;
  readonly example: unknown;
  /** Table that the value is an id of; checked once the catalog is known. @default - none */
  readonly catalog?: CatalogKind;
}

/**
 * Attaches unit, description and example to a schema. To the schema itself, not to a copy as `meta` does, which would take a
 * sixth of the time in which all schemas are made: what is shared (`Slug`, `Share`) is copied first.
 */
export function field<Schema extends z.ZodType>(schema: Schema, meta: FieldMeta): Schema {
  const { description, unit, example, catalog } = meta;
  if (z.globalRegistry.has(schema)) throw new Error(`one schema for two fields: ${description}`);
  z.globalRegistry.add(schema, {
    description,
    unit,
    examples: [example],
    ...(catalog === undefined ? {} : { catalog }),
  });
  return schema;
}

/** Ids of scenarios, options and environments: they become resource names, labels and file names. */
export const Slug = z
  .string()
  .regex(
    /^[a-z]([a-z0-9-]{0,38}[a-z0-9])?$/,
    'lower-case letters, digits and dashes, at most 40, starting with a letter',
  );

/** A share between 0 and 1, never percent. */
export const Share = z.number().min(0).max(1);

/** A positive, finite number. */
export const Positive = z.number().gt(0);
