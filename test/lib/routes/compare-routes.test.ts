import { describe, expect, it } from 'vitest';
import { loadCatalog } from '#lib/catalog/load';
import { compareRoutes } from '#lib/routes/compare-routes';
import { orderOf } from '#lib/routes/order';
import { WAYS, type Routes, type RouteWay } from '#lib/routes/routes';
import { scenarioOf, studentOf } from '#lib/routes/variants';
import { createPriceBook } from '#lib/catalog/price-book';
import type { Environment } from '#lib/spec/schema/environment';
import { loadEnvironment } from '#lib/spec/load-environment';

const catalog = loadCatalog();
const prices = createPriceBook({ catalog });
const { environment } = loadEnvironment('environments/scale.yaml', catalog);
const scenarioId = 'product';
const scenario = environment.scenarios[scenarioId];
if (scenario === undefined) throw new Error('scale.yaml has no scenario product');

function routesOf(
  options: readonly string[],
  assumptions: Environment['finance']['assumptions'] = {},
): Routes {
  const picked = Object.fromEntries(
    Object.entries(environment.options).filter(([id]) => options.includes(id)),
  );
  const changed = { ...environment, options: picked, finance: { ...environment.finance, assumptions } };
  return compareRoutes({ environment: changed, catalog, asOf: '2026-11-23', scenarioId, scenario: demand() });
}

function demand() {
  if (scenario === undefined) throw new Error('no scenario');
  return scenario;
}

function way(routes: Routes, id: RouteWay['id']): RouteWay {
  const found = routes.ways.find((each) => each.id === id);
  if (found === undefined) throw new Error(`no way ${id}`);
  return found;
}

describe('routes', () => {
  const routes = routesOf(['bedrock', 'leased']);

  it('cost their serving and all of their lines', () => {
    for (const each of routes.ways) {
      const lines = each.lines.reduce((usd, { monthlyUsd }) => usd + (monthlyUsd ?? 0), 0);
      expect(each.monthlyUsd?.base).toBeCloseTo((each.servingMonthlyUsd ?? 0) + lines, 2);
    }
    expect(routes.ways.map(({ id }) => id)).toEqual(WAYS);
  });

  it('take about the GPU hours that Meta states for Llama 3.1 70B, where they train as many tokens', () => {
    // 7.0 million on H100 for 15 trillion tokens (model card), without experiments.
    const hours = way(routes, 'build').trainingGpuHours?.base ?? 0;
    const published = 7.0e6 * (14.1 / 15);
    expect(hours / 1.5 / published).toBeGreaterThan(0.5);
    expect(hours / 1.5 / published).toBeLessThan(1.3);
  });

  it('serve weights of their own on no option that only takes prompts', () => {
    const managed = routesOf(['bedrock']);
    expect(way(managed, 'direct').feasible).toBe(true);
    for (const id of ['lora', 'sft', 'build'] as const) {
      expect(way(managed, id)).toMatchObject({ feasible: false, monthlyUsd: null });
      expect(way(managed, id).reasons.join()).toContain('weights of your own');
    }
  });

  it('bring tuned weights back to Bedrock where an option imports them', () => {
    const { environment: shapes } = loadEnvironment('test/_support/environments/shapes.yaml', catalog);
    const { imported, endpoint } = shapes.options;
    const { tuned } = shapes.scenarios;
    if (imported === undefined || endpoint === undefined || tuned === undefined)
      throw new Error('no such shape');
    const asked = { catalog, asOf: '2026-11-23', scenarioId: 'tuned', scenario: tuned };
    const both = compareRoutes({ ...asked, environment: { ...shapes, options: { imported, endpoint } } });
    expect(way(both, 'lora')).toMatchObject({ feasible: true, option: 'imported' });
    expect(way(both, 'lora').servingMonthlyUsd).toBeLessThan(
      way(compareRoutes({ ...asked, environment: { ...shapes, options: { endpoint } } }), 'lora')
        .servingMonthlyUsd ?? 0,
    );
    // Bedrock serves in its own format: what is compressed runs on the endpoint, though that is dearer.
    expect([null, 'endpoint']).toContain(way(both, 'compression').option);
  });

  it('train at an hourly price where the option is a contract of years, and at the option’s own where it is not', () => {
    const training = (from: Routes) => way(from, 'build').lines.find(({ key }) => key.endsWith('.training'));
    // Of the sellers of H200 by the hour Crusoe asks least since Nebius asks 36 USD for eight.
    expect(training(routes)?.unitPriceUsd).toBeCloseTo(4.29, 6);
    expect(way(routes, 'build').notes.join()).toContain('since leased itself is not sold by the hour');
    const { environment: knowledge } = loadEnvironment('environments/knowledge.yaml', catalog);
    const [answers] = Object.values(knowledge.scenarios);
    const hourly = compareRoutes({
      environment: { ...knowledge, options: { eks: knowledge.options.eks ?? { target: 'aws-eks' } } },
      catalog,
      asOf: '2026-11-23',
      scenarioId: 'answers',
      scenario: answers ?? demand(),
    } as Parameters<typeof compareRoutes>[0]);
    expect(training(hourly)?.basis).toContain('the GPU hour of eks');
  });

  it('train where prompts may be, and say so where nobody rents such GPUs out there', () => {
    const { colo } = environment.options;
    if (colo?.target !== 'colo') throw new Error('scale.yaml has no option colo');
    const basisIn = (residency: 'eu' | 'china') => {
      const kept = compareRoutes({
        environment: {
          ...environment,
          options: { colo: { ...colo, server: 'hgx-h100', powerRegion: residency } },
        },
        catalog,
        asOf: '2026-11-23',
        scenarioId,
        scenario: { ...demand(), objectives: { ...demand().objectives, residency } },
      });
      return way(kept, 'lora').lines.find(({ key }) => key === 'lora.training')?.basis;
    };
    expect(basisIn('eu')).toMatch(/in eu-/);
    expect(basisIn('eu')).not.toContain('elsewhere');
    expect(basisIn('china')).toContain('stand elsewhere, and prompts must stay in china');
  });

  it('never take a missing price for none: a run is priced elsewhere, a teacher is not priced at all', () => {
    const { sagemaker } = environment.options;
    if (sagemaker?.target !== 'aws-sagemaker') throw new Error('scale.yaml has no option sagemaker');
    const options = { sagemaker: { ...sagemaker, region: 'eu-central-1' } };
    const unpriced = compareRoutes({
      environment: { ...environment, options },
      catalog,
      asOf: '2026-11-23',
      scenarioId,
      scenario: demand(),
    });
    const line = (id: RouteWay['id'], key: string) =>
      way(unpriced, id).lines.find((each) => each.key === `${id}.${key}`);
    expect(way(unpriced, 'direct').atLeast).toBe(true);
    expect(line('lora', 'training')?.unitPriceUsd).toBeGreaterThan(0.5);
    expect(line('lora', 'training')?.basis).toContain('since sagemaker itself has no price');
    expect(line('distillation', 'teacher')).toMatchObject({ unitPriceUsd: null, monthlyUsd: null });
    expect(way(unpriced, 'compression').notes.join()).not.toMatch(/saves \d/);
  });

  it('cost more where people take longer, by what those people cost', () => {
    const slower = routesOf(['bedrock', 'leased'], { 'routes.lora.person-months': 15 });
    const more = (way(slower, 'lora').oneOffUsd ?? 0) - (way(routes, 'lora').oneOffUsd ?? 0);
    expect(more).toBeCloseTo((12 * 185_000) / 12, 2);
  });

  it('say of every pair against the usual order why', () => {
    const usual = routes.order.expected;
    const cost = (id: RouteWay['id']) => way(routes, id).monthlyUsd?.base ?? Number.NaN;
    const inverted = usual.flatMap((id, index) =>
      usual.slice(index + 1).filter((below) => cost(below) > cost(id)),
    );
    expect(routes.order.why).toHaveLength(inverted.length);
    expect(inverted.length).toBeGreaterThan(0);
  });
});

