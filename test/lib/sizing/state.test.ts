import { describe, expect, it } from 'vitest';
import { loadCatalog } from '#lib/catalog/load';
import { loadOf } from '#lib/sizing/candidate';
import { stateBytesPerSequence } from '#lib/sizing/kv-cache';
import { demandFor } from './demand';

const catalog = loadCatalog();
const LAYOUT = { tensor: 2, pipeline: 1, attentionData: 1 };

describe('the state of linear attention', () => {
  it('is 45 × (64 × 128² × 4 + 96 × 128 × 3 × 2) bytes of Qwen3.5-397B-A17B, however long the sequence', () => {
    const model = catalog.models.get('qwen3.5-397b-a17b');
    expect(model === undefined ? 0 : stateBytesPerSequence(model)).toBe(192_061_440);
  });

  it('is nothing where every layer has a cache', () => {
    for (const id of ['llama-3.1-70b', 'gemma-3-27b', 'deepseek-v3']) {
      const model = catalog.models.get(id);
      expect(model === undefined ? -1 : stateBytesPerSequence(model)).toBe(0);
    }
  });

  it('bounds the sequences of a hybrid that fit, most where they are short', () => {
    const fitting = (tokens: number, withState: boolean) => {
      const demand = demandFor('qwen3.5-27b', 'h100-sxm', {
        inputTokens: { mean: tokens, longest: tokens },
        outputTokens: { mean: 100, longest: 100 },
      });
      const { gatedDelta: _, ...plain } = demand.model;
      return loadOf(withState ? demand : { ...demand, model: plain }, LAYOUT)?.maxConcurrency ?? 0;
    };
    expect(fitting(1_000, true) / fitting(1_000, false)).toBeLessThan(
      fitting(50_000, true) / fitting(50_000, false),
    );
    expect(fitting(1_000, true)).toBeLessThan(fitting(1_000, false));
  });
});
