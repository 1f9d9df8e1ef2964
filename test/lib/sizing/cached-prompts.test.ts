import { describe, expect, it } from 'vitest';
import { loadCatalog } from '#lib/catalog/load';
import { predictorFor } from '#lib/sizing/predictor';

const catalog = loadCatalog();
const SHARES = [0, 0.3, 0.6, 0.8, 0.9, 0.95, 0.99];

function pointOf(id: string, inputTokens: number, cachedShare: number, concurrency: number) {
  const model = catalog.models.get(id);
  const accelerator = catalog.accelerators.get('h100-sxm');
  if (model === undefined || accelerator === undefined) throw new Error(`no ${id}`);
  const predictor = predictorFor(
    {
      model,
      accelerator,
      precision: 'fp8',
      kvPrecision: 'bf16',
      engine: 'vllm',
      shape: { tensor: 8, pipeline: 1, attentionData: 1, expertParallel: 1 },
      inputTokens,
      outputTokens: 211,
      cachedShare,
      isMaximum: false,
    },
    catalog,
  );
  if (predictor === null) throw new Error(`${id} cannot be sized`);
  return predictor.at(concurrency);
}

describe('a prompt whose beginning is cached', () => {
  it.each([
    ['llama-3.1-70b', 1155],
    ['llama-3.1-8b', 4096],
    ['qwen3-32b', 16_384],
    ['deepseek-v3', 1155],
    ['deepseek-v3', 8192],
  ])('of %s with %i tokens starts no later and slows nobody, the more of it is', (id, input) => {
    for (const concurrency of [1, 16, 64]) {
      const points = SHARES.map((share) => pointOf(id, input, share, concurrency));
      for (const [index, point] of points.slice(1).entries()) {
        expect(point.ttftMs).toBeLessThanOrEqual((points[index]?.ttftMs ?? 0) * 1.0001);
        expect(point.tokensPerSecond).toBeGreaterThanOrEqual((points[index]?.tokensPerSecond ?? 0) * 0.9999);
      }
    }
  });
});
