import { describe, expect, it } from 'vitest';
import { loadCatalog } from '#lib/catalog/load';
import { createPriceBook } from '#lib/catalog/price-book';
import { overridesOf } from '#lib/cost/finance-overrides';
import { makePlan } from '#lib/plan/make-plan';
import { sharedRequest, type PlanRequest } from '#lib/plan/plan-request';
import { chosenDemand } from '#lib/plan/sizing/chosen-demand';
import { restatedDemand } from '#lib/plan/sizing/stated-demand';
import { sizeDemand } from '#lib/sizing/disaggregated';
import { loadEnvironment } from '#lib/spec/load-environment';
import type { Plan } from '#lib/plan/plan';
import { shippedOptions } from '../../../_support/shipped-options';

const catalog = loadCatalog();

function planned(file: string, scenarioId: string, optionId: string) {
  const { environment } = loadEnvironment(file, catalog);
  const [scenario, option] = [environment.scenarios[scenarioId], environment.options[optionId]];
  if (scenario === undefined || option === undefined) throw new Error(`no ${scenarioId} or ${optionId}`);
  const prices = createPriceBook({ catalog, overrides: overridesOf(environment.finance) });
  const shared = sharedRequest(environment, { catalog, prices });
  const request: PlanRequest = { ...shared, scenarioId, scenario, optionId, option };
  const result = makePlan(request);
  if (!result.feasible) throw new Error(result.reasons.join('; '));
  return { request, plan: result.plan };
}

const all = shippedOptions().map((names) => ({ names, ...planned(...names) }));
const isServed = ({ plan }: { readonly plan: Plan }) => plan.serving !== null;

describe('the demand of a plan', () => {
  it('is known of every shipped option with nodes, and of no other', () => {
    for (const one of all) {
      expect([one.names, chosenDemand(one.request, one.plan) !== null]).toEqual([one.names, isServed(one)]);
    }
    expect(all.filter(isServed).length).toBeGreaterThan(15);
  });

  it.each(all.filter(isServed))('$names is sized as it was planned', ({ request, plan }) => {
    const found = chosenDemand(request, plan);
    if (found === null) throw new Error('no demand');
    const { demand } = found;
    const sized = sizeDemand(demand, catalog, []);
    const { nearest: _, confidence: _not, ...rest } = plan.sizing ?? {};
    expect(sized).toMatchObject(rest);
    const { model, accelerator, precision, ...load } = demand;
    const stated = { model, accelerator, techniques: {} };
    const restated = restatedDemand(stated, found, catalog, request.prices);
    expect({ ...restated, precision }).toEqual({ ...load, model, accelerator, precision });
  });
});
