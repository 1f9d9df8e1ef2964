import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { describe, expect, it } from 'vitest';
import { DRAFTS, SCHEMA_FILES, schemaText } from '#lib/spec/json-schema';
import { environmentSchema } from '#lib/spec/reading/parse-environment';
import { bare } from '#lib/spec/schema/schema-walk';

/** Paths of fields that lack a description, a unit or an example. */
function silentFields(schema: z.core.$ZodType, path: string): string[] {
  const { schema: inner } = bare(schema);
  if (inner instanceof z.ZodObject) {
    return Object.entries<z.core.$ZodType>(inner.shape).flatMap(([key, value]) => {
      const { facts, schema: field } = bare(value);
      const told = facts.description !== undefined && facts.unit !== undefined && facts.example !== undefined;
      // The discriminator is described by the registry entry it names.
      const own = told || field instanceof z.ZodLiteral ? [] : [`${path}.${key}`];
      return [...own, ...silentFields(value, `${path}.${key}`)];
    });
  }
  if (inner instanceof z.ZodUnion) return inner.options.flatMap((each) => silentFields(each, path));
  if (inner instanceof z.ZodRecord) return silentFields(inner.valueType, `${path}.*`);
  return [];
}

describe('the JSON Schema', () => {
  it.each(DRAFTS)('published for %s is what the code says', (draft) => {
    const published = readFileSync(join(__dirname, '../../../schema', SCHEMA_FILES[draft]), 'utf8');
    expect(published === schemaText(draft), 'stale: npx tsx --conditions=source scripts/schema.ts').toBe(
      true,
    );
  });

  it('describes every field with unit and example', () => {
    expect(silentFields(environmentSchema(), 'environment')).toEqual([]);
  });
});
