import type { Catalog } from '#lib/catalog/catalog';
import { qualityOf, type Model, type QualityScore } from '#lib/catalog/models';
import { TASK_FAMILIES } from '#lib/catalog/task-families';
import type { Scenario } from '#lib/spec/schema/scenario';

const FAMILY_METRICS: readonly string[] = TASK_FAMILIES.flatMap(({ metrics }) => metrics);

/**
 * The metric by which a scenario's options are compared, one for all of them: that of its floor, else the commonest of its
 * pool. `null` where no model of the pool has a score.
 */
export function qualityMetric(
  { quality, models: pool = [], mode }: Pick<Scenario, 'quality' | 'models' | 'mode'>,
  catalog: Pick<Catalog, 'models'>,
): string | null {
  if (quality !== undefined) return quality.metric;
  return commonMetric(
    pool.flatMap((id) => catalog.models.get(id) ?? []),
    mode,
  );
}

/** The metric that most models publish in a mode; of equally common ones the first of the families. */
export function commonMetric(models: readonly Model[], mode: Scenario['mode']): string | null {
  const counted = FAMILY_METRICS.map((metric) => ({
    metric,
    count: models.filter((model) => qualityOf(model, metric, mode) !== undefined).length,
  }));
  const [most] = counted.toSorted((a, b) => b.count - a.count);
  return most === undefined || most.count === 0 ? null : most.metric;
}

export type ScoreDifference = (one: Model, other: Model) => number;

/**
 * How much higher one model scores than another: on the scenario's metric, else on the first of the families that both
 * publish in its mode; 0 where there is none, since scores of different tests do not compare.
 */
export function scoreDifferenceIn(
  scenario: Pick<Scenario, 'quality' | 'models' | 'mode'>,
  catalog: Pick<Catalog, 'models'>,
): ScoreDifference {
  const own = qualityMetric(scenario, catalog);
  const metrics = [...(own === null ? [] : [own]), ...FAMILY_METRICS];
  return (one, other) => {
    for (const metric of metrics) {
      const [score, rival] = [one, other].map((model) => scoreOn(metric, model, scenario));
      if (score !== undefined && rival !== undefined) return score.score - rival.score;
    }
    return 0;
  };
}

/** A model's score in a scenario: its own measurement where it states one on that metric, else the published one. */
export function scoreOn(
  metric: string,
  model: Model,
  { quality, mode }: Pick<Scenario, 'quality' | 'mode'>,
): (Omit<QualityScore, 'source'> & Partial<Pick<QualityScore, 'source'>>) | undefined {
  const own = quality?.metric === metric ? quality.scores?.[model.id] : undefined;
  return own === undefined ? qualityOf(model, metric, mode) : { metric, score: own };
}

/** A score that is the floor but for rounding: 0.759 × 0.97 is 0.73623 and, in binary, a little less. */
export function meetsFloor(score: number, floor: number): boolean {
  return score >= floor * (1 - 1e-9);
}
