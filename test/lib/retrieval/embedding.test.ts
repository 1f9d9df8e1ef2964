import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Accelerator } from '#lib/catalog/accelerators';
import { loadCatalog } from '#lib/catalog/load';
import type { Model } from '#lib/catalog/models';
import { chunksOf, planEmbedding, type EmbeddingDemand, type EmbeddingPlan } from '#lib/retrieval/embedding';
import { readingRate } from '#lib/retrieval/prefill-rate';

const catalog = loadCatalog();
const model = (id: string): Model => {
  const found = catalog.models.get(id);
  if (found === undefined) throw new Error(`no model ${id}`);
  return found;
};
const accelerator = (id: string): Accelerator => {
  const found = catalog.accelerators.get(id);
  if (found === undefined) throw new Error(`no accelerator ${id}`);
  return found;
};

const DEMAND: EmbeddingDemand = {
  model: model('bge-m3'),
  accelerator: accelerator('l4'),
  precision: 'bf16',
  documents: 1_000_000,
  tokensPerDocument: 2_000,
  chunkTokens: 512,
  overlapTokens: 64,
};

function embedded(demand: Partial<EmbeddingDemand> = {}): EmbeddingPlan {
  const plan = planEmbedding({ ...DEMAND, ...demand }, catalog.constants);
  if ('reasons' in plan) throw new Error(plan.reasons.join('; '));
  return plan;
}

function rateOf(reader: Parameters<typeof readingRate>[0]) {
  const rate = readingRate(reader, catalog.constants);
  if ('reasons' in rate) throw new Error(rate.reasons.join('; '));
  return rate.tokensPerSecond;
}

describe('the reading rate', () => {
  it('spans what BGE-large was measured at on an L4, from sentence-transformers to text-embeddings-inference', () => {
    const rate = rateOf({ ...DEMAND, tokensPerText: 449 });
    expect(rate.low / (1_150_000 / 59.107)).toBeCloseTo(1, 2);
    expect(rate.base / (1_150_000 / 23.367)).toBeCloseTo(1, 2);
    expect(rate.high).toBeGreaterThanOrEqual(1_150_000 / 18.491);
  });

  it('comes within a fifth of BGE-large on an MI210, which it was not taken from', () => {
    // 181 dense BF16 TFLOPS by its datasheet; 1,150,000 tokens took 13.4 s (michaelfeil/infinity@0d1c358).
    const mi210 = { ...accelerator('l4'), denseTflops: { bf16: 181, fp8: null, fp4: null, int8: 181 } };
    const rate = rateOf({ ...DEMAND, accelerator: mi210, tokensPerText: 449 });
    expect(Math.abs(rate.base / (1_150_000 / 13.4) - 1)).toBeLessThan(0.2);
  });

  it('of a small model on a large accelerator falls, at its slow end, to what one host process hands on', () => {
    const large = rateOf({ ...DEMAND, accelerator: accelerator('h200-sxm'), tokensPerText: 400 });
    expect(large.low).toBeCloseTo(1e6 / 8.9, 3);
    expect(large.base).toBeGreaterThan(300_000);
    // An L4 reads slower than any host.
    expect(rateOf({ ...DEMAND, tokensPerText: 400 }).low).toBeLessThan(1e6 / 8.9);
  });

  it('of a decoder takes the prefill share that serving rows were fitted to', () => {
    const rate = rateOf({
      ...DEMAND,
      model: model('qwen3-embedding-8b'),
      accelerator: accelerator('h100-sxm'),
      tokensPerText: 512,
    });
    const flops = 2 * (7.568e9 - 0.622e9) + 2 * 36 * 32 * 128 * 512;
    expect(rate.base).toBeCloseTo((989e12 * (catalog.constants.values['mfu_pf_bf16'] ?? 0)) / flops, 3);
  });

  it.each([
    ['a model of unpublished size', { model: model('titan-embed-text-v2') }, 'is not published'],
    ['a text beyond the context', { tokensPerText: 9_000 }, 'reads 8192 at most'],
    ['weights beyond the memory', { model: model('llama-3.1-70b') }, 'one NVIDIA L4 holds'],
  ])('of %s is a reason', (_, change, reason) => {
    const result = readingRate({ ...DEMAND, tokensPerText: 512, ...change }, catalog.constants);
    expect(result).toEqual({ reasons: [expect.stringContaining(reason)] });
  });
});

describe('embedding a corpus', () => {
  it.each([
    [100, 512, 64, 1],
    [512, 512, 64, 1],
    [513, 512, 64, 2],
    [2_000, 512, 64, 5],
    [1_024, 512, 0, 2],
  ])('cuts %i tokens into windows of %i with %i repeated: %i chunks', (tokens, chunk, overlap, chunks) => {
    expect(chunksOf(tokens, chunk, overlap)).toBe(chunks);
  });

  it('reads every token once, and what overlaps twice', () => {
    expect(embedded()).toMatchObject({ chunks: 5_000_000, tokens: 1_000_000 * (2_000 + 4 * 64) });
  });

  it('takes its tokens over the rate', () => {
    const { gpuHours, tokens, tokensPerSecondPerGpu } = embedded();
    expect(gpuHours.base).toBeCloseTo(tokens / tokensPerSecondPerGpu.base / 3_600, 9);
    expect(gpuHours.low).toBeLessThan(gpuHours.base);
    expect(gpuHours.high).toBeGreaterThan(gpuHours.base);
  });

  it('again within a window takes the GPUs that finish in it', () => {
    const { window, gpuHours } = embedded({ windowHours: 2 });
    expect(window?.gpus.base).toBe(Math.ceil(gpuHours.base / 2));
    expect(window?.hours.base).toBeLessThanOrEqual(2);
    expect(window?.gpus.high).toBeGreaterThan(window?.gpus.base ?? 0);
    expect(embedded().window).toBeNull();
  });

  it('never takes less for more documents, longer ones or more overlap', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 1e9 }),
        fc.integer({ min: 1, max: 100_000 }),
        fc.integer({ min: 2, max: 512 }),
        fc.nat(1_000),
        fc.nat(1_000),
        (documents, tokensPerDocument, chunkTokens, more, longer) => {
          const demand = { documents, tokensPerDocument, chunkTokens, overlapTokens: 0 };
          const { gpuHours } = embedded(demand);
          const larger = embedded({ ...demand, documents: documents + more });
          expect(larger.gpuHours.base).toBeGreaterThanOrEqual(gpuHours.base);
          const long = embedded({ ...demand, tokensPerDocument: tokensPerDocument + longer });
          expect(long.gpuHours.base).toBeGreaterThanOrEqual(gpuHours.base);
          const doubled = embedded({ ...demand, overlapTokens: Math.floor(chunkTokens / 2) });
          expect(doubled.gpuHours.base).toBeGreaterThanOrEqual(gpuHours.base);
        },
      ),
    );
  });

  it('refuses an overlap as long as the chunk', () => {
    expect(() => embedded({ overlapTokens: 512 })).toThrow(/below 512/);
  });
});
