import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { loadOf } from '#lib/sizing/candidate';
import type { Techniques } from '#lib/sizing/techniques/techniques';
import { demandFor, size, sized } from '../demand';
import {
  adapters,
  LAYOUT,
  MODELS,
  NARROW,
  pointOf,
  RUNS,
  sequencesThatFit,
  withTechniques,
} from './technique-demand';

const share = (least = 0, most = 0.95) => fc.double({ min: least, max: most, noNaN: true });

describe('LoRA adapters', () => {
  it('take rank × (inputs + outputs) × 2 bytes each, half of it on every GPU', () => {
    const load = loadOf(withTechniques('llama-3.1-8b', { adapters: adapters({ resident: 4 }) }), LAYOUT);
    // 41.94 million parameters at rank 16 on all projections; (1 + 8) ÷ 2 copies over eight GPUs.
    expect((load?.weightBytes ?? 0) - (load?.modelBytes ?? 0)).toBeCloseTo(4 * 41_943_040 * 2 * 4.5, -3);
  });

  it('lie once in a pipeline, each stage with those of its layers', () => {
    const demand = withTechniques('llama-3.1-8b', { adapters: adapters({ resident: 4 }) });
    const load = loadOf(demand, { ...LAYOUT, tensor: 1, pipeline: 2 });
    expect((load?.weightBytes ?? 0) - (load?.modelBytes ?? 0)).toBeCloseTo(4 * 41_943_040 * 2, -3);
  });

  it.each([
    ['deepseek-r1', 'latent attention'],
    ['qwen3-235b-a22b', 'no one feed-forward width'],
  ])('of %s have no size, and the reason is not that its dimensions are unknown', (model, why) => {
    expect(size(withTechniques(model, { adapters: adapters() }))).toMatchObject({
      fits: false,
      reasons: [expect.stringMatching(`^adapters are sized for .* has ${why}$`)],
    });
  });

  it('add about two milliseconds to a step of 32 requests with one each, as Punica measured on a 7B model', () => {
    const demand = demandFor('llama-3.1-8b', 'a100-80-sxm', {
      precision: 'bf16',
      techniques: { adapters: adapters({ resident: 32 }) },
    });
    const one = { ...LAYOUT, tensor: 1 };
    const added = 1000 * (pointOf(demand, 32, one).effect?.adapterSeconds ?? 0);
    expect(added).toBeGreaterThan(1.8);
    expect(added).toBeLessThan(2.4);
  });

  it('never raise what fits or how fast it is with more of them or a higher rank', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('llama-3.1-8b', 'llama-3.1-70b', 'qwen3-32b'),
        fc.integer({ min: 1, max: 100 }),
        fc.integer({ min: 0, max: 100 }),
        fc.constantFrom(8, 16, 32),
        fc.integer({ min: 1, max: 256 }),
        (model, resident, more, rank, concurrency) => {
          const few = withTechniques(model, { adapters: adapters({ resident, rank }) });
          const many = withTechniques(model, {
            adapters: adapters({ resident: resident + more, rank: rank * 2 }),
          });
          expect(sequencesThatFit(many)).toBeLessThanOrEqual(sequencesThatFit(few));
          expect(pointOf(many, concurrency).tokensPerSecond).toBeLessThanOrEqual(
            pointOf(few, concurrency).tokensPerSecond,
          );
          expect(pointOf(few, concurrency).tokensPerSecond).toBeLessThan(
            pointOf(withTechniques(model, {}), concurrency).tokensPerSecond,
          );
        },
      ),
      RUNS,
    );
  });
});

