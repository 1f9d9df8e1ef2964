import { compareEnvironment, planKey } from '#lib/compare/compare';
import type { Catalog } from '#lib/catalog/catalog';
import type { PriceBook } from '#lib/catalog/prices';
import type { OptionRow } from '#lib/compare/comparison';
import type { Estimate } from '#lib/cost/estimate';
import type { Plan } from '#lib/plan/plan';
import { rememberingSizer, type Sizer } from '#lib/plan/sizer';
import type { Environment } from '#lib/spec/environment';
import type { Scenario } from '#lib/spec/scenario';
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

/**
 * Every option that carries a variant, cheapest first, fully priced ones before the others; or one option in 16 bits. Each
 * variant is planned once.
 */
export function servingOf(
  request: ServingRequest,
): (variant: Variant, in16Bits?: string) => readonly Served[] {
  const known = new Map<string, readonly Served[]>();
  // Most variants change the demand of some models, or none: what two ask alike is sized once.
  const sizer = rememberingSizer(request.catalog);
  return (variant, in16Bits) => {
    const key = `${variant}/${in16Bits ?? ''}`;
    const found = known.get(key) ?? plansOf(request, variant, in16Bits, sizer);
    known.set(key, found);
    return found;
  };
}

function plansOf(
  request: ServingRequest,
  variant: Variant,
  in16Bits: string | undefined,
  sizer: Sizer,
): readonly Served[] {
  const { environment, catalog, prices, asOf, scenarioId, scenario } = request;
  const changed = scenarioOf(variant, scenario, catalog, prices);
  const options = in16Bits === undefined ? environment.options : widest(environment.options, in16Bits);
  const { comparison, plans, estimates } = compareEnvironment({
    environment: { ...environment, options, scenarios: { [scenarioId]: changed }, deploy: {} },
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

/** One option as it would serve without compression: in 16 bits. */
function widest(options: Environment['options'], id: string): Environment['options'] {
  const option = options[id];
  return option === undefined
    ? {}
    : { [id]: { ...option, serving: { ...option.serving, precision: 'bf16' } } };
}
