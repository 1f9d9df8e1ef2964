import { compareEnvironment, planKey } from '#lib/compare/compare';
import type { Catalog } from '#lib/catalog/catalog';
import type { PriceBook } from '#lib/catalog/prices';
import type { OptionRow } from '#lib/compare/comparison';
import type { Estimate } from '#lib/cost/estimate';
import type { Plan } from '#lib/plan/plan';
import { rememberingSizer, type Sizer } from '#lib/plan/sizing/sizer';
import type { Environment } from '#lib/spec/schema/environment';
import type { Scenario } from '#lib/spec/schema/scenario';
import { scenarioOf, type Variant } from '#lib/routes/variants';

/** One option that carries a variant of the scenario. */
export interface Served {
  readonly row: OptionRow;
  readonly plan: Plan;
  readonly estimate: Estimate;
}

export interface ServingRequest {
  readonly environment: Environment;
  readonly catalog: Catalog;
  readonly prices: PriceBook;
  readonly asOf: string;
  readonly scenarioId: string;
  readonly scenario: Scenario;
}

/** One model on one option, to be served without compression. */
export interface Uncompressed {
  readonly option: string;
  readonly model: string;
}

/**
 * Every option that carries a variant, cheapest first, fully priced ones before the others; or one model on one option in
 * 16 bits. Each variant is planned once.
 */
export function servingOf(
  request: ServingRequest,
): (variant: Variant, in16Bits?: Uncompressed) => readonly Served[] {
  const known = new Map<string, readonly Served[]>();
  // Most variants change the demand of some models, or none: what two ask alike is sized once.
  const sizer = rememberingSizer(request.catalog);
  return (variant, in16Bits) => {
    const key = in16Bits === undefined ? variant : `${variant}/${in16Bits.option}/${in16Bits.model}`;
    const found = known.get(key) ?? plansOf(request, variant, in16Bits, sizer);
    known.set(key, found);
    return found;
  };
}

function plansOf(
  request: ServingRequest,
  variant: Variant,
  in16Bits: Uncompressed | undefined,
  sizer: Sizer,
): readonly Served[] {
  const { environment, catalog, prices, asOf, scenarioId, scenario } = request;
  const changed = scenarioOf(variant, scenario, catalog, prices);
  const options = in16Bits === undefined ? environment.options : widest(environment.options, in16Bits);
  // Which options a way's weights can run on is the way's own question (`ownWeights`), not that of the scenario's route.
  const scenarios = { [scenarioId]: { ...changed, route: 'direct' as const } };
  const { comparison, plans, estimates } = compareEnvironment({
    environment: { ...environment, options, scenarios, deploy: {} },
    catalog,
    asOf,
    weighsDoubt: false,
    sizer,
  });
  return (comparison.scenarios[0]?.options ?? [])
    .flatMap((row): Served[] => {
      const plan = plans.get(planKey(scenarioId, row.id));
      const estimate = estimates.get(planKey(scenarioId, row.id));
      return plan === undefined || estimate === undefined ? [] : [{ row, plan, estimate }];
    })
    .toSorted(
      (a, b) =>
        Number(a.estimate.atLeast) - Number(b.estimate.atLeast) ||
        a.estimate.totals.monthlyUsd.base - b.estimate.totals.monthlyUsd.base,
    );
}

/** One option as it would serve without compression. The model is pinned: in 16 bits another of the pool may be cheaper. */
function widest(options: Environment['options'], wanted: Uncompressed): Environment['options'] {
  const option = options[wanted.option];
  return option === undefined
    ? {}
    : {
        [wanted.option]: {
          ...option,
          serving: { ...option.serving, model: wanted.model, precision: 'bf16' },
        },
      };
}
