import * as z from 'zod';
import { KV_PRECISIONS, PRECISIONS } from '#lib/catalog/precision';
import {
  band,
  count,
  described,
  figure,
  flag,
  orNull,
  share,
  text,
  texts,
} from '#lib/report/documents/figure';
import { servingSizingSchema } from '#lib/report/documents/sizing';
import type { PlannedOption } from '#lib/report/screens/frontier-screen';
import type { Frontier, FrontierPoint } from '#lib/sizing/frontier';

const point = z.strictObject({
  precision: described(z.enum(PRECISIONS), 'Format of the weights'),
  tensor: count('Tensor-parallel degree'),
  pipeline: count('Pipeline-parallel degree'),
  expert: count('Expert-parallel degree'),
  data: count('Attention data parallelism'),
  gpus: count('GPUs of a replica'),
  concurrency: figure('Sequences that run at once', 'sequences'),
  tokensPerSecondPerGpu: band('Output', 'tokens/s per GPU'),
  tokensPerSecondPerUser: figure('1000 ÷ TPOT', 'tokens/s'),
  tpotMs: figure('Time per output token after the first', 'ms'),
  ttftMs: figure('Time to first token, all sequences running', 'ms'),
  meetsObjectives: flag('Both times are within what was asked'),
}) satisfies z.ZodType<FrontierPoint>;

const chosen = z.union([
  servingSizingSchema.extend({ precision: z.enum(PRECISIONS) }),
  z.strictObject({ fits: z.literal(false), reasons: texts('Why nothing carries the load') }),
]) satisfies z.ZodType<Frontier['chosen']>;

const lengths = z.strictObject({
  mean: figure('Mean', 'tokens'),
  longest: figure('Longest that a server must hold', 'tokens'),
  variation: figure('Standard deviation ÷ mean, where an environment says it', 'ratio').optional(),
});

/** The demand that was asked about. What is left out of a demand, or switched on beyond the plain engine, may stand here. */
const load = z.looseObject({
  gpusPerNode: count('Accelerators of one node'),
  inputTokens: lengths,
  outputTokens: lengths,
  kvPrecision: described(z.enum(KV_PRECISIONS), 'Format of the KV cache'),
  peakRequestsPerSecond: figure('Of all replicas', 'requests/s'),
  cachedShare: share('Of input tokens found in the prefix cache'),
  ttftMs: orNull(figure('Objective; `null` where none', 'ms')),
  tpotMs: orNull(figure('Objective; `null` where none', 'ms')),
});

const option = z.strictObject({
  environment: text('The file'),
  scenario: text('Its id'),
  option: text('Its id'),
  shape: text('Nodes that its plan chose'),
  model: text('Model that its plan chose'),
  precision: described(z.enum(PRECISIONS), 'Format that its plan chose'),
  pool: texts('Models that may serve the scenario; empty where any may'),
}) satisfies z.ZodType<PlannedOption>;

/** `landfall/sizing-plan/v1`. */
export const frontierSchema = z.strictObject({
  schema: z.literal('landfall/sizing-plan/v1'),
  option: described(option, 'Whose plan asks this, but for what was stated beside it').optional(),
  model: text('Model id of the catalogue'),
  accelerator: text('Accelerator id of the catalogue'),
  load: described(load, 'What was asked, with what was assumed'),
  notes: texts('What to know of the accelerator'),
  considered: count('Ways that were looked at'),
  points: described(z.array(point), 'None is beaten in both rates; fast for the user first'),
  chosen: described(chosen, 'The fewest GPUs that carry the load, or why none do'),
  without: described(chosen, 'The same on the plain engine, where something is switched on').optional(),
});
