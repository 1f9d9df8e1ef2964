import { describe, expect, it } from 'vitest';
import { loadCatalog } from '#lib/catalog/load';
import { architectureOf } from '#lib/sizing/architecture';
import { predictRun } from '#lib/sizing/measured-run';

const catalog = loadCatalog();

function model(id: string) {
  const found = catalog.models.get(id);
  if (found === undefined) throw new Error(`no ${id} in the catalog`);
  return found;
}

describe('the architecture of a model', () => {
  it('is one for models of the same dimensions', () => {
    expect(architectureOf(model('deepseek-v3'))).toBe(architectureOf(model('deepseek-r1')));
    expect(architectureOf(model('kimi-k2'))).toBe(architectureOf(model('kimi-k2.5')));
  });

  it('is another for every model that was measured, DeepSeek’s two names apart', () => {
    const measured = [...new Set(catalog.servingRows().map((row) => row.model))];
    expect(new Set(measured.map((id) => architectureOf(model(id)))).size).toBe(measured.length - 1);
  });

  it('lets what was measured of one model speak for another', () => {
    const b200 = catalog.accelerators.get('b200-sxm');
    if (b200 === undefined) throw new Error('no B200 in the catalog');
    const run = {
      kind: 'serving_closed_loop',
      gpus: 4,
      engine: 'vllm',
      precision: 'fp4',
      inputTokens: 1024,
      outputTokens: 1024,
      concurrency: 16,
      pipeline: 1,
      attentionData: 1,
      expertParallel: 4,
    } as const;
    const unexplained = (id: string) => predictRun(run, model(id), b200, catalog)?.unexplained;
    expect(unexplained('kimi-k2')).toBeCloseTo(unexplained('kimi-k2.5') ?? Number.NaN, 9);
    expect(unexplained('kimi-k2')).toBeLessThan(0.3);
  });
});
