import * as z from 'zod';
import type { Band } from '#lib/units/band';

/** Says what a value is, in the JSON Schema that readers see. */
export function described<Schema extends z.ZodType>(schema: Schema, description: string): Schema {
  return schema.meta({ description });
}

/** The value or `null`, under one description. */
export function orNull<Schema extends z.ZodType>(schema: Schema) {
  const { description, unit } = schema.meta() ?? {};
  return schema.nullable().meta({ description, ...(unit === undefined ? {} : { unit }) });
}

/** A number with its unit: `USD`, `ms`, `share 0–1`. */
export function figure(description: string, unit: string) {
  return z.number().meta({ description, unit });
}

/** An amount of money; rounded to 4 decimals by whoever made the document. */
export function usd(description: string) {
  return figure(description, 'USD');
}

export function count(description: string) {
  return z.int().nonnegative().meta({ description, unit: 'count' });
}

export function share(description: string) {
  return z.number().gte(0).lte(1).meta({ description, unit: 'share 0–1' });
}

export function text(description: string) {
  return described(z.string(), description);
}

export function texts(description: string) {
  return described(z.array(z.string()), description);
}

export function flag(description: string) {
  return described(z.boolean(), description);
}

const bandSchema = z.strictObject({ low: z.number(), base: z.number(), high: z.number() }).meta({
  id: 'Band',
  description: 'A figure with its doubt: `base` is the estimate, `low` and `high` bound it',
}) satisfies z.ZodType<Band>;

/** A figure with its doubt. */
export function band(description: string, unit: string) {
  return bandSchema.meta({ description, unit });
}

/** Days and months as ISO 8601: `2026`, `2026-06` or `2026-07-20`. */
export function date(description: string) {
  return described(z.string().regex(/^\d{4}(-\d{2}(-\d{2})?)?$/), description);
}
