import type { Feasibility } from '#lib/plan/plan';
import { candidateModels, withoutScore } from '#lib/plan/models/candidates';
import { LONGEST_PER_MEAN, longestTokens } from '#lib/plan/demand';
import { planManaged } from '#lib/plan/managed/plan-managed';
import { planNodes } from '#lib/plan/plan-nodes';
import { contextOf, type PlanRequest } from '#lib/plan/plan-request';
import { retrievalOf } from '#lib/plan/retrieval/retrieval-plan';
import { grouped } from '#lib/units/grouped';

/**
 * Decides everything that an option needs to carry a scenario: the cheapest feasible model, weight format and offering,
 * then nodes, launch, store, facility and purchases. An option that does not fit is a value with its reasons.
 */
export function makePlan(request: PlanRequest): Feasibility {
  const context = contextOf(request);
  const { scenario, scenarioId, optionId, option, catalog, target, site, prices } = context;
  const infeasible = (reasons: readonly string[], model: string | null = null): Feasibility => ({
    feasible: false,
    scenario: scenarioId,
    option: optionId,
    target: target.id,
    model,
    reasons: reasons.map((reason) => reason.replace(/\.$/, '')),
  });

  const { accepted, reasons, unscored } = candidateModels(scenario, option.serving.model, catalog);
  if (accepted.length === 0) return infeasible(reasons);
  const longest = longestTokens(scenario);
  const contextTokens = longest.input + longest.output;
  const models = accepted.filter(({ maxContextTokens }) => maxContextTokens >= contextTokens);
  if (models.length === 0) {
    const most = Math.max(...accepted.map(({ maxContextTokens }) => maxContextTokens));
    const { inputTokens, outputTokens } = scenario.traffic;
    const guessed =
      inputTokens.p95 === undefined || outputTokens.p95 === undefined
        ? ` (${LONGEST_PER_MEAN} times the mean where no p95 is written)`
        : '';
    const parts = `${grouped(longest.input)} in and ${grouped(longest.output)} out${guessed}`;
    return infeasible([
      `needs a context of ${grouped(contextTokens)} tokens, ${parts}; the longest here is ${grouped(most)}`,
    ]);
  }

  const retrieval = retrievalOf(scenario, option, target, site, prices);
  if (retrieval !== null && 'reasons' in retrieval) return infeasible(retrieval.reasons);
  const result =
    target.supplies === 'token'
      ? planManaged(context, models, retrieval)
      : planNodes(context, models, retrieval);
  if (result.feasible) {
    if (unscored.length === 0) return result;
    const { plan } = result;
    return { ...result, plan: { ...plan, notes: [...plan.notes, withoutScore(unscored, scenario)] } };
  }
  return infeasible([...reasons, ...result.reasons], models.length === 1 ? (models[0]?.id ?? null) : null);
}
