import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { loadOf } from '#lib/sizing/candidate';
import { tokensPerStep } from '#lib/sizing/techniques/speculation';
import type { Techniques } from '#lib/sizing/techniques/techniques';
import { demandFor, size, sized } from '../demand';
import {
  adapters,
  drafted,
  LAYOUT,
  lookup,
  MODELS,
  NARROW,
  pointOf,
  RUNS,
  sequencesThatFit,
  withTechniques,
} from './technique-demand';
import type { ServingDemand } from '#lib/sizing/sizing';

const share = (least = 0, most = 0.95) => fc.double({ min: least, max: most, noNaN: true });

function gpus(demand: ServingDemand): number {
  const result = size(demand);
  return result.fits ? result.replicas * result.gpusPerReplica : Infinity;
}

describe('speculative decoding', () => {
  it('yields 2.533 tokens a step with three drafted at an acceptance of 0.7', () => {
    expect(tokensPerStep(0.7, 3)).toBeCloseTo(2.533, 3);
    expect(tokensPerStep(1, 3)).toBe(4);
  });

  it('yields between one token and all of them, more with every acceptance and draft', () => {
    fc.assert(
      fc.property(share(0, 1), share(0, 1), fc.integer({ min: 1, max: 16 }), (one, other, drafts) => {
        const [less, more] = [Math.min(one, other), Math.max(one, other)];
        const tokens = tokensPerStep(less, drafts);
        expect(tokens).toBeGreaterThanOrEqual(1);
        expect(tokens).toBeLessThanOrEqual(drafts + 1 + 1e-9);
        expect(tokensPerStep(more, drafts)).toBeGreaterThanOrEqual(tokens - 1e-9);
        expect(tokensPerStep(less, drafts + 1)).toBeGreaterThanOrEqual(tokens - 1e-9);
      }),
    );
  });

  it('verifies by measured operators, whose step grows before the roofline has it grow', () => {
    const speculation = lookup(0.7);
    const changes = {
      precision: 'fp4',
      accelerator: demandFor('gpt-oss-120b', 'h100-sxm').accelerator,
    } as const;
    const at = (concurrency: number, techniques: Techniques) =>
      pointOf(withTechniques('gpt-oss-120b', techniques, changes), concurrency, NARROW);
    const drafting = at(128, { speculation });
    const { decode, verifying } = drafting.kernels?.cycle ?? {};
    const wide = at(512, {}).kernels?.cycle.decode;
    expect(verifying?.experts).toBeCloseTo(wide?.experts ?? 0, 12);
    expect(verifying?.gemm).toBeCloseTo(wide?.gemm ?? 0, 12);
    expect((verifying?.experts ?? 0) / (decode?.experts ?? 1)).toBeGreaterThan(1.3);
    const verified = (point: typeof drafting, factor: number) => factor * (point.effect?.tokensPerStep ?? 0);
    expect(verified(drafting, drafting.kernels?.decodeFactor ?? 0)).toBeGreaterThan(1.4);
    expect(verified(drafting, drafting.effect?.decode ?? 0)).toBeLessThan(1.1);
  });

  it('gains less at a high load than at a low one', () => {
    for (const model of ['llama-3.1-8b', 'llama-3.1-70b', 'qwen3-32b']) {
      const gain = (concurrency: number) =>
        pointOf(withTechniques(model, { speculation: lookup(0.7) }), concurrency).tokensPerSecond /
        pointOf(withTechniques(model, {}), concurrency).tokensPerSecond;
      expect(gain(1)).toBeGreaterThan(gain(64));
      expect(gain(64)).toBeGreaterThan(gain(512));
    }
  });

  it('is faster for a better drafter, in every model and at every load', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...MODELS),
        share(0.01, 0.9),
        share(0.01, 0.9),
        fc.integer({ min: 1, max: 256 }),
        (model, one, other, concurrency) => {
          const at = (acceptance: number) =>
            pointOf(withTechniques(model, { speculation: lookup(acceptance) }), concurrency);
          const [worse, better] = [at(Math.min(one, other)), at(Math.max(one, other))];
          expect(better.tokensPerSecond).toBeGreaterThanOrEqual(worse.tokensPerSecond * (1 - 1e-9));
          expect(better.tpotMs).toBeLessThanOrEqual(worse.tpotMs * (1 + 1e-9));
        },
      ),
      RUNS,
    );
  });

  it('pays for one user and costs throughput where the GPUs are busy multiplying', () => {
    const plain = withTechniques('llama-3.1-70b', {});
    const speculating = withTechniques('llama-3.1-70b', { speculation: lookup(0.6) });
    expect(pointOf(speculating, 1).tpotMs).toBeLessThan(0.6 * pointOf(plain, 1).tpotMs);
    const [busy, busier] = [pointOf(plain, 1000), pointOf(speculating, 1000)];
    expect(busier.tokensPerSecond).toBeLessThan(busy.tokensPerSecond);
  });

  it('costs time for a drafting model, and memory for its weights and cache', () => {
    const copied = withTechniques('llama-3.1-70b', { speculation: lookup(0.7) });
    const modelled = withTechniques('llama-3.1-70b', { speculation: drafted('llama-3.1-8b', 0.7) });
    expect(pointOf(modelled, 8).tpotMs).toBeGreaterThan(pointOf(copied, 8).tpotMs);
    expect(sequencesThatFit(modelled, NARROW)).toBeLessThan(sequencesThatFit(copied, NARROW));
    expect(sequencesThatFit(copied, NARROW)).toBe(
      sequencesThatFit(withTechniques('llama-3.1-70b', {}), NARROW),
    );
    const weightsGib = (loadOf(modelled, LAYOUT)?.weightBytes ?? 0) / 2 ** 30;
    expect(weightsGib).toBeCloseTo(67.66 + 14.96, 1);
  });

  it('takes for a layer of the target what one of its layers takes', () => {
    const mtp = { ...lookup(0.8, 1), drafter: { kind: 'layers', layers: 1 } } as const;
    const load = loadOf(withTechniques('deepseek-v3', { speculation: mtp }), LAYOUT);
    // 685 billion parameters lie on the disk with the layer, 671 without (the publisher's README): 11.5 and, with the
    // embeddings repeated there, 14.
    expect(((load?.weightBytes ?? 0) - (load?.modelBytes ?? 0)) / 1e9).toBeCloseTo(11.0, 0);
  });

  it('is never called measured, and has the wider band of a doubtful acceptance', () => {
    const sure = sized(demandFor('llama-3.1-70b', 'h100-sxm'));
    const doubtful = sized(
      demandFor('llama-3.1-70b', 'h100-sxm', {
        techniques: {
          speculation: { ...lookup(0.7), acceptance: { low: 0.6, base: 0.7, high: 0.8 } },
        },
      }),
    );
    const width = ({ low, high }: { low: number; high: number }) => high / low;
    expect(doubtful.confidence).toBe('extrapolated');
    expect(width(doubtful.tpotMs)).toBeGreaterThan(width(sure.tpotMs));
    expect(doubtful.derivation.map(({ id }) => id)).toContain('tokens-per-step');
  });
});

it('techniques that speed decoding up never need more GPUs, and those that slow it never fewer', () => {
  const at = (techniques: Techniques) =>
    gpus(demandFor('llama-3.1-70b', 'h200-sxm', { techniques, tpotMs: 25, tensorParallel: 4 }));
  const plain = at({});
  expect(at({ speculation: lookup(0.9) })).toBeLessThanOrEqual(plain);
  expect(at({ adapters: adapters({ resident: 64, rank: 64 }) })).toBeGreaterThanOrEqual(plain);
  expect(at({ offload: { weightsShare: 0.2, reachedShare: 0.8 } })).toBeGreaterThanOrEqual(plain);
});
