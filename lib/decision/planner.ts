import type { Catalog } from '#lib/catalog/catalog';
import { createPriceBook } from '#lib/catalog/price-book';
import type { PriceBook } from '#lib/catalog/prices';
import type { Estimate } from '#lib/cost/estimate';
import { GROWTH } from '#lib/cost/compiled/bill-input';
import { estimateFromPlan } from '#lib/cost/from-plan';
import type { Environment } from '#lib/spec/environment';
import type { Scenario } from '#lib/spec/scenario';
import { interimOf } from '#lib/compare/interim';
import type { Interim } from '#lib/cost/benefit-lines';
import { overridesOf } from '#lib/cost/finance-overrides';
import type { Option } from '#lib/spec/option';
import { changedInputs, type InputChange, type Stated } from '#lib/decision/changed-inputs';
import { makePlan } from '#lib/plan/make-plan';
import type { Plan } from '#lib/plan/plan';
import { sharedRequest } from '#lib/plan/plan-request';
import { rememberingSizer } from '#lib/plan/sizer';

/** One option of one scenario, planned and billed. */
export interface Planned {
  readonly plan: Plan;
  readonly estimate: Estimate;
  /** Ids of the assumptions and prices that the planning read, whatever it decided by them. */
  readonly planningReads: ReadonlySet<string>;
}

/** Plans and bills options of one scenario anew with other inputs: the whole computation, nothing compiled. */
export interface Planner {
  /** What serves until an option is ready, as planned at base. */
  readonly interim: Interim | null;
  /** `null` where the option does not fit, or where the change is none that an environment can state. */
  plan(optionId: string, changes: readonly InputChange[]): Planned | null;
  /** Why an option does not fit as the environment states it; empty where it does. */
  misfit(optionId: string): readonly string[];
}

export interface PlannerProps {
  readonly environment: Environment;
  readonly scenarioId: string;
  readonly scenario: Scenario;
  readonly catalog: Catalog;
  readonly asOf: string;
}

export function createPlanner({ environment, scenarioId, scenario, catalog, asOf }: PlannerProps): Planner {
  const sizer = rememberingSizer(catalog);
  const feasibility = (optionId: string, option: Option, stated: Stated, prices: PriceBook) =>
    makePlan({
      ...sharedRequest({ name: environment.name, finance: stated.finance }, { catalog, prices, sizer }),
      scenarioId,
      scenario: stated.scenario,
      optionId,
      option,
    });
  const priced = (stated: Stated) => createPriceBook({ catalog, overrides: stated.overrides });
  const interimAt = (stated: Stated, prices: PriceBook) =>
    interimOf(
      { finance: stated.finance, options: environment.options },
      (id, option) => feasibility(id, option, stated, prices),
      { prices, asOf },
    );
  const asStated = { finance: environment.finance, scenario, overrides: overridesOf(environment.finance) };
  return {
    interim: interimAt(asStated, priced(asStated)),
    plan: (optionId, changes) => {
      const option = environment.options[optionId];
      const stated = changedInputs(asStated, changes);
      if (option === undefined || stated === null) return null;
      const prices = priced(stated);
      const planningReads = new Set<string>();
      const result = feasibility(optionId, option, stated, noting(prices, planningReads));
      if (!result.feasible) return null;
      // The deployed fleet carries the peak of a later month, which growth makes.
      if (stated.scenario.traffic.sizeForMonth > 1) planningReads.add(GROWTH);
      const interim = interimAt(stated, prices);
      const context = { prices, finance: stated.finance, asOf, interim };
      return { plan: result.plan, estimate: estimateFromPlan(result.plan, context), planningReads };
    },
    misfit: (optionId) => {
      const option = environment.options[optionId];
      if (option === undefined) return [];
      const result = feasibility(optionId, option, asStated, priced(asStated));
      return result.feasible ? [] : result.reasons;
    },
  };
}

function noting(prices: PriceBook, reads: Set<string>): PriceBook {
  return {
    price: (reference) => {
      const price = prices.price(reference);
      reads.add(price.id);
      return price;
    },
    listed: (query) => prices.listed(query),
    assumption: (id) => {
      reads.add(id);
      return prices.assumption(id);
    },
  };
}
