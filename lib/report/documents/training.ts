import * as z from 'zod';
import { PRECISIONS } from '#lib/catalog/precision';
import { stepSchema } from '#lib/report/documents/derivation';
import { band, count, described, figure, orNull, share, text, texts } from '#lib/report/documents/figure';
import { LORA_TARGETS } from '#lib/sizing/lora-parameters';
import { ACTIVATION_MODES } from '#lib/training/activations';
import { OPTIMISERS, type MemoryNeed } from '#lib/training/memory';
import type { Reliability } from '#lib/training/reliability';
import { TRAINING_PRECISIONS, type TrainingLayout } from '#lib/training/setup';
import { TRAINING_KINDS, type TrainingMisfit, type TrainingSizing } from '#lib/training/training';

const layout = z
  .strictObject({
    tensor: count('Tensor-parallel degree'),
    pipeline: count('Pipeline-parallel degree'),
    context: count('Context-parallel degree'),
    expert: count('GPUs over which experts are spread'),
  })
  .meta({
    id: 'TrainingLayout',
    description: 'GPUs of one copy of the model',
  }) satisfies z.ZodType<TrainingLayout>;

const memory = z
  .strictObject({
    weightsGib: figure('Weights', 'GiB'),
    gradientsGib: figure('Gradients', 'GiB'),
    optimiserGib: figure('States of the optimiser', 'GiB'),
    gatheredGib: figure('Split weights written out for computing', 'GiB'),
    activationsGib: figure('Activations', 'GiB'),
    logitsGib: figure('Logits of the loss', 'GiB'),
    allocatedGib: figure('What tensors take', 'GiB'),
    overheadGib: figure('Context, communication buffers, fragments', 'GiB'),
    neededGib: figure('All of it', 'GiB'),
  })
  .meta({ id: 'TrainingMemory', description: 'On the fullest GPU' }) satisfies z.ZodType<MemoryNeed>;

export const reliabilitySchema = z
  .strictObject({
    resumeBytes: figure('Of a checkpoint to resume from', 'bytes'),
    writeSeconds: figure('To write it', 's'),
    intervalSeconds: figure('Between two of them, by Young and Daly', 's'),
    mtbfHours: figure('Of the whole run between interruptions', 'hours'),
    failures: orNull(
      figure('Interruptions to expect; `null` where the run would not advance', 'interruptions'),
    ),
    goodput: share('Of the time that computes what is kept'),
    hours: orNull(figure('Until the run is done; `null` where it would not advance', 'hours')),
  })
  .meta({ id: 'Reliability', description: 'What interruptions cost' }) satisfies z.ZodType<Reliability>;

/** What a run stands on: a layout with its memory. */
export const heldRun = {
  gpus: count('GPUs of the run'),
  layout,
  zero: described(z.union([z.literal(0), z.literal(1), z.literal(2), z.literal(3)]), 'Stage of ZeRO'),
  activations: described(z.enum(ACTIVATION_MODES), 'Kept, or computed again for the backward pass'),
  memory,
  usableGib: figure('Of one GPU that may be filled', 'GiB'),
};

/** Parts of what is asked that both kinds of training have. */
export const askedOfTraining = {
  precision: described(z.enum(TRAINING_PRECISIONS), 'Format of the multiplications'),
  optimiser: z.enum(OPTIMISERS).optional(),
  adapter: z
    .strictObject({ rank: count('Rank of the adapter'), targets: z.array(z.enum(LORA_TARGETS)) })
    .optional(),
  gpus: count('GPUs of the run, where they are given').optional(),
  withinHours: figure('It must be done by then', 'hours').optional(),
};

export const CONFIDENCES = ['calibrated', 'extrapolated'] as const;
export const writingFormat = described(z.enum(PRECISIONS), 'Format of the weights that write');

/** Why nothing holds a run. */
export const trainingMisfit = {
  fits: z.literal(false),
  reasons: texts('What is needed, and what there is'),
} satisfies Record<keyof TrainingMisfit, z.ZodType>;

const head = {
  schema: z.literal('landfall/sizing-train/v1'),
  model: text('Model id of the catalogue'),
  accelerator: text('Accelerator id of the catalogue'),
  teacher: text('Model whose outputs are learnt').optional(),
  work: z.strictObject({
    kind: z.enum(TRAINING_KINDS),
    ...askedOfTraining,
    tokens: figure('Trained over', 'tokens'),
    sequenceTokens: figure('Of one sequence', 'tokens'),
    globalBatch: figure('Of one optimiser step', 'sequences'),
    microBatch: figure('Of one forward pass of one copy', 'sequences').optional(),
    criticalBatch: figure('At which twice the tokens are needed', 'sequences').optional(),
    checkpointGbPerSecond: figure('At which all GPUs write a checkpoint', 'GB/s').optional(),
    mtbfGpuHours: figure('Of one GPU between interruptions', 'hours').optional(),
  }),
};

const fits = {
  fits: z.literal(true),
  ...heldRun,
  flops: figure('Model FLOPs of the whole run', 'FLOP'),
  tokens: figure('After what a large batch wastes', 'tokens'),
  tokensPerSecond: band('Of all GPUs together', 'tokens/s'),
  mfu: band('Of the dense peak of the format', 'share 0–1'),
  computeHours: band('Of computing alone', 'hours'),
  hours: band('With interruptions', 'hours'),
  gpuHours: band('Hours × GPUs', 'GPU hours'),
  batchCapGpus: count('GPUs beyond which no more copies find a sequence in the batch'),
  reliability: reliabilitySchema,
  servedBytes: figure('Of what is served afterwards', 'bytes'),
  confidence: described(z.enum(CONFIDENCES), 'Measured on this accelerator in this format, or not'),
  notes: texts('What the figures leave out'),
  derivation: z.array(stepSchema),
} satisfies Record<keyof TrainingSizing, z.ZodType>;

/** `landfall/sizing-train/v1`. */
export const trainingSchema = z.discriminatedUnion('fits', [
  z.strictObject({ ...head, ...fits }),
  z.strictObject({ ...head, ...trainingMisfit }),
]);
