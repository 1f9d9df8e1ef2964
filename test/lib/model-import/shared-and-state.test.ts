import { describe, expect, it } from 'vitest';
import type { Model } from '#lib/catalog/models';
import { kvBytesPerToken, residentTokens, stateBytesPerSequence } from '#lib/sizing/kv-cache';
import { parametersOf, checkpointBytes } from '#lib/sizing/weights';
import { problemOf } from '../../_support/thrown';
import { imported } from './config-file';

/** Total and active parameters that the publishers state, 10^9; towers for images and sound are not counted here. */
const PUBLISHED: Readonly<Record<string, { readonly total: number; readonly active: number }>> = {
  // 7.85 with 0.30 for images and 0.68 for sound; "effectively 4" without the per-layer embeddings.
  'gemma-3n-e4b': { total: 6.87, active: 4.5 },
  // 5.1 with 0.15 for images and 0.3 for sound; 2.3 effective.
  'gemma-4-e2b': { total: 4.65, active: 2.3 },
  'hunyuan-large': { total: 389, active: 52 },
  'falcon-h1-7b': { total: 7.59, active: 7.59 },
  'granite-4.0-h-small': { total: 32, active: 9 },
  'nemotron-nano-9b-v2': { total: 8.89, active: 8.89 },
  // 45.9 without the embeddings, as MiniMax counts.
  'minimax-m1': { total: 456, active: 45.9 + 2.46 },
};

describe('layers that share a cache', () => {
  it('keep none themselves: 20 of 35 layers of Gemma 3n, 32 of 64 of Hunyuan-Large', () => {
    expect(kvBytesPerToken(imported('gemma-3n-e4b'), 'bf16')).toBe(20 * 2 * 2 * 256 * 2);
    // Grouped queries and cross-layer attention together save 95 % of multi-head attention's (arXiv 2411.02265).
    const hunyuan = imported('hunyuan-large');
    expect(kvBytesPerToken(hunyuan, 'bf16')).toBe((2 * 64 * 80 * 80 * 2) / 20);
  });

  it('are read by every layer all the same', () => {
    const model = imported('hunyuan-large');
    expect(model.kvElementsReadPerToken).toBe(2 * (model.kvElementsPerToken ?? 0));
    expect(imported('llama-3.1-8b').kvElementsReadPerToken).toBeUndefined();
  });

  it('never add to the cache: the more layers share, the less is kept', () => {
    const kept = (shared: number) =>
      imported('llama-3.1-8b', { num_kv_shared_layers: shared }).kvElementsPerToken ?? 0;
    for (let shared = 0; shared < 31; shared += 1) expect(kept(shared + 1)).toBeLessThan(kept(shared));
  });

  it('have a window in their share: 4 of 20 caches of Gemma 3n are full', () => {
    expect(residentTokens(imported('gemma-3n-e4b'), 32_768)).toBeCloseTo(0.2 * 32_768 + 0.8 * 512, 6);
  });

  it('are not all of them', () => {
    const problem = problemOf(() => imported('llama-3.1-8b', { num_kv_shared_layers: 32 }));
    expect(problem).toMatchObject({ code: 'OUT_OF_RANGE', got: '32' });
    expect(problem.at).toMatch(/^llama-3\.1-8b\/config\.json:\d+:\d+$/);
  });
});

describe('the state of a sequence', () => {
  const state = (name: string, changes = {}) => stateBytesPerSequence(imported(name, changes));

  it('is heads × head × state and three inputs of the convolution: Mamba-2', () => {
    // Granite: 36 layers of 128 × 64 × 128 in 16 bits, and 8192 + 2 × 128 channels.
    expect(state('granite-4.0-h-small')).toBe(36 * (128 * 64 * 128 * 2 + 3 * (8192 + 256) * 2));
    // Nemotron: 27 layers of 128 × 80 × 128 in 32 bits, and 10240 + 2 × 8 × 128 channels.
    expect(state('nemotron-nano-9b-v2')).toBe(27 * (128 * 80 * 128 * 4 + 3 * (10_240 + 2048) * 2));
  });

  it('lies beside a cache in every layer of Falcon-H1', () => {
    const model = imported('falcon-h1-7b');
    expect([model.kvLayers, kvBytesPerToken(model, 'bf16')]).toEqual([null, 44 * 2 * 2 * 128 * 2]);
    expect(stateBytesPerSequence(model)).toBe(44 * (24 * 128 * 256 * 2 + 3 * (3072 + 512) * 2));
  });

  it('is a matrix for each head under lightning attention', () => {
    expect(state('minimax-m1')).toBe(70 * 64 * 128 * 128 * 2);
  });

  it('is as wide as the configuration asks, else 32 bits where a delta rule or Nemotron-H needs it', () => {
    const bytes = (name: string, changes = {}) => imported(name, changes).sequenceState?.recurrentBytes;
    expect(bytes('nemotron-nano-9b-v2', { mamba_ssm_cache_dtype: 'float16' })).toBe(2);
    expect(bytes('nemotron-nano-9b-v2', { mamba_ssm_cache_dtype: undefined })).toBe(4);
    expect(bytes('qwen3.5-27b')).toBe(4);
    expect(bytes('kimi-linear')).toBe(4);
    expect(bytes('jamba-v0.1')).toBe(2);
  });
});

describe('parameters', () => {
  it.each(Object.entries(PUBLISHED))(
    'of %s are within 2.5 %% of what is published',
    (name, { total, active }) => {
      const model = imported(name);
      expect((model.paramsTotalB ?? 0) / total).toBeCloseTo(1, 1);
      expect(Math.abs((model.paramsTotalB ?? 0) / total - 1)).toBeLessThan(0.025);
      expect(Math.abs((model.paramsActiveB ?? 0) / active - 1)).toBeLessThan(0.025);
    },
  );

  it('of per-layer embeddings lie in memory and are not read in a step', () => {
    const model: Model = imported('gemma-3n-e4b');
    const parameters = parametersOf(model);
    if (parameters === null) throw new Error('no parameters');
    expect(parameters.lookup).toBe(2.349e9);
    expect(parameters.other + parameters.lookup + parameters.embeddings).toBe(parameters.total);
    expect(checkpointBytes(model, parameters, 'bf16')).toBe(2 * parameters.total);
    expect(checkpointBytes(model, parameters, 'int4')).toBeGreaterThan(2 * parameters.lookup);
  });
});
