import type { Catalog } from '#lib/catalog/catalog';
import { recoveryOf } from '#lib/plan/models/planned-quality';
import { scoreOn } from '#lib/plan/models/quality-metric';
import type { Member } from '#lib/portfolio/member';

/**
 * Score of a plan's model on a metric after the loss of its format, in the mode that its scenario answers in; `null` where
 * none is published or stated.
 */
export function scoreOf(
  { plan, scenario }: Pick<Member, 'plan' | 'scenario'>,
  metric: string,
  catalog: Catalog,
): number | null {
  const model = catalog.models.get(plan.model.id);
  const score = model === undefined ? undefined : scoreOn(metric, model, scenario);
  if (model === undefined || score === undefined) return null;
  const recovery = plan.serving === null ? 1 : recoveryOf(model, plan.serving.precision, catalog);
  return score.score * (recovery ?? 1);
}