describe('the order of cost', () => {
  it('has nothing to explain where it is the usual one', () => {
    const { ways } = routesOf(['leased']);
    const monthly = { build: 500, lora: 90, retrieval: 50, prompt: 20, direct: 10 };
    const priced = ways.map((each): RouteWay => {
      const base = Object.entries(monthly).find(([id]) => id === each.id)?.[1];
      return { ...each, monthlyUsd: base === undefined ? null : { low: base, base, high: base } };
    });
    expect(orderOf(priced)).toMatchObject({
      found: ['build', 'lora', 'retrieval', 'prompt', 'direct'],
      why: [],
    });
  });
});

describe('the demand of a way', () => {
  it('adds text to prompts, and takes it out where the scenario retrieves already', () => {
    const { mean } = demand().traffic.inputTokens;
    const inputOf = (variant: Parameters<typeof scenarioOf>[0], from = demand()) =>
      scenarioOf(variant, from, catalog, prices).traffic.inputTokens.mean;
    expect(inputOf('bare')).toBe(mean);
    expect(inputOf('longer-prompt')).toBe(mean + 800);
    const retrieving = scenarioOf('retrieval', demand(), catalog, prices);
    expect(retrieving.traffic.inputTokens.mean).toBe(mean + 3_000);
    expect(scenarioOf('bare', retrieving, catalog, prices)).toMatchObject({
      traffic: { inputTokens: { mean } },
    });
  });

  it('has a student of about an eighth of its teacher', () => {
    const student = studentOf(demand(), catalog);
    expect((student?.paramsTotalB ?? 0) / 70.6).toBeGreaterThan(0.08);
    expect((student?.paramsTotalB ?? 0) / 70.6).toBeLessThan(0.2);
  });
});
