import type { Interim } from '#lib/cost/benefit-lines';
import { annuityFactor } from '#lib/cash/present-value';
import { estimateFromPlan, type EstimateContext } from '#lib/cost/from-plan';
import type { Feasibility } from '#lib/plan/plan';
import type { Environment } from '#lib/spec/schema/environment';
import type { Finance } from '#lib/spec/schema/finance';
import type { Option } from '#lib/spec/schema/option';

/**
 * What `finance.whileWaiting` names, planned and priced for a scenario; `null` where nothing is named or it does not fit.
 * Tax, compliance and the benefit are counted once, in the bill of the option that waits.
 */
export function interimOf(
  { finance, options }: Pick<Environment, 'finance' | 'options'>,
  planOf: (optionId: string, option: Option) => Feasibility | null,
  context: Pick<EstimateContext, 'prices' | 'asOf'>,
): Interim | null {
  const id = finance.whileWaiting;
  const option = id === undefined ? undefined : options[id];
  if (id === undefined || option === undefined) return null;
  const result = planOf(id, option);
  if (result === null || !result.feasible) return null;
  const own: Finance = { ...finance, benefitUsdPerMonth: 0, tax: undefined, compliance: undefined };
  const { totals, unpriced } = estimateFromPlan(result.plan, { ...context, finance: own });
  const { presentValueUsd, oneOffUsd } = totals;
  const months = annuityFactor(finance.horizonMonths, finance.discountRatePerYear);
  return {
    plan: result.plan,
    upfrontUsd: oneOffUsd,
    monthlyUsd: (presentValueUsd - oneOffUsd) / months,
    unpriced,
  };
}
