import { loadCatalog } from '#lib/catalog/load';
import { createPriceBook } from '#lib/catalog/price-book';
import { makePlan } from '#lib/plan/make-plan';
import { Finance } from '#lib/spec/schema/finance';
import { option } from '#lib/spec/schema/option';
import { Scenario } from '#lib/spec/schema/scenario';

const catalog = loadCatalog();
const prices = createPriceBook({ catalog });

/** The plan of a chat with long prompts on a fleet of one's own, and its model server. */
export function chatPlan(
  model: string,
  optionInput: object,
  requestsPerSecond: { readonly mean: number; readonly peak: number },
) {
  const result = makePlan({
    environmentName: 'test',
    scenarioId: 'chat',
    scenario: Scenario.parse({
      title: 'Chat',
      models: [model],
      traffic: { requestsPerSecond, inputTokens: { mean: 2048 }, outputTokens: { mean: 512 } },
      objectives: { ttftMs: 8000, tpotMs: 120 },
    }),
    optionId: 'one',
    option: option().parse(optionInput),
    finance: Finance.parse({}),
    catalog,
    prices,
  });
  if (!result.feasible) throw new Error(result.reasons.join('; '));
  const { plan } = result;
  if (plan.sizing === null || plan.serving === null) throw new Error('no model server');
  const { sizing, serving, notes } = plan;
  return { sizing, serving, notes };
}
