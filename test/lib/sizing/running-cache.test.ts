import { describe, expect, it } from 'vitest';
import { loadCatalog } from '#lib/catalog/load';
import { loadOf } from '#lib/sizing/candidate';
import {
  cachedBytesPerToken,
  cachePoolsOf,
  keptInFlight,
  keptStates,
  keptTokens,
} from '#lib/sizing/running-cache';
import type { ServingDemand } from '#lib/sizing/sizing';
import { GIB } from '#lib/units/bytes';
import { demandFor } from './demand';

const catalog = loadCatalog();
const ONE_GPU = { tensor: 1, pipeline: 1, attentionData: 1 };
const LENGTHS = {
  inputTokens: { mean: 7_000, longest: 8_000 },
  outputTokens: { mean: 1_000, longest: 2_000 },
} as const;

function on(model: string, changes: Partial<ServingDemand> = {}): ServingDemand {
  return demandFor(model, 'h100-sxm', { ...LENGTHS, calibration: 'sglang', ...changes });
}

const drafting = {
  speculation: {
    drafter: { kind: 'lookup' },
    draftTokens: 3,
    acceptance: { low: 0.5, base: 0.6, high: 0.7 },
  },
} as const;

describe('layers with a window', () => {
  it.each([
    // Half of the layers: 4,000 + 128 ÷ 2, and under SGLang 128 more before it drops them.
    ['gpt-oss-120b', 'vllm', 4_064],
    ['gpt-oss-120b', 'sglang', 4_128],
    ['gpt-oss-120b', 'trtllm', 8_000],
    // 10 of 62 layers have full attention; SGLang gives Gemma 3 one pool for all.
    ['gemma-3-27b', 'vllm', (10 * 8_000 + 52 * 1_024) / 62],
    ['gemma-3-27b', 'sglang', 8_000],
  ] as const)('%s under %s keeps tokens', (model, calibration, tokens) => {
    expect(keptTokens(on(model, { calibration }), 8_000)).toBeCloseTo(tokens, 3);
  });

  it('hold two steps of prompts whole under SGLang, where they have a pool of their own', () => {
    expect(keptInFlight(on('gpt-oss-120b'), 8_192)).toBe(8_192);
    expect(keptInFlight(on('gemma-3-27b'), 8_192)).toBe(0);
    expect(keptInFlight(on('gpt-oss-120b', { calibration: 'vllm' }), 8_192)).toBe(0);
  });

  it('get the share of the pool that the sequences need, not 0.8', () => {
    // 64 × 256 + 2 × 8,192 of 64 × 8,000 tokens.
    expect(cachePoolsOf(on('gpt-oss-120b'), 64, 8_192)).toEqual({ windowTokensShare: 0.064 });
    expect(cachePoolsOf(on('gpt-oss-120b', { calibration: 'vllm' }), 64, 8_192)).toEqual({});
    expect(cachePoolsOf(on('gpt-oss-120b', { reusesPrefixes: false }), 64, 8_192)).toEqual({});
    expect(cachePoolsOf(on('llama-3.1-8b'), 64, 8_192)).toEqual({});
  });
});

describe('states of linear attention', () => {
  it.each([
    ['vllm', {}, 1],
    ['vllm', { techniques: drafting }, 4],
    ['sglang', {}, 5],
    ['sglang', { reusesPrefixes: false }, 1],
    ['sglang', { techniques: drafting }, 9],
    ['sglang', { techniques: drafting, reusesPrefixes: false }, 5],
  ] as const)('of a running sequence under %s with %j', (calibration, changes, states) => {
    expect(keptStates(on('qwen3.5-27b', { calibration, ...changes }))).toBe(states);
  });

  it('and what it caches are what vLLM logged, which counts one state more for a prefix', () => {
    const bytes = (model: string, tensor: number, techniques?: ServingDemand['techniques']) => {
      const demand = on(model, {
        calibration: 'vllm',
        kvPrecision: 'fp8',
        ...(techniques && { techniques }),
      });
      const load = loadOf(demand, { ...ONE_GPU, tensor });
      return (tokens: number) =>
        ((load?.tokenBytes ?? 0) * tokens +
          ((load?.stateBytes ?? 0) / (load?.states ?? 1)) * ((load?.states ?? 0) + 1)) /
        tensor;
    };
    // Qwen3.6-35B-A3B: 5.98 GiB, 4.33 texts of 131,072 tokens (noonghunna/club-3090, issue 612).
    const texts = (5.98 * GIB) / bytes('qwen3.6-35b-a3b', 1)(131_072);
    expect(Math.abs(texts / 4.33 - 1)).toBeLessThan(0.02);
    // Qwen3.6-27B on two GPUs, drafting three tokens by its further layer as other runs of that repository do: 5.33 GiB
    // each, 1.15 texts of 262,144 (pull request 594).
    const mtp = { speculation: { ...drafting.speculation, drafter: { kind: 'layers', layers: 1 } } } as const;
    const drafted = (5.33 * GIB) / bytes('qwen3.6-27b', 2, mtp)(262_144);
    expect(Math.abs(drafted / 1.15 - 1)).toBeLessThan(0.02);
  });

  it('bound the sequences that fit, and are told to SGLang', () => {
    const most = (changes: Partial<ServingDemand>) =>
      loadOf(on('qwen3.5-27b', changes), ONE_GPU)?.maxConcurrency;
    const withPrefixes = most({}) ?? 0;
    expect(withPrefixes).toBeLessThan((most({ reusesPrefixes: false }) ?? 0) * 0.6);
    expect(cachePoolsOf(on('qwen3.5-27b'), withPrefixes, 8_192)).toEqual({ stateSlots: 5 * withPrefixes });
  });
});

describe('the cache of sparse latent attention', () => {
  it.each([
    // 61 × (576 × 2 + 128 + 4), 61 × (512 + 4 × 4 + 64 × 2 + 132), and 61 × (576 + 132) on Blackwell.
    ['deepseek-v3.2', 'bf16', 'hopper', 78_324],
    ['deepseek-v3.2', 'fp8', 'hopper', 48_068],
    ['deepseek-v3.2', 'fp8', 'blackwell', 43_188],
    ['glm-5', 'bf16', 'blackwell', 78 * 1_284],
    ['deepseek-v3', 'fp8', 'hopper', 61 * 576],
    ['llama-3.1-8b', 'bf16', 'hopper', 131_072],
  ] as const)('%s in %s on %s', (id, precision, family, bytes) => {
    const model = catalog.models.get(id);
    expect(model === undefined ? null : cachedBytesPerToken(model, precision, { family })).toBe(bytes);
  });
});
