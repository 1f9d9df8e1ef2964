import { describe, expect, it } from 'vitest';
import { loadCatalog } from '#lib/catalog/load';
import type { Model } from '#lib/catalog/models';
import { PRECISIONS } from '#lib/catalog/precision';
import { candidatePrecisions } from '#lib/plan/models/candidates';
import { plannedQuality } from '#lib/plan/models/planned-quality';
import { qualityMetric, scoreDifferenceIn } from '#lib/plan/models/quality-metric';
import type { Scenario } from '#lib/spec/schema/scenario';

const catalog = loadCatalog();

function scenarioOf(parts: Pick<Scenario, 'models' | 'quality' | 'mode'>): Scenario {
  return parts as Scenario;
}

function modelOf(id: string): Model {
  const model = catalog.models.get(id);
  if (model === undefined) throw new Error(`no ${id}`);
  return model;
}

describe('the metric by which options are compared', () => {
  it('is one for all models of a pool, whichever each of them states first', () => {
    const models = ['llama-3.1-70b', 'deepseek-v3', 'glm-4.5', 'kimi-k2'];
    const scenario = scenarioOf({ models });
    const first = new Set(models.map((id) => modelOf(id).quality[0]?.metric));
    expect(first.size).toBeGreaterThan(2);
    const metrics = models.flatMap(
      (id) => plannedQuality(scenario, modelOf(id), null, catalog)?.metric ?? [],
    );
    expect(new Set(metrics)).toEqual(new Set([qualityMetric(scenario, catalog)]));
    expect(metrics.length).toBeGreaterThan(1);
  });

  it('is none where the pool has no score in the mode of the scenario', () => {
    const scenario = scenarioOf({ models: ['kimi-k2.5'], mode: 'direct' });
    expect(modelOf('kimi-k2.5').quality[0]?.mode).toBe('thinking');
    expect(plannedQuality(scenario, modelOf('kimi-k2.5'), null, catalog)?.metric).not.toBe('aime-2025');
  });
});

describe('of two models the one that scores higher', () => {
  it('is not said by a score of the other mode', () => {
    const [llama, gptOss] = [modelOf('llama-3.1-70b'), modelOf('gpt-oss-120b')];
    const models = [llama.id, gptOss.id];
    const difference = (parts: Pick<Scenario, 'models' | 'quality' | 'mode'>) =>
      scoreDifferenceIn(scenarioOf({ models, ...parts }), catalog)(gptOss, llama);
    const gpqa = (model: Model) => model.quality.find(({ metric }) => metric === 'gpqa')?.score ?? 0;
    expect(difference({})).toBeCloseTo(gpqa(gptOss) - gpqa(llama), 12);
    const direct = gptOss.quality.filter(({ mode }) => mode !== 'thinking').map(({ metric }) => metric);
    expect(direct).not.toContain('gpqa');
    expect(difference({ mode: 'direct' })).not.toBeCloseTo(gpqa(gptOss) - gpqa(llama), 3);
  });

  it('is the one whose own measurement on the floor’s metric is higher', () => {
    const [llama, gptOss] = [modelOf('llama-3.1-70b'), modelOf('gpt-oss-120b')];
    const quality = { metric: 'gpqa', floor: 0.4, scores: { [llama.id]: 0.9, [gptOss.id]: 0.5 } };
    const difference = scoreDifferenceIn(scenarioOf({ models: [llama.id, gptOss.id], quality }), catalog);
    expect(difference(llama, gptOss)).toBeCloseTo(0.4, 12);
    expect(difference(gptOss, llama)).toBeCloseTo(-0.4, 12);
  });
});

describe('a floor', () => {
  it('is met by the score that equals it, whatever binary makes of the product, and missed a millionth above', () => {
    // Decimal products of score and what a format keeps: 0.03 × 0.985, 0.287 × 0.995, 0.959 × 0.97.
    for (const [precision, score, product] of [
      ['int8', 0.03, 0.02955],
      ['fp8', 0.287, 0.285565],
      ['fp4', 0.959, 0.93023],
    ] as const) {
      const model = modelOf('llama-3.1-70b');
      const accepted = (floor: number) =>
        candidatePrecisions(
          model,
          scenarioOf({
            models: [model.id],
            quality: { metric: 'gpqa', floor, scores: { [model.id]: score } },
          }),
          precision,
          PRECISIONS,
          catalog,
        ).accepted;
      expect(accepted(product)).toEqual([precision]);
      expect(accepted(product + 1e-6)).toEqual([]);
    }
  });
});
