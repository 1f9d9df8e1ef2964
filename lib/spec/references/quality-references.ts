import type { Catalog } from '#lib/catalog/catalog';
import { ANSWER_MODES, qualityOf, type AnswerMode, type Model } from '#lib/catalog/models';
import { modelSuggestion } from '#lib/catalog/model-suggestion';
import { suggestion } from '#lib/errors/did-you-mean';
import type { Problem } from '#lib/errors/landfall-error';
import { UNKNOWN_ID } from '#lib/spec/references/catalog-ids';
import { locate } from '#lib/text/located';
import type { Located } from '#lib/text/located';
import { shown, spot } from '#lib/text/place';
import { at, isRecord, valueAt } from '#lib/spec/schema/schema-walk';

/** A quality floor must be on a score that models have, and leave one of the pool's models standing. */
export function qualityProblems(root: Located, input: unknown, catalog: Catalog): Problem[] {
  const scenarios = at(input, 'scenarios');
  if (!isRecord(scenarios)) return [];
  const languageModels = [...catalog.models.values()].filter((model) => model.kind === 'llm');
  const portfolio = at(input, 'portfolio');
  const unknown = unknownMetric(root, ['portfolio'], portfolio, languageModels);
  return [
    ...Object.entries(scenarios).flatMap(([id, scenario]) =>
      problemsOfScenario(id, scenario, root, languageModels),
    ),
    ...(unknown.length > 0 ? unknown : otherScale(root, ['portfolio'], portfolio, languageModels)),
  ];
}

/** A floor on a score that no language model has. */
function unknownMetric(
  root: Located,
  path: readonly string[],
  holder: unknown,
  languageModels: readonly Model[],
): Problem[] {
  const metric = valueAt(holder, ['quality', 'metric']);
  const metrics = [
    ...new Set(languageModels.flatMap((model) => model.quality.map((score) => score.metric))),
  ].sort();
  if (typeof metric !== 'string' || metrics.includes(metric)) return [];
  const place = spot(locate(root, [...path, 'quality', 'metric']).value);
  const expected = 'a score that models of the catalog have';
  return [{ code: 'NOT_A_CHOICE', ...place, got: shown(metric), expected, fix: suggestion(metric, metrics) }];
}

/** Floors and own scores that lie beside everything published: `40` where scores are shares, or `0.5` where they are points. */
function otherScale(
  root: Located,
  path: readonly string[],
  holder: unknown,
  languageModels: readonly Model[],
): Problem[] {
  const metric = valueAt(holder, ['quality', 'metric']);
  if (typeof metric !== 'string') return [];
  const published = languageModels.flatMap(({ quality }) =>
    quality.filter((score) => score.metric === metric).map(({ score }) => score),
  );
  const [least, most] = [Math.min(...published), Math.max(...published)];
  const own = valueAt(holder, ['quality', 'scores']);
  const written: [readonly string[], unknown][] = [
    [['floor'], valueAt(holder, ['quality', 'floor'])],
    ...Object.entries(isRecord(own) ? own : {}).map(([id, score]): [string[], unknown] => [
      ['scores', id],
      score,
    ]),
  ];
  return written.flatMap(([keys, score]): Problem[] => {
    if (typeof score !== 'number' || score === 0 || score > 1 === most > 1) return [];
    const meant = most > 1 ? score * 100 : score / 100;
    const isPercent = most > 1 ? most <= 100 : meant <= 1;
    return [
      {
        code: 'WRONG_UNIT',
        ...spot(locate(root, [...path, 'quality', ...keys]).value),
        got: shown(score),
        expected: `${most > 1 ? 'points' : 'a share of 1'}, as ${metric} is published: ${least} to ${most}`,
        fix: isPercent ? `write ${Number(meant.toPrecision(12))}` : `write it on the scale of ${metric}`,
      },
    ];
  });
}

function problemsOfScenario(
  id: string,
  scenario: unknown,
  root: Located,
  languageModels: readonly Model[],
): Problem[] {
  const metric = valueAt(scenario, ['quality', 'metric']);
  const floor = valueAt(scenario, ['quality', 'floor']);
  if (typeof metric !== 'string' || typeof floor !== 'number') return [];
  const unknown = unknownMetric(root, ['scenarios', id], scenario, languageModels);
  if (unknown.length > 0) return unknown;
  const scaled = otherScale(root, ['scenarios', id], scenario, languageModels);
  if (scaled.length > 0) return scaled;
  const mode = modeOf(scenario);
  const own = valueAt(scenario, ['quality', 'scores']);
  const strangers = unknownScores(id, own, root, languageModels);
  if (strangers.length > 0) return strangers;
  const scored = poolOf(scenario, languageModels)
    .map((model) => ({
      id: model.id,
      score: numberAt(own, model.id) ?? qualityOf(model, metric, mode)?.score,
    }))
    .filter((each): each is { id: string; score: number } => each.score !== undefined)
    .toSorted((a, b) => b.score - a.score);
  if (scored.some((each) => each.score >= floor)) return [];
  const [best] = scored;
  const fix =
    best === undefined
      ? `no model of the pool has a published ${metric} score${mode === undefined ? '' : ` for mode ${mode}`}; choose another metric or another pool, or state your own under quality.scores`
      : `lower the floor to ${best.score} (${best.id}) or widen the pool`;
  const when = mode === undefined ? '' : ` in mode ${mode}`;
  const expected = `a floor on ${metric} that a model of the pool reaches${when}`;
  return [
    {
      code: 'CONFLICT',
      ...spot(locate(root, ['scenarios', id, 'quality', 'floor']).value),
      got: shown(floor),
      expected,
      fix,
    },
  ];
}

/** Own scores are of models that the catalog has, or that the command line adds. */
function unknownScores(
  scenario: string,
  own: unknown,
  root: Located,
  languageModels: readonly Model[],
): Problem[] {
  const ids = languageModels.map(({ id }) => id);
  const models = new Map(languageModels.map((model) => [model.id, model]));
  return (isRecord(own) ? Object.keys(own) : [])
    .filter((id) => !models.has(id))
    .map((id) => ({
      code: UNKNOWN_ID.models.code,
      ...spot(locate(root, ['scenarios', scenario, 'quality', 'scores', id]).key),
      got: shown(id),
      expected: UNKNOWN_ID.models.expected,
      fix: modelSuggestion(id, ids, models),
    }));
}

function numberAt(holder: unknown, key: string): number | undefined {
  const value = at(holder, key);
  return typeof value === 'number' ? value : undefined;
}

/** Scores of the other mode do not count: the plan is chosen by the same rule. */
function modeOf(scenario: unknown): AnswerMode | undefined {
  return ANSWER_MODES.find((mode) => mode === at(scenario, 'mode'));
}

function poolOf(scenario: unknown, all: readonly Model[]): readonly Model[] {
  const pool = at(scenario, 'models');
  return Array.isArray(pool) ? all.filter((model) => pool.includes(model.id)) : all;
}
