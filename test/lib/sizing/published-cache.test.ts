import { describe, expect, it } from 'vitest';
import { loadCatalog } from '#lib/catalog/load';
import { pieceOf, predictRun } from '#lib/sizing/measured-run';

const catalog = loadCatalog();

describe('the cache of MXFP4 checkpoints on Hopper', () => {
  const model = catalog.models.get('gpt-oss-120b');
  const accelerator = catalog.accelerators.get('h200-sxm');
  if (model === undefined || accelerator === undefined) throw new Error('the catalog has neither');
  const run = {
    kind: 'serving_max_throughput',
    gpus: 1,
    engine: 'trtllm',
    precision: 'fp4',
    inputTokens: 1024,
    outputTokens: 8192,
    concurrency: null,
    pipeline: 1,
    attentionData: 1,
    kvPrecision: 'fp8',
  } as const;

  it('has 16 bits in published maxima, whatever they name: 3,543 tokens/s were measured (trt-024)', () => {
    const predicted = predictRun(run, model, accelerator, { ...catalog, corrections: () => [] });
    expect(predicted?.tokensPerSecondPerGpu).toBeGreaterThan(0.8 * 3543);
    expect(predicted?.tokensPerSecondPerGpu).toBeLessThan(1.25 * 3543);
  });

  it('has the bits that a run in a closed loop names', () => {
    const inClosedLoop = { ...run, kind: 'serving_closed_loop', concurrency: 64 } as const;
    expect(pieceOf(inClosedLoop, model, accelerator).kvPrecision).toBe('fp8');
    const { kvPrecision: _, ...unnamed } = inClosedLoop;
    expect(pieceOf(unnamed, model, accelerator).kvPrecision).toBe('bf16');
  });
});
