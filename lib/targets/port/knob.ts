import type * as z from 'zod';

/** Which table of the catalog a knob's value must stand in; the spec checks it and suggests near ones. */
export type KnobCatalog = 'instances' | 'accelerators' | 'servers' | 'regions';

/** Attaches what a person must know of a knob: description, unit, an example. */
export function knob<Schema extends z.ZodType>(
  schema: Schema,
  meta: { description: string; unit: string; example: string | number | boolean; catalog?: KnobCatalog },
): Schema {
  const { example, catalog, ...rest } = meta;
  return schema.meta({ ...rest, examples: [example], ...(catalog === undefined ? {} : { catalog }) });
}
