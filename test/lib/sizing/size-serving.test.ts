import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { kvBytesPerToken, residentTokens } from '#lib/sizing/kv-cache';
import { demandFor, size, sized } from './demand';

const MODELS = ['llama-3.1-8b', 'llama-3.1-70b', 'gpt-oss-120b', 'deepseek-v3'];
const RUNS = { numRuns: 40 };

/** GPUs of a demand; infinitely many where it cannot be met. */
describe('sizeServing', () => {
  it('puts an 8B model on one GPU and meets its objectives', () => {
    const result = sized(demandFor('llama-3.1-8b', 'h100-sxm'));
    expect(result.gpusPerReplica).toBe(1);
    expect(result.tpotMs.base).toBeLessThanOrEqual(50);
    expect(result.ttftMs.base).toBeLessThanOrEqual(5000);
    expect(result.concurrency).toBeLessThanOrEqual(result.maxConcurrency);
  });

  it('puts a model that is larger than one node over several', () => {
    const result = sized(
      demandFor('deepseek-v3', 'h100-sxm', { precision: 'bf16', tpotMs: null, ttftMs: null }),
    );
    expect(result.nodesPerReplica).toBeGreaterThan(1);
    expect(result.gpusPerReplica).toBe(8 * result.nodesPerReplica);
  });

  it('says which latency is missed, where, and what was asked', () => {
    const result = size(demandFor('llama-3.1-70b', 'l40s', { tpotMs: 1 }));
    expect(result).toMatchObject({ fits: false });
    expect(result.fits ? [] : result.reasons).toContainEqual(
      expect.stringMatching(/^TPOT \d+ ms at concurrency 1 on \d+ × l40s, 1 ms asked$/),
    );
  });

  it('refuses sequences that are longer than the model takes', () => {
    const longest = demandFor('llama-3.1-8b', 'h100-sxm', {
      inputTokens: { mean: 1024, longest: 10_000_000 },
    });
    expect(size(longest)).toMatchObject({ fits: false });
  });

  it('plans spares until the asked availability is reached', () => {
    const result = sized(demandFor('llama-3.1-8b', 'h100-sxm', { availability: 0.9999 }));
    expect(result.spares).toBeGreaterThan(0);
    expect(result.availability).toBeGreaterThanOrEqual(0.9999);
  });

  it('derives every figure with units and at least one input', () => {
    const { derivation } = sized(demandFor('llama-3.1-70b', 'h100-sxm'));
    expect(new Set(derivation.map((step) => step.id)).size).toBe(derivation.length);
    for (const step of derivation) {
      expect(step.unit).not.toBe('');
      expect(step.inputs).not.toHaveLength(0);
      expect(Number.isFinite(step.value)).toBe(true);
    }
  });

  it('calls a demand measured only when a row matches it, and never bands an unseen one more narrowly', () => {
    const seen = sized(demandFor('llama-3.1-70b', 'h100-sxm'));
    const unseen = sized(
      demandFor('llama-3.1-70b', 'a100-80-sxm', { precision: 'bf16', ttftMs: null, tpotMs: null }),
    );
    expect(seen.confidence).not.toBe('extrapolated');
    expect(unseen.confidence).toBe('extrapolated');
    const width = ({ low, high }: { low: number; high: number }) => high / low;
    // No demand names a version of its engine, which is half of the doubt: both may share the widest step.
    const [narrow, wide] = [seen, unseen].map((each) => width(each.tokensPerSecondPerReplica));
    expect(wide).toBeGreaterThanOrEqual((narrow ?? 0) * (1 - 1e-9));
  });

  it('answers sooner with a prefix cache', () => {
    const cold = sized(
      demandFor('llama-3.1-70b', 'h100-sxm', { tensorParallel: 4, tpotMs: null, ttftMs: null }),
    );
    const warm = sized(
      demandFor('llama-3.1-70b', 'h100-sxm', {
        tensorParallel: 4,
        tpotMs: null,
        ttftMs: null,
        cachedShare: 0.8,
      }),
    );
    expect(warm.ttftMs.base).toBeLessThan(cold.ttftMs.base);
    expect(warm.tokensPerSecondPerReplica.base).toBeGreaterThan(cold.tokensPerSecondPerReplica.base);
  });
});

describe('properties of the sizing', () => {
  it('more context never lowers the cache', () => {
    fc.assert(
      fc.property(fc.constantFrom(...MODELS), fc.nat(100_000), fc.nat(100_000), (id, tokens, more) => {
        const { model } = demandFor(id, 'h100-sxm');
        expect(residentTokens(model, tokens + more)).toBeGreaterThanOrEqual(residentTokens(model, tokens));
      }),
      RUNS,
    );
  });

  it('a narrower cache never takes more memory', () => {
    for (const id of MODELS) {
      const { model } = demandFor(id, 'h100-sxm');
      expect(kvBytesPerToken(model, 'fp8')).toBeLessThanOrEqual(kvBytesPerToken(model, 'bf16') ?? 0);
    }
  });
});
