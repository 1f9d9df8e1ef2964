import type { Catalog } from '#lib/catalog/catalog';
import { createPriceBook } from '#lib/catalog/price-book';
import { overridesOf } from '#lib/cost/finance-overrides';
import { makePlan } from '#lib/plan/make-plan';
import type { NodePool, Plan } from '#lib/plan/plan';
import { contextOf, sharedRequest } from '#lib/plan/plan-request';
import type { Environment } from '#lib/spec/schema/environment';

/** The nodes of a plan and the bill that they were chosen by. */
export interface WeighedNodes {
  /** `2 × p5.4xlarge`. */
  readonly nodes: string;
  /** The whole bill over the horizon, USD a month; `null` without a price. */
  readonly weighedUsd: number | null;
  /** The cheapest plan on any other node; `null` where no other is offered, or fits. */
  readonly next: {
    readonly nodes: string;
    readonly model: string;
    readonly precision: string;
    /** What its bill is more; `null` without a price. */
    readonly moreUsd: number | null;
  } | null;
}

/** By what the nodes of a plan were chosen, and what the runner-up would cost; `null` of a model that the provider runs. */
export function weighedNodes(environment: Environment, catalog: Catalog, plan: Plan): WeighedNodes | null {
  const { scenario: scenarioId, option: optionId, choice } = plan;
  const scenario = environment.scenarios[scenarioId];
  const option = environment.options[optionId];
  const pool = servingPool(plan);
  if (choice === undefined || pool === null || scenario === undefined || option === undefined) return null;
  const prices = createPriceBook({ catalog, overrides: overridesOf(environment.finance) });
  const shared = sharedRequest(environment, { catalog, prices });
  const request = { ...shared, scenarioId, scenario, optionId, option };
  const { target, knobs, market } = contextOf(request);
  const standsOn = target
    .offerings(knobs, market)
    .flatMap((one) => (one.kind === 'node' && one.shape !== pool.shape ? [one.id] : []));
  const next = standsOn.length === 0 ? null : makePlan({ ...request, standsOn });
  return {
    nodes: nodesOf(pool),
    weighedUsd: choice.weighedUsdPerMonth,
    next: next === null || !next.feasible ? null : runnerUp(next.plan, choice.weighedUsdPerMonth),
  };
}

function runnerUp(plan: Plan, chosenUsd: number | null): WeighedNodes['next'] {
  const pool = servingPool(plan);
  if (pool === null || plan.serving === null) return null;
  const usd = plan.choice?.weighedUsdPerMonth ?? null;
  return {
    nodes: nodesOf(pool),
    model: plan.model.id,
    precision: plan.serving.precision,
    moreUsd: usd === null || chosenUsd === null ? null : usd - chosenUsd,
  };
}

function servingPool({ nodePools, serving }: Plan): NodePool | null {
  return nodePools.find(({ id }) => id === serving?.nodePool) ?? null;
}

function nodesOf({ nodes, shape }: NodePool): string {
  return `${nodes.desired} × ${shape}`;
}
