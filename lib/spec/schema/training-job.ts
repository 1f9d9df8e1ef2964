import * as z from 'zod';
import { field, Positive } from '#lib/spec/schema/field';
import { JOB_KINDS } from '#lib/training/training';
import { USUAL_REINFORCEMENT } from '#lib/training/usual-recipe';

const count = (most: number) => z.int().gte(1).lte(most);

/** A step writes answers to prompts, compares those of each prompt, and learns from them. */
const Reinforcement = z.strictObject({
  steps: field(count(1_000_000).default(USUAL_REINFORCEMENT.steps), {
    description: 'Steps of one run',
    unit: 'steps',
    example: 500,
  }),
  promptsPerStep: field(count(100_000).default(USUAL_REINFORCEMENT.promptsPerStep), {
    description: 'Prompts that a step answers',
    unit: 'prompts',
    example: 64,
  }),
  answersPerPrompt: field(count(10_000).default(USUAL_REINFORCEMENT.answersPerPrompt), {
    description: 'Answers written to each prompt, compared with each other',
    unit: 'answers',
    example: 16,
  }),
  promptTokens: field(count(1_000_000).default(USUAL_REINFORCEMENT.promptTokens), {
    description: 'Mean length of a prompt',
    unit: 'tokens',
    example: 256,
  }),
  answerTokens: field(count(1_000_000).default(USUAL_REINFORCEMENT.answerTokens), {
    description: 'Mean length of an answer',
    unit: 'tokens',
    example: 2000,
  }),
  longestTokens: field(count(1_000_000).default(USUAL_REINFORCEMENT.longestTokens), {
    description: 'Prompt and answer together, at most',
    unit: 'tokens',
    example: 8192,
  }),
});

/** A training that comes again and again, and may run when serving leaves GPUs free. */
export const TrainingJob = z
  .strictObject({
    title: field(z.string().min(1).max(120).optional(), {
      description: 'What is trained, for people',
      unit: 'text',
      example: 'Monthly tuning on new tickets',
    }),
    kind: field(z.enum(JOB_KINDS).default('lora'), {
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
    millionTokens: field(Positive.lte(1e9).optional(), {
      description: 'Tokens of one run, all passes over the data included; a grpo counts steps instead',
      unit: '1M tokens',
      example: 41,
    }),
    reinforcement: field(Reinforcement.optional(), {
      description: 'Steps of a grpo, and what each writes',
      unit: 'object',
      example: { steps: 500, promptsPerStep: 64, answersPerPrompt: 16 },
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
  })
  .refine(({ kind, reinforcement }) => (kind === 'grpo') === (reinforcement !== undefined), {
    message: 'what a step writes for a grpo, and for nothing else',
    path: ['reinforcement'],
  })
  .refine(({ kind, millionTokens }) => (kind === 'grpo') === (millionTokens === undefined), {
    message: 'the tokens of a run, except for a grpo, which counts steps',
    path: ['millionTokens'],
  });
export type TrainingJob = z.output<typeof TrainingJob>;
