import type { Catalog } from '#lib/catalog/catalog';
import type { PriceBook } from '#lib/catalog/prices';
import { interimOf } from '#lib/compare/interim';
import type { Interim } from '#lib/cost/benefit-lines';
import { estimateFromPlan } from '#lib/cost/from-plan';
import { makePlan } from '#lib/plan/make-plan';
import { sharedRequest, type PlanRequest } from '#lib/plan/plan-request';
import type { Sizer } from '#lib/plan/sizing/sizer';
import { neededReplicas } from '#lib/plan/scaling/week';
import type { Member } from '#lib/portfolio/member';
import type { Environment } from '#lib/spec/schema/environment';
import type { Finance } from '#lib/spec/schema/finance';
import type { Option } from '#lib/spec/schema/option';
import type { Scenario } from '#lib/spec/schema/scenario';

export interface MemberRequest {
  readonly environment: Environment;
  readonly catalog: Catalog;
  readonly prices: PriceBook;
  readonly asOf: string;
  /** That of the comparison has most answers already. */
  readonly sizer: Sizer;
}

/** A demand, or a part of one, on an option. */
export interface Placement {
  readonly scenarioId: string;
  readonly scenario: Scenario;
  readonly optionId: string;
  readonly option: Option;
  /** Ids of the offerings that it may stand on. @default - all that the target offers */
  readonly standsOn?: PlanRequest['standsOn'];
}

/**
 * Plans and bills a demand as the comparison does. `isBeside`: beside another bill of the same scenario, which has
 * what is paid once: the wait, the benefit that is forgone, compliance. `null` where it does not fit.
 */
export type PlannedMember = (placement: Placement, isBeside?: boolean) => Member | null;

export function memberPlanner({ environment, catalog, prices, asOf, sizer }: MemberRequest): PlannedMember {
  const { finance } = environment;
  const base = sharedRequest(environment, { catalog, prices, sizer });
  const besideFinance: Finance = { ...finance, benefitUsdPerMonth: 0, compliance: undefined };
  const interims = new Map<string, Interim | null>();
  const interimFor = (scenarioId: string) => {
    const found = interims.get(scenarioId);
    const scenario = environment.scenarios[scenarioId];
    if (found !== undefined || scenario === undefined) return found ?? null;
    const planOf = (optionId: string, option: Option) =>
      makePlan({ ...base, scenarioId, scenario, optionId, option });
    const interim = interimOf(environment, planOf, { prices, asOf });
    interims.set(scenarioId, interim);
    return interim;
  };
  return (placement, isBeside = false) => {
    const { scenarioId, scenario, option } = placement;
    const result = makePlan({ ...base, ...placement });
    if (!result.feasible) return null;
    const { plan, fleet } = result;
    const { fill } = option.serving;
    return {
      scenarioId,
      scenario,
      plan,
      fleet,
      estimate: estimateFromPlan(plan, {
        prices,
        asOf,
        finance: isBeside ? besideFinance : finance,
        interim: isBeside ? null : interimFor(scenarioId),
      }),
      fill,
      needs: plan.sizing === null ? [] : neededReplicas(scenario, plan.sizing, fill),
    };
  };
}
