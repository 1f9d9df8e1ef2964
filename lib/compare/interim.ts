import type { Interim } from '#lib/cost/benefit-lines';
import { estimateFromPlan, type EstimateContext } from '#lib/cost/from-plan';
import type { Feasibility } from '#lib/plan/plan';
import type { Environment } from '#lib/spec/environment';
import type { Option } from '#lib/spec/option';

/** What `finance.whileWaiting` names, planned and priced for a scenario; `null` where nothing is named or it does not fit. */
export function interimOf(
  { finance, options }: Environment,
  planOf: (optionId: string, option: Option) => Feasibility,
  context: Omit<EstimateContext, 'interim'>,
): Interim | null {
  const id = finance.whileWaiting;
  const option = id === undefined ? undefined : options[id];
  if (id === undefined || option === undefined) return null;
  const result = planOf(id, option);
  if (!result.feasible) return null;
  const { totals } = estimateFromPlan(result.plan, context);
  return { option: id, monthlyUsd: totals.monthlyUsd, leadTimeDays: result.plan.leadTimeDays };
}
