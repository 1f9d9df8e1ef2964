import { assert, constantFrom, integer, property, record } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { loadCatalog } from '#lib/catalog/load';
import { leastGpus } from '#lib/sizing/least-gpus';
import { sizeServing } from '#lib/sizing/size-serving';
import { demandFor } from './demand';

const catalog = loadCatalog();

describe('the least accelerators of a demand', () => {
  it('are never more than sizing takes', () => {
    let sized = 0;
    assert(
      property(
        record({
          model: constantFrom(
            'llama-3.1-8b',
            'llama-3.1-70b',
            'gpt-oss-120b',
            'deepseek-v3',
            'qwen3-30b-a3b',
          ),
          accelerator: constantFrom('l40s', 'a100-80-sxm', 'h100-sxm', 'h200-sxm', 'b200-sxm', 'mi300x'),
          input: integer({ min: 30, max: 12_000 }),
          output: integer({ min: 10, max: 2000 }),
          requestsPerSecond: integer({ min: 1, max: 200 }),
          tpotMs: constantFrom(null, 25, 80),
          percentile: constantFrom(null, 'p95' as const),
        }),
        ({ model, accelerator, input, output, requestsPerSecond, tpotMs, percentile }) => {
          const demand = demandFor(model, accelerator, {
            inputTokens: { mean: input, longest: 2 * input },
            outputTokens: { mean: output, longest: 2 * output },
            peakRequestsPerSecond: requestsPerSecond,
            meanRequestsPerSecond: requestsPerSecond / 2,
            tpotMs,
            ttftMs: null,
            percentile,
          });
          const leastAt = leastGpus(demand, catalog);
          for (const times of [1, 2.5]) {
            const grown = { ...demand, peakRequestsPerSecond: times * requestsPerSecond };
            const sizing = sizeServing(grown, catalog, null);
            if (!sizing.fits) return;
            sized += 1;
            expect(leastAt(times)).toBeLessThanOrEqual(sizing.replicas * sizing.gpusPerReplica);
          }
        },
      ),
      { numRuns: 60 },
    );
    expect(sized).toBeGreaterThan(20);
  });

  it('are infinite where no layout holds the model', () => {
    const demand = demandFor('kimi-k2', 'l4', { gpusPerNode: 1 });
    expect(leastGpus(demand, catalog)(1)).toBe(Number.POSITIVE_INFINITY);
  });
});
