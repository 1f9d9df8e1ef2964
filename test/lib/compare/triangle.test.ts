import { describe, expect, it } from 'vitest';
import { loadCatalog } from '#lib/catalog/load';
import { triangleOf } from '#lib/compare/triangle';
import type { Environment } from '#lib/spec/schema/environment';
import { loadEnvironment } from '#lib/spec/load-environment';

const catalog = loadCatalog();
const { environment } = loadEnvironment('environments/support.yaml', catalog);
const asOf = '2026-11-23';
const [scenario = ''] = Object.keys(environment.scenarios);

function withScenario(changes: object): Environment {
  const found = environment.scenarios[scenario];
  if (found === undefined) throw new Error('no scenario');
  return { ...environment, scenarios: { [scenario]: { ...found, ...changes } } };
}

describe('the impossible triangle', () => {
  const triangle = triangleOf({ environment, scenario, catalog, asOf });

  it('holds every model of the pool on every option, or says why not', () => {
    const pool = environment.scenarios[scenario]?.models ?? [];
    const ways = pool.flatMap((model) => Object.keys(environment.options).map((id) => `${model} ${id}`));
    const told = [...triangle.points, ...triangle.excluded].map(({ model, option }) => `${model} ${option}`);
    expect(told.toSorted()).toEqual(ways.toSorted());
    expect(triangle.points.some(({ gpu }) => gpu === null)).toBe(true);
  });

  it('marks what no other way beats in cost, quality and speed, and nothing else', () => {
    const { points } = triangle;
    const figures = points.map((point) => ({
      pareto: point.pareto,
      figures: [
        point.monthlyUsd.base,
        -(point.quality?.score.base ?? -Infinity),
        point.tpotMs?.base ?? Infinity,
      ],
    }));
    const isBeaten = (own: readonly number[]) =>
      figures.some(
        ({ figures: other }) =>
          other.every((value, axis) => value <= (own[axis] ?? Infinity)) &&
          other.some((value, axis) => value < (own[axis] ?? Infinity)),
      );
    expect(figures.map(({ pareto }) => pareto)).toEqual(figures.map(({ figures: own }) => !isBeaten(own)));
    expect(points.filter(({ pareto }) => pareto).length).toBeGreaterThan(1);
  });

  it('compares by the score that most models publish, unless told another', () => {
    expect(triangle.metric).toBe('gpqa');
    expect(triangleOf({ environment, scenario, catalog, asOf, metric: 'mmlu-pro' }).metric).toBe('mmlu-pro');
  });

  it('counts no score that was earned in the other mode', () => {
    const direct = triangleOf({ environment: withScenario({ mode: 'direct' }), scenario, catalog, asOf });
    const thinking = triangle.points.find(({ model }) => model === 'gpt-oss-120b');
    expect(thinking?.quality?.mode).toBe('thinking');
    expect(thinking?.notes.join(' ')).toContain('earned its gpqa thinking');
    const modes = direct.points.map(({ model, quality }) => `${model} ${quality?.mode ?? 'none'}`);
    expect(modes).toContain('gpt-oss-120b none');
    expect(modes.filter((mode) => mode.endsWith('thinking'))).toEqual([]);
  });

  it('shows what a weight format takes of memory and keeps of the score, with its band', () => {
    const { points } = triangleOf({
      environment: withScenario({ models: ['llama-3.1-70b'] }),
      scenario,
      catalog,
      asOf,
      everyFormat: true,
    });
    const leased = points.filter(({ option }) => option === 'leased');
    const of = (precision: string) => leased.find((point) => point.precision === precision);
    expect(of('bf16')?.quality?.score).toEqual({ low: 0.417, base: 0.417, high: 0.417 });
    expect(of('fp8')?.quality?.score.base).toBeCloseTo(0.417 * 0.995, 6);
    expect(of('int4')?.quality?.score.low).toBeCloseTo(0.417 * 0.955, 4);
    expect(of('fp8')?.weightsGib).toBeLessThan(of('bf16')?.weightsGib ?? 0);
    expect(of('int4')?.weightsGib).toBeLessThan(of('fp8')?.weightsGib ?? 0);
  });

  it('leaves out formats in which nobody publishes a model that was trained in four bits', () => {
    const { points, excluded } = triangleOf({
      environment: withScenario({ models: ['gpt-oss-120b'] }),
      scenario,
      catalog,
      asOf,
      everyFormat: true,
    });
    expect(new Set(points.map(({ precision }) => precision))).toEqual(new Set(['fp4', null]));
    expect(excluded.length).toBeLessThan(Object.keys(environment.options).length);
  });

  it('lists what others measured of the same models made smaller, with the source', () => {
    const { evidence } = triangleOf({
      environment: withScenario({ models: ['deepseek-r1', 'qwen3-30b-a3b'] }),
      scenario,
      catalog,
      asOf,
    });
    expect(evidence).toContainEqual(
      expect.objectContaining({
        model: 'deepseek-r1',
        kind: 'distillation',
        variant: 'Distill-Qwen-32B',
        metric: 'GPQA diamond',
        recovery: 0.8685,
        source: 'deepseek-r1-readme',
      }),
    );
    expect(evidence.filter(({ kind }) => kind === 'pruning').map(({ model }) => model)).toEqual([
      'qwen3-30b-a3b',
      'qwen3-30b-a3b',
    ]);
  });
});
