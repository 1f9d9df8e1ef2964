import * as z from 'zod';
import { environmentSchema } from '#lib/spec/reading/parse-environment';
import { Traffic } from '#lib/spec/schema/traffic';

/** Drafts that editors and validators read; the older one is for tools that know no newer. */
export const DRAFTS = ['draft-2020-12', 'draft-7'] as const;
export type Draft = (typeof DRAFTS)[number];

/** File names under `schema/`. */
export const SCHEMA_FILES: Readonly<Record<Draft, string>> = {
  'draft-2020-12': 'environment.schema.json',
  'draft-7': 'environment.draft-7.schema.json',
};

/** JSON Schema of the environment as a person writes it: fields with a default are optional. */
function environmentJsonSchema(options: { readonly target: Draft }): Readonly<Record<string, unknown>> {
  const { $schema, ...schema } = z.toJSONSchema(environmentSchema(), {
    io: 'input',
    target: options.target,
    override: ({ zodSchema, jsonSchema }) => {
      // Descriptions are laid on copies, which share their fields.
      if (!(zodSchema instanceof z.ZodObject) || zodSchema.shape.trace !== Traffic.shape.trace) return;
      // A trace gives the fields that are required without one.
      const { required = [] } = jsonSchema;
      delete jsonSchema.required;
      jsonSchema.anyOf = [{ required: [...required] }, { required: ['trace'] }];
    },
  });
  return {
    $schema,
    $id: `urn:landfall:environment:v1:${options.target}`,
    title: 'Landfall environment',
    ...schema,
  };
}

/** The published text of a draft. */
export function schemaText(target: Draft): string {
  return `${JSON.stringify(environmentJsonSchema({ target }), null, 2)}\n`;
}
