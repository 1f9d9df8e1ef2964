import * as z from 'zod';
import { stepSchema } from '#lib/report/documents/derivation';
import { band, count, described, figure, share, text, texts } from '#lib/report/documents/figure';
import {
  askedOfTraining,
  CONFIDENCES,
  heldRun,
  reliabilitySchema,
  trainingMisfit,
  writingFormat,
} from '#lib/report/documents/training';
import type { TrainingSpeed } from '#lib/training/mfu';
import type { ReinforcementSizing } from '#lib/training/reinforcement';
import type { Generation } from '#lib/training/rollouts';

const speed = z.strictObject({
  tokensPerSecondPerGpu: band('Of one GPU that learns', 'tokens/s'),
  mfu: band('Of the dense peak of the format', 'share 0–1'),
  peakFlops: figure('Dense peak of the format', 'FLOP/s'),
  flopsPerToken: figure('Model FLOPs of a token', 'FLOP'),
  time: z.strictObject({
    weights: figure('GPU seconds of a token in matrix products', 's'),
    attention: figure('In attention', 's'),
    memory: figure('In reading and writing memory', 's'),
    launches: figure('In launches', 's'),
    communication: figure('In communication that is not hidden', 's'),
    bubble: figure('Multiple of the above for stages that wait', 'factor'),
    step: figure('Share of the optimiser step', 's'),
  }),
  effect: figure('Multiple of that time that such runs are known to take', 'factor'),
  confidence: z.enum(CONFIDENCES),
}) satisfies z.ZodType<TrainingSpeed>;

const generation = z.strictObject({
  seconds: band('To write all answers of a step', 's'),
  gpusPerReplica: count('GPUs of a replica that writes'),
  replicas: count('Replicas that write'),
  concurrency: figure('Answers that one replica writes at once', 'answers'),
  idleShare: share('Of the seconds in which slots are empty behind the longest answers'),
}) satisfies z.ZodType<Generation>;

const head = {
  schema: z.literal('landfall/sizing-grpo/v1'),
  model: text('Model id of the catalogue'),
  accelerator: text('Accelerator id of the catalogue'),
  work: z.strictObject({
    ...askedOfTraining,
    writesIn: writingFormat.optional(),
    steps: figure('Of the run', 'steps'),
    promptsPerStep: figure('Prompts of a step', 'prompts'),
    answersPerPrompt: figure('Answers to each', 'answers'),
    promptTokens: figure('Of a prompt', 'tokens'),
    answerTokens: figure('Mean of an answer', 'tokens'),
    longestTokens: figure('Prompt and answer together, at most', 'tokens'),
    updatesPerStep: figure('Optimiser steps on the answers of one step', 'updates').optional(),
    hasReference: described(
      z.boolean(),
      'A frozen model is held that the trained one must stay near',
    ).optional(),
  }),
};

const fits = {
  fits: z.literal(true),
  gpus: count('GPUs that write and learn in turn'),
  run: described(
    z.strictObject({ ...heldRun, copies: count('Copies of the model that learn'), speed }),
    'The learning half',
  ),
  generation: described(generation, 'The writing half'),
  tokensPerStep: figure('Prompts and answers of a step', 'tokens'),
  stepSeconds: z.strictObject({
    generation: band('Writing', 's'),
    scoring: band('Probabilities of what was written', 's'),
    update: band('Learning', 's'),
    refit: figure('Trained weights handed to the engine that writes', 's'),
    beyond: band('What published runs take beyond it', 's'),
    total: band('Of one step', 's'),
  }),
  computeHours: band('Of computing alone', 'hours'),
  hours: band('With interruptions', 'hours'),
  gpuHours: band('Hours × GPUs', 'GPU hours'),
  reliability: reliabilitySchema,
  notes: texts('What the figures leave out'),
  derivation: z.array(stepSchema),
} satisfies Record<keyof ReinforcementSizing, z.ZodType>;

/** `landfall/sizing-grpo/v1`. */
export const reinforcementSchema = z.discriminatedUnion('fits', [
  z.strictObject({ ...head, ...fits }),
  z.strictObject({ ...head, ...trainingMisfit }),
]);
