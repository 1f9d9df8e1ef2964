import type { Catalog } from '#lib/catalog/catalog';
import { qualityOf, type Model } from '#lib/catalog/models';
import { PRECISIONS, type Precision } from '#lib/catalog/precision';
import { TASK_FAMILIES } from '#lib/catalog/task-families';
import { compareEnvironment, planKey } from '#lib/compare/compare';
import type { OptionRow } from '#lib/compare/comparison';
import type { FamilyScore, Triangle, TrianglePoint } from '#lib/compare/triangle-point';
import { candidateModels } from '#lib/plan/models/candidates';
import { bytesPerParameter, nativePrecision } from '#lib/plan/models/native-precision';
import { recoveryBand } from '#lib/plan/models/planned-quality';
import { commonMetric, scoreOn } from '#lib/plan/models/quality-metric';
import type { ServingSizing } from '#lib/sizing/sizing';
import type { Environment } from '#lib/spec/schema/environment';
import type { Option } from '#lib/spec/schema/option';
import type { Scenario } from '#lib/spec/schema/scenario';
import { exactly, mapBand, scaleBand, type Band } from '#lib/units/band';

/** Answers shorter than this do not hold the thinking that a score was earned with (gpt-oss-120b writes 1,278 tokens on
 * average in MLPerf Inference 6.0, DeepSeek-R1 3,886). */
const THINKING_TOKENS = 1_000;

export interface TriangleRequest {
  readonly environment: Environment;
  readonly scenario: string;
  readonly catalog: Catalog;
  readonly asOf: string;
  /** @default - the scenario's metric, else the one that most models of the pool have */
  readonly metric?: string | undefined;
  /** Every weight format an engine serves, not only the cheapest that fits. @default - false */
  readonly everyFormat?: boolean | undefined;
}

/**
 * Cost, quality and speed of every model of a scenario's pool on every option, managed models in the same table, and
 * the points that no other beats in all three.
 */
export function triangleOf(request: TriangleRequest): Triangle {
  const { environment, catalog, asOf } = request;
  const scenario = environment.scenarios[request.scenario];
  if (scenario === undefined) throw new Error(`no scenario ${request.scenario}`);
  const models = candidateModels(scenario, undefined, catalog).accepted;
  const notAdmitted = (scenario.models ?? []).filter((id) => !models.some((model) => model.id === id));
  const metric = request.metric ?? scenario.quality?.metric ?? commonMetric(models, scenario.mode);
  const options = optionsOf(environment.options, request.everyFormat === true);
  const { comparison, plans } = compareEnvironment({
    environment: {
      ...environment,
      scenarios: Object.fromEntries(models.map(({ id }) => [id, { ...scenario, models: [id] }])),
      options: Object.fromEntries(options.map(({ id, option }) => [id, option])),
      deploy: {},
    },
    catalog,
    asOf,
    weighsDoubt: false,
  });
  const named = new Map(options.map(({ id, name }) => [id, name]));
  const pinned = new Map(options.map(({ id, option }) => [id, option.serving.precision]));
  const rows = comparison.scenarios.flatMap(({ id, options: all }) =>
    all.filter((row) => exists(catalog.models.get(id), pinned.get(row.id))).map((row) => ({ id, row })),
  );
  const points = distinct(
    rows.flatMap(({ id, row }) => {
      const model = catalog.models.get(id);
      const option = named.get(row.id) ?? row.id;
      if (model === undefined) return [];
      const sizing = plans.get(planKey(id, row.id))?.sizing ?? null;
      return pointOf({ model, row, option, sizing }, metric, scenario, catalog);
    }),
  );
  return {
    schema: 'landfall/triangle/v1',
    environment: environment.name,
    scenario: request.scenario,
    asOf,
    metric,
    mode: scenario.mode ?? null,
    points: points
      .map((point) => ({ ...point, pareto: !points.some((other) => beats(other, point)) }))
      .toSorted((a, b) => a.monthlyUsd.base - b.monthlyUsd.base),
    evidence: models.flatMap((model) => evidenceOf(model, catalog)),
    excluded: [
      ...notAdmitted.map((id) => ({
        model: id,
        option: 'any option',
        reasons: candidateModels({ ...scenario, models: [id] }, undefined, catalog).reasons,
      })),
      ...rows.flatMap(({ id, row }) =>
        row.feasible ? [] : [{ model: id, option: named.get(row.id) ?? row.id, reasons: row.reasons }],
      ),
    ],
  };
}

/** Publishers write a model's name in their own way; the catalog's id begins it without signs. */
function evidenceOf(model: Model, catalog: Catalog): Triangle['evidence'] {
  const bare = (name: string) => name.toLowerCase().replaceAll(/[^a-z0-9]/g, '');
  return catalog
    .qualityEvidence()
    .filter(({ base }) => bare(base).startsWith(bare(model.id)))
    .map(({ kind, variant, metric, before, after, recovery, finding, source }) => ({
      model: model.id,
      kind,
      variant,
      metric,
      before,
      after,
      recovery,
      finding: finding ?? null,
      source,
    }));
}

