import type { Catalog } from '#lib/catalog/catalog';
import type { PriceBook } from '#lib/catalog/prices';
import { planKey, type CompareResult } from '#lib/compare/compare';
import { membersElsewhere } from '#lib/portfolio/mixes/elsewhere';
import { keepsTo } from '#lib/portfolio/keeps-to';
import type { Member } from '#lib/portfolio/member';
import type { TrainingWork } from '#lib/portfolio/training/training-work';
import type { OptionSite } from '#lib/portfolio/fleets/option-cost';
import type { OptionCost } from '#lib/portfolio/fleets/priced-fleet';
import { memberPlanner } from '#lib/portfolio/planned-member';
import { rememberingSizer, type Sizer } from '#lib/plan/sizing/sizer';
import { neededReplicas } from '#lib/plan/scaling/week';
import type { Environment } from '#lib/spec/schema/environment';
import { knobsOf } from '#lib/spec/schema/option';
import type { PortfolioLimits } from '#lib/spec/schema/portfolio';
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
  /** Money at the start is limited: no scenario moves to other nodes that ask more of it. @default - it is not */
  readonly keepsUpfront?: boolean;
  /** Options by id whose shared costs are paid in any case, and count for nobody there. @default - none */
  readonly paidOnce?: ReadonlyMap<string, OptionCost>;
}

export interface CandidateParts {
  /** @default - none */
  readonly works?: readonly TrainingWork[];
  /** What the comparison was sized by, which has most answers already. @default - one of its own */
  readonly sizer?: Sizer;
}

export function candidatesOf(
  environment: Environment,
  { comparison, plans, fleets, estimates }: CompareResult,
  catalog: Catalog,
  prices: PriceBook,
  { works = [], sizer = rememberingSizer(catalog) }: CandidateParts = {},
): Candidates {
  const { finance } = environment;
  const { horizonMonths, discountRatePerYear } = finance;
  const market = { catalog, prices, horizonMonths, discountRatePerYear, onCall: finance.people.onCall };
  const scenarios = Object.entries(environment.scenarios);
  const options = Object.entries(environment.options);
  const request = { environment, catalog, prices, asOf: comparison.asOf, sizer };
  const elsewhere = membersElsewhere(request, memberPlanner(request));
  return {
    scenarios: scenarios.map(([id]) => id),
    works,
    keepsUpfront: environment.portfolio?.upfrontUsd !== undefined,
    options: options.map(([optionId, option]): OptionSite => {
      const target: Target = targets.get(option.target);
      const knobs = knobsOf(option);
      const { commitment, scaling } = option;
      return { optionId, target, knobs, site: target.site(knobs), market, commitment, scaling };
    }),
    members: options.map(([optionId, option]) => {
      const own = scenarios.map(([scenarioId, scenario]): Member | null => {
        const key = planKey(scenarioId, optionId);
        const [plan, fleet, estimate] = [plans.get(key), fleets.get(key), estimates.get(key)];
        if (plan === undefined || fleet === undefined || estimate === undefined) return null;
        const { fill } = option.serving;
        const needs = plan.sizing === null ? [] : neededReplicas(scenario, plan.sizing, fill);
        return { scenarioId, scenario, plan, fleet, estimate, fill, needs };
      });
      return elsewhere(optionId, option, own);
    }),
  };
}

/**
 * The members that keep to the limits which concern each one alone. A bill that means "at least" proves that an option
 * is dear, never that it is cheap: it is left out wherever the scenario has an option with a whole bill.
 */
export function withinLimits(
  { members, ...all }: Candidates,
  limits: PortfolioLimits,
  catalog: Catalog,
): Candidates {
  const kept = members.map((own) =>
    own.map((member) => (member !== null && keepsTo(member, limits, catalog) ? member : null)),
  );
  const isWhole = all.scenarios.map((_, scenario) =>
    kept.some((own) => own[scenario]?.estimate.atLeast === false),
  );
  return {
    ...all,
    members: kept.map((own) =>
      own.map((member, scenario) => (member?.estimate.atLeast === true && isWhole[scenario] ? null : member)),
    ),
  };
}
