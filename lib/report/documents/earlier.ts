import * as z from 'zod';
import type { EarlierDocument } from '#lib/diff/earlier-sides';

/** What is read of documents that another version may have written: what this one adds or leaves out does not matter. */
const figure = z.object({ low: z.number(), base: z.number(), high: z.number() });
const perhaps = figure.nullable().default(null);
const number = z.number().nullable().default(null);
const madeBy = z
  .object({ version: z.string(), catalog: z.string(), specifications: z.record(z.string(), z.string()) })
  .optional();

const estimate = z.object({
  schema: z.literal('landfall/estimate/v1'),
  scenario: z.string(),
  option: z.string(),
  lines: z.array(
    z.object({
      key: z.string(),
      label: z.string(),
      tangible: z.boolean(),
      quantity: z.number(),
      unitPriceUsd: z.number().nullable(),
      monthlyUsd: z.number().nullable(),
      resources: z.array(z.string()),
    }),
  ),
  totals: z.object({ monthlyUsd: z.object({ base: z.number() }), oneOffUsd: number }),
  atLeast: z.boolean(),
  unpriced: z.array(z.string()),
  madeBy,
});

const row = z.object({
  id: z.string(),
  gpus: z.number(),
  replicas: z.number(),
  monthlyUsd: z.object({ base: z.number() }).nullable(),
  oneOffUsd: number,
  atLeast: z.boolean(),
  unpriced: z.array(z.string()),
  tokensPerSecond: perhaps,
  ttftMs: perhaps,
  tpotMs: perhaps,
  headroom: number,
  availability: number,
  redundancy: z
    .object({ withoutOneReplica: z.number(), withoutOneNode: z.number() })
    .nullable()
    .default(null),
});

const comparison = z.object({
  schema: z.literal('landfall/comparison/v1'),
  scenarios: z.array(z.object({ id: z.string(), options: z.array(row) })),
  portfolio: z.object({ choice: z.record(z.string(), z.string()) }),
  madeBy,
});

const after = z.object({ after: number }).optional();

const difference = z.object({
  schema: z.literal('landfall/diff/v1'),
  scenario: z.string().optional(),
  option: z.string().optional(),
  scenarios: z
    .array(z.object({ id: z.string(), to: z.string().nullable(), afterMonthlyUsd: z.number().nullable() }))
    .optional(),
  cost: z.object({
    after: z.number(),
    atLeast: z.boolean(),
    unpriced: z.array(z.string()).default([]),
    oneOff: z.object({ after: number }),
  }),
  capacity: z.object({
    gpus: after,
    replicas: after,
    tokensPerSecond: after,
    ttftMs: after,
    tpotMs: after,
    headroom: after,
    availability: after,
  }),
  madeBy,
});

/** The documents that a later diff can start from. */
export const earlierSchema = z.discriminatedUnion('schema', [
  estimate,
  comparison,
  difference,
]) satisfies z.ZodType<EarlierDocument>;
