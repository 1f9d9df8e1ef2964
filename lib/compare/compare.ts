import type { Catalog } from '#lib/catalog/catalog';
import { createPriceBook } from '#lib/catalog/price-book';
import type { PriceBook } from '#lib/catalog/prices';
import { boughtOtherwise } from '#lib/compare/bought-otherwise';
import { cautionsOf } from '#lib/compare/cautions';
import { compiledBills } from '#lib/compare/compiled-bills';
import type { Comparison, OptionRow, ScenarioComparison } from '#lib/compare/comparison';
import { interimOf } from '#lib/compare/interim';
import { feasibleRow, infeasibleRow } from '#lib/compare/option-row';
import { growthOf, growthSentences } from '#lib/compare/growth-sentences';
import { paretoSet } from '#lib/compare/pareto';
import { recommend } from '#lib/compare/recommend';
import { catalogSummary, portfolioOf } from '#lib/compare/summary';
import type { Estimate } from '#lib/cost/estimate';
import { overridesOf } from '#lib/cost/finance-overrides';
import { estimateFromPlan } from '#lib/cost/from-plan';
import { suggestion } from '#lib/errors/did-you-mean';
import { LandfallError } from '#lib/errors/landfall-error';
import { nodesAtHorizon } from '#lib/plan/growth/fleet-courses';
import { makePlan } from '#lib/plan/make-plan';
import type { Feasible, Plan } from '#lib/plan/plan';
import { sharedRequest } from '#lib/plan/plan-request';
import { rememberingSizer, type Sizer } from '#lib/plan/sizing/sizer';
import type { Environment } from '#lib/spec/schema/environment';
import { knobsOf, type Option } from '#lib/spec/schema/option';
import { targets } from '#lib/targets/index';
import { traitsOf } from '#lib/targets/layers/traits';
import type { PlacedFleet, Target } from '#lib/targets/target';
import { US_DOLLAR, type Currency } from '#lib/units/currency';

export interface CompareRequest {
  readonly environment: Environment;
  readonly catalog: Catalog;
  /** Day for which the bills are made: `2026-11-23`. */
  readonly asOf: string;
  /** @default - the catalog's, under the environment's own prices and assumptions */
  readonly prices?: PriceBook;
  /** Whether to plan what options would cost if they paid for their fleets otherwise. @default - false */
  readonly otherwise?: boolean;
  /** Whether to draw how sure the recommendation is: for whoever shows it. @default true */
  readonly weighsDoubt?: boolean;
  /** Of several comparisons that ask alike. @default - one for this */
  readonly sizer?: Sizer;
  /** In which sentences name amounts; all figures are in USD. @default - USD */
  readonly currency?: Currency;
  /** Restricts the work to one scenario, one option, or both. @default - everything in the environment */
  readonly only?: { readonly scenario?: string | undefined; readonly option?: string | undefined };
}

/** The document, and what it was made of. Maps are keyed by `planKey`; infeasible options have no entry. */
export interface CompareResult {
  readonly comparison: Comparison;
  readonly plans: ReadonlyMap<string, Plan>;
  readonly fleets: ReadonlyMap<string, PlacedFleet>;
  readonly estimates: ReadonlyMap<string, Estimate>;
}

export function planKey(scenarioId: string, optionId: string): string {
  return `${scenarioId}/${optionId}`;
}

