import * as z from 'zod';
import { ANSWER_MODES } from '#lib/catalog/models';
import { TASK_FAMILIES } from '#lib/catalog/task-families';
import type { Triangle } from '#lib/compare/triangle-point';
import { band, count, described, figure, flag, orNull, text, texts } from '#lib/report/documents/figure';
import { confidenceSchema } from '#lib/report/documents/sizing';

const mode = described(
  z.enum(ANSWER_MODES).nullable(),
  'Whether the model thought before it answered; `null` where nobody says',
);

const point = z.strictObject({
  model: text('Id of the model'),
  option: text('Id of the option'),
  target: text('Id of the target'),
  precision: described(z.string().nullable(), 'Weight format; `null` where the provider chooses it'),
  gpu: described(z.string().nullable(), 'Accelerator; `null` for a managed model'),
  gpus: count('Accelerators bought'),
  weightsGib: orNull(figure('One copy of the weights in this format', 'GiB')),
  tokensPerSecondPerGpu: orNull(band('Output of one accelerator at the objective', 'tokens/s')),
  monthlyUsd: band('Monthly equivalent', 'USD/month'),
  usdPerMillionTokens: orNull(band('Of prompts and answers together', 'USD/10^6 tokens')),
  atLeast: flag('True when a line has no price: the money then means "at least"'),
  quality: described(
    z.strictObject({ score: band('Score times what the weight format keeps', 'score'), mode }).nullable(),
    'On the compared metric; `null` where none is published in the mode',
  ),
  ttftMs: orNull(band('Time to first token at peak', 'ms')),
  tpotMs: orNull(band('Time per output token at peak', 'ms')),
  tokensPerSecondPerUser: orNull(figure('What one user sees', 'tokens/s')),
  confidence: described(confidenceSchema.nullable(), '`null` for a managed model'),
  scores: z.array(
    z.strictObject({
      family: z.enum(TASK_FAMILIES.map(({ family }) => family)),
      metric: text('Id of the score'),
      score: figure('As published, before any loss of a weight format', 'score'),
      mode,
      source: text('Source id'),
    }),
  ),
  pareto: flag('False where another point is no worse in cost, quality and speed, and better in one'),
  notes: texts('What to know before relying on it'),
});

/** `landfall/triangle/v1`: cost, quality and speed of every model on every option. */
export const triangleSchema = z.strictObject({
  schema: z.literal('landfall/triangle/v1'),
  environment: text('Name of the environment'),
  scenario: text('Id of the scenario'),
  asOf: text('Day of the calculation'),
  metric: described(
    z.string().nullable(),
    'Score that the models are compared by; `null` where none has any',
  ),
  mode,
  points: z.array(point),
  evidence: z.array(
    z.strictObject({
      model: text('Id of the model'),
      kind: text('quantization, pruning, distillation'),
      variant: text('What it was made into'),
      metric: text('What was measured'),
      before: z.number().nullable(),
      after: z.number().nullable(),
      recovery: orNull(figure('After ÷ before, where that is a score', 'share')),
      finding: described(z.string().nullable(), 'In words, where no figure was published'),
      source: text('Source id'),
    }),
  ),
  excluded: z.array(
    z.strictObject({
      model: text('Id of the model'),
      option: text('Id of the option'),
      reasons: texts('Why it does not carry the scenario'),
    }),
  ),
}) satisfies z.ZodType<Triangle>;
