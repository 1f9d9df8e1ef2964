import * as z from 'zod';
import { currencyAmounts } from '#lib/report/documents/currency';
import { DANGER_CLASSES } from '#lib/spec/schema/review';
import type { DiffDocument } from '#lib/diff/environment-diff';
import { PARTS } from '#lib/diff/side';
import { described, figure, flag, orNull, text, texts, usd } from '#lib/report/documents/figure';
import { originSchema } from '#lib/report/documents/origin';

const change = z
  .strictObject({
    path: text('Dotted path: `nodePools[gpu].nodes.desired`'),
    before: z.unknown(),
    after: z.unknown(),
    kind: z.enum(['added', 'removed', 'changed']),
  })
  .meta({ id: 'Change', description: 'One value that differs' });

function figures(description: string, unit: string) {
  const before = orNull(figure(`${description}, before`, unit));
  return z.strictObject({ before, after: orNull(figure(`${description}, after`, unit)) });
}

const cost = z.strictObject({
  before: usd('Monthly equivalent before'),
  after: usd('Monthly equivalent after'),
  delta: usd('After less before'),
  because: described(
    z.strictObject({
      spec: orNull(usd('By the specification')),
      catalog: orNull(usd('By other prices, models or calibration')),
      engine: orNull(usd('By another version of this program')),
      undivided: usd('What the parts that are `null` are together').optional(),
    }),
    'Parts of `delta` by what caused them; `null` where one cannot be told from another',
  ),
  atLeast: flag('A side has a line without a price'),
  unpriced: texts('Lines of the second side that have no price'),
  oneOff: z.strictObject({
    before: orNull(usd('Before')),
    after: orNull(usd('After')),
    delta: orNull(usd('After less before')),
  }),
  lines: z.array(
    z.strictObject({
      key: z.string(),
      before: orNull(usd('`null` where the line is absent or has no price')),
      after: orNull(usd('`null` where the line is absent or has no price')),
      delta: orNull(usd('`null` where a side has no price')),
      state: z.enum(['added', 'removed', 'changed', 'unpriced']),
    }),
  ),
});

const scenario = z.strictObject({
  id: text('Scenario'),
  state: z.enum(['added', 'removed', 'changed', 'unchanged']),
  from: orNull(text('Option that serves it before')),
  to: orNull(text('Option that serves it after')),
  verdict: text('What became of it, in one line'),
  beforeMonthlyUsd: orNull(usd('Monthly equivalent before')),
  afterMonthlyUsd: orNull(usd('Monthly equivalent after')),
});

/** `landfall/diff/v1`. */
export const diffSchema = z.strictObject({
  schema: z.literal('landfall/diff/v1'),
  from: text('Selector of the first side'),
  to: text('Selector of the second side'),
  verdict: text('One line: the gravest dangers, the money, the number of changes'),
  dangers: z.array(
    z.strictObject({
      class: z.enum(DANGER_CLASSES),
      address: text('What it happens to'),
      before: z.string(),
      after: z.string(),
      path: text('Path in the plan'),
      at: text('`file:line:column` of what causes it in the environment; the path where no file is at hand'),
    }),
  ),
  cost: described(cost, 'Monthly equivalents'),
  capacity: z.strictObject({
    gpus: figures('GPUs', 'count'),
    replicas: figures('Replicas', 'count'),
    tokensPerSecond: figures('Output of the fleet at the objective', 'tokens/s'),
    ttftMs: figures('Time to first token at peak', 'ms'),
    tpotMs: figures('Time per output token after the first at peak', 'ms'),
    headroom: figures('Capacity beyond the peak as a share of it', 'share'),
    availability: figures('Share of time in which enough replicas are up', 'share 0–1'),
    withoutOneNode: figures('Headroom while one node is down', 'share'),
    coldStartSeconds: figures('From the start of a replica until its first answer', 's'),
  }),
  security: described(z.array(change), 'Changes of who can reach or read what'),
  resources: described(
    z.array(
      z.strictObject({ address: z.string(), state: z.enum(['added', 'removed', 'changed', 'replaced']) }),
    ),
    'Addresses that the bills name and whose lines differ',
  ),
  assumptions: described(z.array(change), 'Lines of both bills whose unit price differs'),
  changes: z.array(change),
  gates: described(
    z.array(
      z.strictObject({
        gate: text('As it was asked for'),
        state: z.enum(['passed', 'failed', 'open', 'unknown']),
        message: z.string(),
        about: texts('What it is about'),
      }),
    ),
    'What the change was held to; `unknown` fails too: a side does not say',
  ).optional(),
  notKnown: described(
    z.array(z.enum(PARTS)),
    'Parts that could not be compared, as a side is a document that lacks them: no "none"',
  ).optional(),
  scenario: text('Scenario, where there is one').optional(),
  option: text('Its option on the second side').optional(),
  madeBy: originSchema,
  scenarios: described(z.array(scenario), 'Each scenario by itself, where a side has several').optional(),
  inCurrency: currencyAmounts,
}) satisfies z.ZodType<DiffDocument>;
