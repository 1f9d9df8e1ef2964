import { describe, expect, it } from 'vitest';
import { loadCatalog } from '#lib/catalog/load';
import { benchPromptTokens, benchSettings } from '#lib/sizing/published-maximum';

const catalog = loadCatalog();

function model(id: string) {
  const found = catalog.models.get(id);
  if (found === undefined) throw new Error(`no ${id} in the catalog`);
  return found;
}

const balanced = { inputTokens: 1000, outputTokens: 1000, pipeline: 1 } as const;

describe('what trtllm-bench starts an engine with', () => {
  it('is as many sequences as memory holds, rounded up, and twice as many tokens where inputs equal outputs', () => {
    expect(benchSettings(model('qwen3-30b-a3b'), 1545, balanced)).toEqual({
      sequences: 1792,
      stepTokens: 3328,
    });
  });

  it('ends at 4,096 sequences over all stages and 32,768 tokens', () => {
    const prompts = { inputTokens: 2048, outputTokens: 128, pipeline: 8 };
    expect(benchSettings(model('llama-3.1-70b'), 16_099, prompts)).toEqual({
      sequences: 512,
      stepTokens: 9216,
    });
    expect(benchSettings(model('llama-3.1-70b'), 16_099, { ...prompts, pipeline: 1 }).stepTokens).toBe(
      32_768,
    );
  });

  it('starts at 64 sequences and 2,048 tokens', () => {
    expect(benchSettings(model('llama-3.1-70b'), 20, balanced)).toEqual({ sequences: 64, stepTokens: 2048 });
  });

  it('is the engine’s own for MXFP4, which the heuristic does not know', () => {
    expect(benchSettings(model('gpt-oss-20b'), 700, balanced)).toEqual({ sequences: 2048, stepTokens: 8192 });
  });

  it('leaves what running sequences do not take to prompts, and never cuts one', () => {
    const one = { ...balanced, attentionData: 1 };
    expect(benchPromptTokens(model('qwen3-30b-a3b'), 1545, one)).toBe(3328 - 1545);
    expect(benchPromptTokens(model('qwen3-30b-a3b'), 10, { ...one, inputTokens: 20_000 })).toBeGreaterThan(
      19_999,
    );
  });
});
