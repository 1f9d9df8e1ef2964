import type { Catalog } from '#lib/catalog/catalog';
import { qualityOf } from '#lib/catalog/models';
import type { PriceBook } from '#lib/catalog/prices';
import { planKey, type CompareResult } from '#lib/compare/compare';
import { recoveryOf } from '#lib/plan/candidates';
import type { Member } from '#lib/portfolio/member';
import type { TrainingWork } from '#lib/portfolio/training-work';
import type { OptionSite } from '#lib/portfolio/option-cost';
import { neededReplicas } from '#lib/plan/week';
import type { Environment } from '#lib/spec/environment';
import { knobsOf } from '#lib/spec/option';
import type { PortfolioLimits } from '#lib/spec/portfolio';
import { targets } from '#lib/targets/index';
import type { Target } from '#lib/targets/target';

/** Scenarios by options: who fits where. */
export interface Candidates {
  readonly scenarios: readonly string[];
  readonly options: readonly OptionSite[];
  /** By option, then scenario; `null` where it does not fit. */
  readonly members: readonly (readonly (Member | null)[])[];
  /** Trainings that are assigned too. */
  readonly works: readonly TrainingWork[];
}

export function candidatesOf(
  environment: Environment,
  { plans, fleets, estimates }: CompareResult,
  catalog: Catalog,
  prices: PriceBook,
  works: readonly TrainingWork[] = [],
): Candidates {
  const { finance } = environment;
  const { horizonMonths, discountRatePerYear } = finance;
  const market = { catalog, prices, horizonMonths, discountRatePerYear, onCall: finance.people.onCall };
  const scenarios = Object.entries(environment.scenarios);
  const options = Object.entries(environment.options);
  return {
    scenarios: scenarios.map(([id]) => id),
    works,
    options: options.map(([optionId, option]): OptionSite => {
      const target: Target = targets.get(option.target);
      const knobs = knobsOf(option);
      const { commitment } = option;
      return { optionId, target, knobs, site: target.site(knobs), market, commitment };
    }),
    members: options.map(([optionId, option]) =>
      scenarios.map(([scenarioId, scenario]): Member | null => {
        const key = planKey(scenarioId, optionId);
        const [plan, fleet, estimate] = [plans.get(key), fleets.get(key), estimates.get(key)];
        if (plan === undefined || fleet === undefined || estimate === undefined) return null;
        const { fill } = option.serving;
        const needs = plan.sizing === null ? [] : neededReplicas(scenario, plan.sizing, fill);
        return { scenarioId, scenario, plan, fleet, estimate, fill, needs };
      }),
    ),
  };
}

/**
 * The members that keep to the limits which concern each one alone. A bill that means "at least" proves that an option
 * is dear, never that it is cheap: it is left out wherever the scenario has an option with a whole bill.
 */
export function withinLimits(
  { members, scenarios, options, works }: Candidates,
  limits: PortfolioLimits,
  catalog: Catalog,
): Candidates {
  const kept = members.map((own) =>
    own.map((member) => (member !== null && keepsTo(member, limits, catalog) ? member : null)),
  );
  const isWhole = scenarios.map((_, scenario) =>
    kept.some((own) => own[scenario]?.estimate.atLeast === false),
  );
  return {
    scenarios,
    options,
    works,
    members: kept.map((own) =>
      own.map((member, scenario) => (member?.estimate.atLeast === true && isWhole[scenario] ? null : member)),
    ),
  };
}

function keepsTo(member: Member, limits: PortfolioLimits, catalog: Catalog): boolean {
  const { leadTimeDays, quality } = limits;
  const { plan } = member;
  if (leadTimeDays !== undefined && plan.leadTimeDays.base > leadTimeDays) return false;
  if (quality === undefined) return true;
  const score = scoreOf(member, quality.metric, catalog);
  return score !== null && score >= quality.floor;
}

/**
 * Score of a plan's model on a metric after the loss of its format, in the mode that its scenario answers in; `null` where
 * none is published.
 */
export function scoreOf(
  { plan, scenario }: Pick<Member, 'plan' | 'scenario'>,
  metric: string,
  catalog: Catalog,
): number | null {
  const model = catalog.models.get(plan.model.id);
  const score = model === undefined ? undefined : qualityOf(model, metric, scenario.mode);
  if (model === undefined || score === undefined) return null;
  const recovery = plan.serving === null ? 1 : recoveryOf(model, plan.serving.precision, catalog);
  return score.score * (recovery ?? 1);
}
