import * as z from 'zod';
import { field, Positive } from '#lib/spec/field';
import { TRAINING_KINDS } from '#lib/training/training';

/** A training that comes again and again, and may run when serving leaves GPUs free. */
export const TrainingJob = z
  .strictObject({
    title: field(z.string().min(1).max(120).optional(), {
      description: 'What is trained, for people',
      unit: 'text',
      example: 'Monthly tuning on new tickets',
    }),
    kind: field(z.enum(TRAINING_KINDS).default('lora'), {
      description: 'What is trained of the model, and how',
      unit: 'id',
      example: 'lora',
    }),
    model: field(z.string().min(1), {
      description: 'Model that is trained',
      unit: 'id',
      example: 'llama-3.1-8b',
      catalog: 'models',
    }),
    teacher: field(z.string().min(1).optional(), {
      description: 'Model whose answers a distillation learns from',
      unit: 'id',
      example: 'llama-3.1-70b',
      catalog: 'models',
    }),
    millionTokens: field(Positive.lte(1e9), {
      description: 'Tokens of one run, all passes over the data included',
      unit: '1M tokens',
      example: 41,
    }),
    runsPerMonth: field(Positive.lte(1_000).default(1), {
      description: 'How often it is trained again',
      unit: 'runs/month',
      example: 1,
    }),
  })
  .refine(({ kind, teacher }) => (kind === 'distillation') === (teacher !== undefined), {
    message: 'a teacher for a distillation, and for nothing else',
    path: ['teacher'],
  });
export type TrainingJob = z.output<typeof TrainingJob>;
