import * as z from 'zod';
import { field, Positive, Slug } from '#lib/spec/schema/field';
import { QUALITY_EXAMPLE, qualityFloor } from '#lib/spec/schema/quality-floor';
import { TrainingJob } from '#lib/spec/schema/training-job';

/** Limits on all scenarios together. */
export const PortfolioLimits = z.strictObject({
  budgetUsdPerMonth: field(Positive.lte(1e12).optional(), {
    description: 'Most that all scenarios together may cost, people included: the monthly equivalent',
    unit: 'USD/month',
    example: 60_000,
  }),
  upfrontUsd: field(z.number().gte(0).lte(1e12).optional(), {
    description: 'Most that may be due at the start: servers, building, projects',
    unit: 'USD',
    example: 250_000,
  }),
  leadTimeDays: field(z.number().gte(0).lte(3650).optional(), {
    description: 'Days after which every scenario must be served',
    unit: 'days',
    example: 60,
  }),
  quality: field(
    qualityFloor('Lowest score of any chosen model, after the loss of its weight format').optional(),
    {
      description: 'Quality floor of every scenario; a model without a published score does not meet it',
      unit: 'score',
      example: QUALITY_EXAMPLE,
    },
  ),
});
export type PortfolioLimits = z.output<typeof PortfolioLimits>;

/** What is decided for all scenarios together. */
export const PortfolioRules = PortfolioLimits.extend({
  training: field(z.record(Slug, TrainingJob).optional(), {
    description:
      'Trainings by id that take GPUs while serving leaves them free, and are bought by the hour beyond that',
    unit: 'object',
    example: { tuning: { model: 'llama-3.1-8b', millionTokens: 41 } },
  }),
});