/** Each option, or each with every weight format pinned that it leaves open. */
function optionsOf(
  options: Readonly<Record<string, Option>>,
  everyFormat: boolean,
): readonly { readonly id: string; readonly name: string; readonly option: Option }[] {
  return Object.entries(options).flatMap(([name, option]) => {
    if (!everyFormat || option.serving.precision !== undefined) return [{ id: name, name, option }];
    return PRECISIONS.map((precision) => ({
      id: `${name} ${precision}`,
      name,
      option: { ...option, serving: { ...option.serving, precision } },
    }));
  });
}

/** Nobody publishes a model wider than it was trained, nor a four-bit one in another format. */
function exists(model: Model | undefined, precision: Precision | undefined): boolean {
  if (model === undefined || precision === undefined) return true;
  const native = nativePrecision(model);
  const [bytes, own] = [bytesPerParameter(precision), bytesPerParameter(native)];
  return precision === native || (bytes <= own && own > 0.5);
}

/** A provider that chooses the format answers every format alike. */
function distinct(points: readonly TrianglePoint[]): readonly TrianglePoint[] {
  const keyOf = ({ model, option, precision }: TrianglePoint) => [model, option, precision].join(' ');
  return [...new Map(points.map((point) => [keyOf(point), point])).values()];
}

interface Planned {
  readonly model: Model;
  readonly row: OptionRow;
  /** Id in the environment. */
  readonly option: string;
  readonly sizing: ServingSizing | null;
}

function pointOf(
  { model, row, option, sizing }: Planned,
  metric: string | null,
  scenario: Scenario,
  catalog: Catalog,
): TrianglePoint[] {
  if (!row.feasible || row.monthlyUsd === null) return [];
  const published = metric === null ? undefined : scoreOn(metric, model, scenario);
  const recovery = recoveryIn(model, row, catalog);
  const isShort = scenario.traffic.outputTokens.mean < THINKING_TOKENS;
  return [
    {
      model: model.id,
      option,
      target: row.target,
      precision: row.precision,
      gpu: row.gpu,
      gpus: row.gpus,
      weightsGib: sizing?.weightsGib ?? null,
      tokensPerSecondPerGpu:
        sizing === null ? null : scaleBand(sizing.tokensPerSecondPerReplica, 1 / sizing.gpusPerReplica),
      monthlyUsd: row.monthlyUsd,
      usdPerMillionTokens: row.usdPerMillionTokens,
      atLeast: row.atLeast,
      quality:
        published === undefined || recovery === null
          ? null
          : {
              score: mapBand(recovery, (share) => share * published.score),
              mode: published.mode ?? null,
            },
      ttftMs: row.ttftMs,
      tpotMs: row.tpotMs,
      tokensPerSecondPerUser: row.tpotMs === null ? null : 1000 / row.tpotMs.base,
      confidence: row.confidence,
      scores: scoresOf(model, scenario),
      pareto: false,
      notes:
        published?.mode === 'thinking' && isShort
          ? [
              `${model.id} earned its ${published.metric} thinking; answers of ${scenario.traffic.outputTokens.mean} tokens leave no room for that`,
            ]
          : [],
    },
  ];
}

/** What is left of a score in the served format; a provider is taken to serve the published one. */
function recoveryIn(model: Model, { precision }: OptionRow, catalog: Catalog): Band | null {
  const served = PRECISIONS.find((each): each is Precision => each === precision);
  return served === undefined ? exactly(1) : recoveryBand(model, served, catalog);
}

/** One score for each family, the first that the model publishes in the scenario's mode. */
function scoresOf(model: Model, { mode }: Scenario): FamilyScore[] {
  return TASK_FAMILIES.flatMap(({ family, metrics }): FamilyScore[] => {
    const [first] = metrics.flatMap((metric) => qualityOf(model, metric, mode) ?? []);
    if (first === undefined) return [];
    const { metric, score, source } = first;
    return [{ family, metric, score, mode: first.mode ?? null, source }];
  });
}

/**
 * True when `a` is no worse than `b` in all three and better in one. What is not known is worse than anything known and
 * equal to nothing known; a total that means "at least" beats nobody in cost.
 */
function beats(a: TrianglePoint, b: TrianglePoint): boolean {
  if (a === b) return false;
  const pairs = [
    [a.atLeast ? Infinity : a.monthlyUsd.base, b.monthlyUsd.base],
    [-(a.quality?.score.base ?? -Infinity), -(b.quality?.score.base ?? -Infinity)],
    [a.tpotMs?.base ?? Infinity, b.tpotMs?.base ?? Infinity],
  ] as const;
  return pairs.every(([x, y]) => x <= y) && pairs.some(([x, y]) => x < y);
}
