import { describe, expect, it } from 'vitest';
import { loadCatalog } from '#lib/catalog/load';
import { loadOf } from '#lib/sizing/candidate';
import { predictorFor } from '#lib/sizing/predictor';
import type { ServingDemand } from '#lib/sizing/sizing';
import { imported } from '../model-import/config-file';
import { demandFor, sized } from './demand';

const catalog = loadCatalog();
const LAYOUT = { tensor: 1, pipeline: 1, attentionData: 1 };
const SHORT = { mean: 1_000, longest: 1_000 };

function demandOf(name: string, changes: Readonly<Record<string, unknown>> = {}) {
  return { ...demandFor('llama-3.1-8b', 'h100-sxm'), model: imported(name, changes) };
}

/** TPOT of 64 running sequences on one GPU, ms. */
function tpotOf(demand: ServingDemand): number {
  const inputTokens = demand.inputTokens.mean;
  const piece = { ...demand, engine: 'vllm', shape: LAYOUT, inputTokens, isMaximum: false };
  return predictorFor({ ...piece, outputTokens: 500 }, catalog)?.at(64).tpotMs ?? Number.NaN;
}

describe('a model with a state for each sequence', () => {
  it('is sized, as an extrapolation, by the roofline alone', () => {
    const sizing = sized(demandOf('nemotron-nano-9b-v2'));
    expect(sizing.confidence).toBe('extrapolated');
    expect(sizing.tpotMs.low).toBeLessThan(sizing.tpotMs.base);
  });

  it('holds fewer sequences and takes longer for a step in 32 bits than in 16', () => {
    const at = (dtype: string) => demandOf('nemotron-nano-9b-v2', { mamba_ssm_cache_dtype: dtype });
    const [wide, narrow] = [loadOf(at('float32'), LAYOUT), loadOf(at('float16'), LAYOUT)];
    expect(wide?.maxConcurrency ?? 0).toBeLessThan(narrow?.maxConcurrency ?? 0);
    expect(tpotOf(at('float32'))).toBeGreaterThan(tpotOf(at('float16')));
  });

  it('holds more sequences than one that attends in every layer, most where they are long', () => {
    const held = (name: string, tokens: number) =>
      loadOf(
        { ...demandOf(name), inputTokens: { mean: tokens, longest: tokens }, outputTokens: SHORT },
        LAYOUT,
      )?.maxConcurrency ?? 0;
    const gain = (tokens: number) => held('nemotron-nano-9b-v2', tokens) / held('llama-3.1-8b', tokens);
    expect(gain(100_000)).toBeGreaterThan(gain(10_000));
    expect(gain(100_000)).toBeGreaterThan(4);
  });
});

describe('a model whose layers share a cache', () => {
  it('fits more sequences and reads as much as one that shares none', () => {
    const plain = demandOf('llama-3.1-8b');
    const sharing = { ...plain, model: imported('llama-3.1-8b', { num_kv_shared_layers: 16 }) };
    const [one, half] = [loadOf(plain, LAYOUT), loadOf(sharing, LAYOUT)];
    expect(half?.maxConcurrency ?? 0).toBeGreaterThan(1.9 * (one?.maxConcurrency ?? 0));
    // Fewer weights for keys and values, and as much of the cache to read.
    const ratio = tpotOf(sharing) / tpotOf(plain);
    expect(ratio).toBeLessThan(1);
    expect(ratio).toBeGreaterThan(0.95);
  });
});