describe('weights in host memory', () => {
  const offload = (weightsShare: number): Techniques => ({ offload: { weightsShare, reachedShare: 0.8 } });

  it('never lower what fits, and never make it faster', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...MODELS),
        share(0, 0.9),
        share(0, 0.9),
        fc.integer({ min: 1, max: 256 }),
        (model, one, other, concurrency) => {
          const less = withTechniques(model, offload(Math.min(one, other)));
          const more = withTechniques(model, offload(Math.max(one, other)));
          expect(sequencesThatFit(more)).toBeGreaterThanOrEqual(sequencesThatFit(less));
          expect(pointOf(more, concurrency).tokensPerSecond).toBeLessThanOrEqual(
            pointOf(less, concurrency).tokensPerSecond * (1 + 1e-9),
          );
        },
      ),
      RUNS,
    );
  });

  it('let a 70B model in 16 bits stand on one H200, at the speed of the host link', () => {
    const one = { tensorParallel: 1, precision: 'bf16' } as const;
    const without = loadOf(withTechniques('llama-3.1-70b', {}, one), { ...LAYOUT, tensor: 1 });
    expect(without?.holdsLongest).toBe(false);
    const fitting = sized(withTechniques('llama-3.1-70b', offload(0.3), one));
    // What the GPUs hold and what the host holds are the weights, and the GPUs' part lies beside the cache.
    const { hostWeightsGib = 0, weightsGib, gpusPerReplica, kvGibPerGpu, usableGibPerGpu } = fitting;
    expect(hostWeightsGib).toBeCloseTo(0.3 * weightsGib, 6);
    expect((weightsGib - hostWeightsGib) / gpusPerReplica + kvGibPerGpu).toBeLessThan(usableGibPerGpu);
    expect(fitting.gpusPerReplica).toBe(1);
    // 0.3 × 141 GB over 64 GB/s at 0.8 are 0.83 s a step.
    expect(fitting.tpotMs.base).toBeGreaterThan(800);
    expect(fitting.tpotMs.base).toBeLessThan(1200);
  });

  it('are refused where nobody says how fast the accelerator reads from its host', () => {
    const result = size(demandFor('llama-3.1-8b', 'b300-sxm', { techniques: offload(0.3) }));
    expect(result).toMatchObject({ fits: false, reasons: [expect.stringContaining('from its host')] });
  });
});

describe('the pool of prefixes', () => {
  const pool = (distinctPrefixes: number): Techniques => ({ prefixPool: { distinctPrefixes } });
  const cached = { cachedShare: 0.5 };

  it('takes memory for each prefix, and shares one among the sequences that begin with it', () => {
    const fit = (techniques: Techniques) =>
      sequencesThatFit(withTechniques('llama-3.1-70b', techniques, cached), NARROW);
    expect(fit(pool(1))).toBeGreaterThan(fit({}));
    expect(fit(pool(1_000))).toBeLessThan(fit({}));
  });

  it('never lets more sequences fit with more prefixes', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...MODELS, 'gemma-3-27b'),
        fc.integer({ min: 1, max: 5_000 }),
        fc.integer({ min: 0, max: 5_000 }),
        (model, prefixes, more) => {
          const few = sequencesThatFit(withTechniques(model, pool(prefixes), cached));
          expect(sequencesThatFit(withTechniques(model, pool(prefixes + more), cached))).toBeLessThanOrEqual(
            few,
          );
        },
      ),
      RUNS,
    );
  });
});

describe('the budget of a step', () => {
  const budget = (prefillBudgetTokens: number): Techniques => ({ prefillBudgetTokens });

  it('takes (2 × hidden + 3 × feed-forward ÷ T) × 2 bytes for every token beyond 8,192', () => {
    const four = { tensor: 4, pipeline: 1, attentionData: 1 };
    const usual = loadOf(withTechniques('llama-3.1-70b', budget(8_192)), four);
    const large = loadOf(withTechniques('llama-3.1-70b', budget(32_768)), four);
    expect((large?.overhead.activationsGib ?? 0) - (usual?.overhead.activationsGib ?? 0)).toBeCloseTo(
      1.734,
      3,
    );
    expect(large?.maxConcurrency).toBeLessThan(usual?.maxConcurrency ?? 0);
  });

  it('makes prompts slower in smaller pieces, and never faster', () => {
    const long = {
      inputTokens: { mean: 16_000, longest: 20_000 },
      outputTokens: { mean: 200, longest: 400 },
    };
    const at = (tokens: number) => pointOf(withTechniques('llama-3.1-70b', budget(tokens), long), 16);
    expect(at(512).tokensPerSecond).toBeLessThan(at(8_192).tokensPerSecond);
    expect(at(512).ttftMs).toBeGreaterThan(at(8_192).ttftMs);
  });
});
