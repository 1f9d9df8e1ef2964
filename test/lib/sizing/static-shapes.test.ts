import { describe, expect, it } from 'vitest';
import { loadCatalog } from '#lib/catalog/load';
import { attendedTokens, kvReplication } from '#lib/sizing/kv-cache';

const { accelerators, models } = loadCatalog();
const llama = models.get('llama-3.1-8b');
const [h100, inferentia, trainium2] = ['h100-sxm', 'inferentia2', 'trainium2'].map((id) =>
  accelerators.get(id),
);
if (llama === undefined || h100 === undefined || inferentia === undefined || trainium2 === undefined) {
  throw new Error('not in the catalog');
}

describe('an accelerator whose programs have shapes that do not change', () => {
  it('attends to a cache padded to the next power of two, the least of them 128', () => {
    expect(attendedTokens(h100, 4096, 4096)).toBe(6144);
    expect(attendedTokens(inferentia, 4096, 4096)).toBe(8192);
    expect(attendedTokens(inferentia, 10, 20)).toBe(128);
    // 1,024 steps in 2,048 tokens, 1,024 in 4,096.
    expect(attendedTokens(inferentia, 1024, 2048)).toBe((1024 * 2048 + 1024 * 4096) / 2048);
    expect(attendedTokens(inferentia, 1000, 1)).toBe(1024);
  });

  it('is what it is where no answer is written', () => {
    expect(attendedTokens(inferentia, 1000, 0)).toBe(1000);
  });

  it('is at most twice what there is, and never less', () => {
    for (const input of [1, 100, 129, 1000, 5000, 32_768])
      for (const output of [1, 64, 500, 8192]) {
        const there = attendedTokens(h100, input, output);
        const padded = attendedTokens(inferentia, input, output);
        expect(padded).toBeGreaterThanOrEqual(there);
        expect(padded).toBeLessThanOrEqual(Math.max(128, 2 * (input + output)));
      }
  });

  it('repeats the cache for each rank beyond the KV heads: 12 chips are 24 ranks', () => {
    expect(kvReplication(llama, h100, 12, 1)).toBe(1.5);
    expect(kvReplication(llama, inferentia, 12, 1)).toBe(3);
    expect(kvReplication(llama, inferentia, 1, 1)).toBe(1);
    expect(kvReplication(llama, trainium2, 16, 1)).toBe(8);
  });
});
