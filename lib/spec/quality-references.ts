import type { Catalog } from '#lib/catalog/catalog';
import { qualityOf } from '#lib/catalog/models';
import type { Model } from '#lib/catalog/models';
import { suggestion } from '#lib/errors/did-you-mean';
import type { Problem } from '#lib/errors/landfall-error';
import { locate } from '#lib/spec/located';
import type { Located } from '#lib/spec/located';
import { shown, spot } from '#lib/spec/place';
import { at, isRecord, valueAt } from '#lib/spec/schema-walk';

/** A quality floor must be on a score that models have, and leave one of the pool's models standing. */
export function qualityProblems(root: Located, input: unknown, catalog: Catalog): Problem[] {
  const scenarios = at(input, 'scenarios');
  if (!isRecord(scenarios)) return [];
  return Object.entries(scenarios).flatMap(([id, scenario]) =>
    problemsOfScenario(id, scenario, root, catalog),
  );
}

function problemsOfScenario(id: string, scenario: unknown, root: Located, catalog: Catalog): Problem[] {
  const metric = valueAt(scenario, ['quality', 'metric']);
  const floor = valueAt(scenario, ['quality', 'floor']);
  if (typeof metric !== 'string' || typeof floor !== 'number') return [];
  const languageModels = [...catalog.models.values()].filter((model) => model.kind === 'llm');
  const metrics = [
    ...new Set(languageModels.flatMap((model) => model.quality.map((score) => score.metric))),
  ].sort();
  const placeOf = (key: string) => spot(locate(root, ['scenarios', id, 'quality', key]).value);
  if (!metrics.includes(metric)) {
    const expected = 'a score that models of the catalog have';
    const fix = suggestion(metric, metrics);
    return [{ code: 'NOT_A_CHOICE', ...placeOf('metric'), got: shown(metric), expected, fix }];
  }
  const scored = poolOf(scenario, languageModels)
    .map((model) => ({ id: model.id, score: qualityOf(model, metric)?.score }))
    .filter((each): each is { id: string; score: number } => each.score !== undefined)
    .toSorted((a, b) => b.score - a.score);
  if (scored.some((each) => each.score >= floor)) return [];
  const [best] = scored;
  const fix =
    best === undefined
      ? `no model of the pool has a published ${metric} score; choose another metric or another pool`
      : `lower the floor to ${best.score} (${best.id}) or widen the pool`;
  const expected = `a floor on ${metric} that a model of the pool reaches`;
  return [{ code: 'CONFLICT', ...placeOf('floor'), got: shown(floor), expected, fix }];
}

function poolOf(scenario: unknown, all: readonly Model[]): readonly Model[] {
  const pool = at(scenario, 'models');
  return Array.isArray(pool) ? all.filter((model) => pool.includes(model.id)) : all;
}