/** Plans and prices every option of every scenario and ranks them. Throws only for an unknown id in `only`. */
export function compareEnvironment({
  environment,
  catalog,
  asOf,
  only,
  otherwise = false,
  weighsDoubt = true,
  sizer = rememberingSizer(catalog),
  currency = US_DOLLAR,
  prices = createPriceBook({ catalog, overrides: overridesOf(environment.finance) }),
}: CompareRequest): CompareResult {
  const { finance } = environment;
  const plans = new Map<string, Plan>();
  const fleets = new Map<string, PlacedFleet>();
  const estimates = new Map<string, Estimate>();
  const { horizonMonths, discountRatePerYear, people } = finance;
  const market = { catalog, prices, horizonMonths, discountRatePerYear, onCall: people.onCall };
  const shared = sharedRequest(environment, { catalog, prices, sizer });
  const options = chosen(environment.options, only?.option, 'UNKNOWN_OPTION');

  const scenarios = chosen(environment.scenarios, only?.scenario, 'UNKNOWN_SCENARIO').map(
    ([scenarioId, scenario]): ScenarioComparison => {
      const bills = new Map<string, Estimate>();
      const planOf = (optionId: string, option: Option) =>
        makePlan({ ...shared, scenarioId, scenario, optionId, option });
      const interim = interimOf(environment, planOf, { prices, asOf });
      const rows = options.map(([optionId, option]): OptionRow => {
        const target: Target = targets.get(option.target);
        const traits = { ...target, ...traitsOf(target, knobsOf(option)) };
        const head = { id: optionId, title: option.title, target: traits };
        const result = planOf(optionId, option);
        if (!result.feasible) return infeasibleRow(head, result);
        const estimate = estimateFromPlan(result.plan, { prices, finance, asOf, interim });
        plans.set(planKey(scenarioId, optionId), result.plan);
        fleets.set(planKey(scenarioId, optionId), result.fleet);
        estimates.set(planKey(scenarioId, optionId), estimate);
        bills.set(optionId, estimate);
        return feasibleRow(head, result.plan, estimate, finance);
      });
      const pareto = paretoSet(rows);
      const billsOf = (ids: readonly string[]) => {
        const known = ids.flatMap((id) => plans.get(planKey(scenarioId, id)) ?? []);
        const { traffic } = scenario;
        return !weighsDoubt || known.length < ids.length
          ? null
          : compiledBills(known, { prices, finance, traffic, asOf, interim });
      };
      const nodesOf = (id: string) =>
        nodesAtHorizon(plans.get(planKey(scenarioId, id))?.growth, scenario.traffic, horizonMonths);
      const { runnerUp, ...advice } = recommend(rows, pareto, bills, billsOf, nodesOf, currency);
      const growth = growthOf(scenario.traffic, finance.horizonMonths);
      return {
        id: scenarioId,
        title: scenario.title,
        route: scenario.route,
        pareto: pareto.map((row) => row.id),
        ...advice,
        why: [...advice.why, ...growthSentences(rows, growth, currency)],
        otherwise: otherwise
          ? options.flatMap(([id, option]) => {
              const bill = bills.get(id);
              const plan = plans.get(planKey(scenarioId, id));
              const fleet = fleets.get(planKey(scenarioId, id));
              if (bill === undefined || plan === undefined || fleet === undefined) return [];
              const fixed = { id, option, target: targets.get(option.target), fleet, market, plan, bill };
              const billOf = ({ plan }: Feasible) =>
                estimateFromPlan(plan, { prices, finance, asOf, interim });
              return boughtOtherwise(fixed, scenario, (changed) => planOf(id, changed), billOf) ?? [];
            })
          : [],
        cautions: cautionsOf(
          [
            ...new Set([
              ...[advice.recommended, runnerUp].flatMap((id) => id ?? []),
              ...rows.flatMap(({ id, feasible }) => (feasible ? [id] : [])),
            ]),
          ],
          (id) => plans.get(planKey(scenarioId, id)),
        ),
        options: rows,
      };
    },
  );

  const comparison: Comparison = {
    schema: 'landfall/comparison/v1',
    environment: environment.name,
    asOf,
    horizonMonths: finance.horizonMonths,
    catalog: catalogSummary([...estimates.values()], catalog),
    scenarios,
    portfolio: portfolioOf(scenarios, environment.deploy),
  };
  return { comparison, plans, fleets, estimates };
}

function chosen<Value>(
  all: Readonly<Record<string, Value>>,
  id: string | undefined,
  code: 'UNKNOWN_OPTION' | 'UNKNOWN_SCENARIO',
): [string, Value][] {
  const entries = Object.entries(all);
  if (id === undefined) return entries;
  const found = entries.filter(([key]) => key === id);
  if (found.length > 0) return found;
  const where = code === 'UNKNOWN_OPTION' ? 'options' : 'scenarios';
  throw new LandfallError({
    code,
    at: where,
    got: `"${id}"`,
    expected: `one of the environment's ${where}`,
    fix: suggestion(id, Object.keys(all)),
  });
}
