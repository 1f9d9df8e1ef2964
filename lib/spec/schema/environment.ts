import * as z from 'zod';
import { field, Slug } from '#lib/spec/schema/field';
import { Finance } from '#lib/spec/schema/finance';
import { option } from '#lib/spec/schema/option';
import { OwnCatalogFields } from '#lib/spec/schema/own-catalog';
import { PortfolioRules } from '#lib/spec/schema/portfolio';
import { Review } from '#lib/spec/schema/review';
import { Scenario } from '#lib/spec/schema/scenario';

/** The root: demand (`scenarios`), ways to meet it (`options`), money (`finance`) and the choice made (`deploy`). */
export function environment() {
  return z.strictObject({
    name: field(Slug.clone(), {
      description: 'Name of the environment; part of every resource name',
      unit: 'id',
      example: 'support',
    }),
    description: field(z.string().max(2_000).optional(), {
      description: 'What this environment is for',
      unit: 'text',
      example: 'Support assistant for 40 agents',
    }),
    extends: field(z.string().min(1).optional(), {
      description: 'Environment file whose values hold where this one is silent; relative to this file',
      unit: 'path',
      example: './base.yaml',
    }),
    scenarios: field(z.record(Slug, Scenario), {
      description: 'Demand, by id',
      unit: 'object',
      example: {},
    }),
    options: field(z.record(Slug, option()), {
      description: 'Ways to run it, by id',
      unit: 'object',
      example: { bedrock: { target: 'aws-bedrock' } },
    }),
    finance: field(Finance.prefault({}), {
      description: 'Money and time',
      unit: 'object',
      example: { horizonMonths: 36 },
    }),
    portfolio: field(PortfolioRules.optional(), {
      description:
        'Limits that all scenarios must keep together, and trainings beside them: `landfall portfolio`',
      unit: 'object',
      example: { budgetUsdPerMonth: 60_000, leadTimeDays: 60 },
    }),
    review: field(Review.optional(), {
      description: 'What a change of this environment is held to: `landfall diff`',
      unit: 'object',
      example: { failOn: ['data-loss', 'cost:+10%'] },
    }),
    catalog: field(OwnCatalogFields.optional(), {
      description: 'What is laid over the bundled catalog: models, a calibration and prices of your own',
      unit: 'object',
      example: { prices: './landfall.prices.json' },
    }),
    deploy: field(z.record(Slug, Slug).default({}), {
      description: 'Which option each scenario is deployed on',
      unit: 'object',
      example: { support: 'bedrock' },
    }),
  });
}
export type Environment = z.output<ReturnType<typeof environment>>;
