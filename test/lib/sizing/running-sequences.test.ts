import { describe, expect, it } from 'vitest';
import { loadCatalog } from '#lib/catalog/load';
import { loadOf, pieceOf, residentIn } from '#lib/sizing/measured-run';

describe('sequences that run', () => {
  const catalog = loadCatalog();
  const published = {
    kind: 'serving_closed_loop',
    gpus: 2,
    precision: 'fp8',
    inputTokens: 8192,
    outputTokens: 1024,
    concurrency: 256,
    pipeline: 1,
    attentionData: 1,
  } as const;
  const running = (engine: string) => {
    const model = catalog.models.get('minimax-m2');
    const accelerator = catalog.accelerators.get('b200-sxm');
    if (model === undefined || accelerator === undefined) throw new Error('not in the catalog');
    const run = { ...published, engine, kvPrecision: 'fp8' } as const;
    return loadOf(run, model, residentIn(pieceOf(run, model, accelerator)) ?? 0).running;
  };

  it('are as many as throughput × TPOT of the published run says: 101 to 103', () => {
    expect(running('vllm')).toBeGreaterThan(100);
    expect(running('vllm')).toBeLessThan(104);
  });

  it('are fewer where an engine reserves the whole output', () => {
    expect(running('trtllm') / running('vllm')).toBeCloseTo((8192 + 512) / (8192 + 1024), 6);
  });

  it('of a model with windows are half as many under TensorRT-LLM, which keeps what lies outside them', () => {
    const model = catalog.models.get('gpt-oss-20b');
    const accelerator = catalog.accelerators.get('b200-sxm');
    if (model === undefined || accelerator === undefined) throw new Error('not in the catalog');
    const run = { ...published, gpus: 1, precision: 'fp4', inputTokens: 1024, outputTokens: 8192 } as const;
    const held = residentIn(pieceOf({ ...run, engine: 'trtllm', kvPrecision: 'fp8' }, model, accelerator));
    expect(held).toBeCloseTo(695.7, 1);
  });
});
