import * as z from 'zod';
import { text } from '#lib/report/documents/figure';
import type { Step } from '#lib/units/derivation';

export const stepSchema = z
  .strictObject({
    id: text('Kebab-case; unique within one derivation'),
    label: text('What was worked out, for people'),
    formula: text('The formula in the words of its inputs'),
    value: z.number(),
    unit: text('Unit of the value'),
    inputs: z.array(
      z.strictObject({
        name: z.string(),
        value: z.union([z.number(), z.string()]),
        unit: z.string(),
        source: text('Source id, where the input is a fact').optional(),
      }),
    ),
  })
  .meta({ id: 'Step', description: 'One line of arithmetic' }) satisfies z.ZodType<Step>;
