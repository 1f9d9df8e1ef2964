import * as z from 'zod';
import type { Bare } from '#lib/spec/schema/schema-walk';

/** What a field takes, in words with range and unit: `a number above 0 and at most 100,000 (requests/s)`. */
export function expectation({ schema, facts }: Bare): string {
  const unit = facts.unit;
  const behind = unit === undefined || ['text', 'id', 'object', 'path'].includes(unit) ? '' : ` (${unit})`;
  return `${kindOf(schema)}${behind}`;
}

function kindOf(schema: z.core.$ZodType): string {
  if (schema instanceof z.ZodNumber) {
    const whole = schema.format === 'safeint' ? 'a whole number' : 'a number';
    return [whole, rangeOf(schema)].filter((part) => part !== '').join(' ');
  }
  if (schema instanceof z.ZodEnum) return `one of ${schema.options.join(', ')}`;
  if (schema instanceof z.ZodLiteral) return [...schema.values].join(' or ');
  if (schema instanceof z.ZodBoolean) return 'true or false';
  if (schema instanceof z.ZodISODate) return 'a date such as 2026-10-30, in quotes or bare';
  if (schema instanceof z.ZodString) return 'text';
  if (schema instanceof z.ZodArray) return 'a list';
  if (schema instanceof z.ZodUnion && !(schema instanceof z.ZodDiscriminatedUnion)) {
    return schema.options.map((option) => kindOf(option)).join(' or ');
  }
  if (schema instanceof z.ZodObject)
    return `a mapping with ${Object.keys(schema.shape).slice(0, 4).join(', ')}`;
  return 'a mapping';
}

/** Bounds as the schema states them; whether they are themselves allowed is asked of the schema. */
function rangeOf(schema: z.ZodNumber): string {
  const [lowest, highest] = [bound(schema.minValue), bound(schema.maxValue)];
  const takes = (value: number) => schema.safeParse(value).success;
  if (lowest === undefined) {
    if (highest === undefined) return '';
    return takes(highest) ? `of at most ${text(highest)}` : `below ${text(highest)}`;
  }
  const from = takes(lowest) ? `from ${text(lowest)}` : `above ${text(lowest)}`;
  if (highest === undefined) return from;
  if (!takes(highest)) return `${from} and below ${text(highest)}`;
  return takes(lowest) ? `${from} to ${text(highest)}` : `${from} and at most ${text(highest)}`;
}

/** The safe-integer bounds of `int`, and infinity, are no news to a person. */
function bound(value: number | null): number | undefined {
  return value !== null && Math.abs(value) < Number.MAX_SAFE_INTEGER ? value : undefined;
}

function text(value: number): string {
  return value.toLocaleString('en-GB', { maximumFractionDigits: 10 });
}

/** `, for example "peak: 12"`; of a choice the first; nothing where the field has no example of its own. */
export function exampleOf(key: string, { schema, facts }: Bare): string {
  const choice = schema instanceof z.ZodEnum ? schema.options[0] : undefined;
  const example = facts.example === undefined ? choice : JSON.stringify(facts.example);
  return example === undefined ? '' : `, for example \`${key}: ${example}\``;
}
