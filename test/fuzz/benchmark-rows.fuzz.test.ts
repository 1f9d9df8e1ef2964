import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { loadCatalog } from '#lib/catalog/load';
import type { RawRow } from '#lib/evaluation/benchmark-file';
import { evaluateSizing } from '#lib/evaluation/evaluate';
import { SERVING_ROW } from '../_support/serving-row';

const catalog = loadCatalog();

/** One good row of each kind; the fuzz changes fields of them. */
const ROWS: readonly RawRow[] = [
  {
    ...SERVING_ROW,
    ttft_ms: 120,
    out_tok_s_per_gpu: 2400,
  },
  {
    kind: 'serving_max_throughput',
    model: 'deepseek-r1',
    gpu: 'b200-sxm',
    gpus: 8,
    engine: 'trtllm',
    precision: 'fp4',
    isl: 1000,
    osl: 2000,
    parallel: 'DEP8',
    kv_dtype: 'fp8',
    out_tok_s_per_gpu: 3000,
  },
  {
    kind: 'training_throughput',
    family: 'megatron-bridge',
    model: 'LLAMA3_70B',
    gpu: 'h100-sxm',
    accelerators: 64,
    precision: 'bf16',
    seq_len: 8192,
    gbs: 128,
    mbs: 1,
    tp: 4,
    pp: 4,
    tok_s_per_gpu: 800,
  },
  {
    kind: 'mlperf_training',
    family: 'mlperf-training-v4.1',
    model: 'llama-2-70b',
    benchmark: 'llama2_70b_lora',
    gpu: 'h200-sxm',
    accelerators: 8,
    minutes_olympic_mean: 25.7,
    global_batch_size: 8,
  },
  {
    kind: 'vector_search',
    db: 'Milvus',
    label: '16c64g-sq8',
    dataset: 'Cohere (Large)',
    qps: 400,
    recall: 0.95,
  },
];

const value = fc.oneof(
  fc.constantFrom<unknown>(
    null,
    undefined,
    '',
    '__proto__',
    'constructor',
    [],
    {},
    true,
    'TP4PP2',
    'DEP8',
    'fp4',
  ),
  fc.constantFrom<unknown>(0, -1, 1, 7, 1024, 0.5, 1e-300, 1e9, 1e308, Number.NaN, Number.POSITIVE_INFINITY),
  fc.string({ maxLength: 12 }),
);

describe('rows of benchmark files', () => {
  it('are predicted in order or skipped with a reason, whatever they hold', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...ROWS),
        fc.array(fc.tuple(fc.nat(20), value), { maxLength: 4 }),
        (row, changes) => {
          const fields = Object.keys(row);
          const changed = Object.fromEntries([
            ...Object.entries(row),
            ...changes.map(([field, to]) => [fields[field % fields.length] ?? 'kind', to] as const),
          ]);
          const { n, skipped, rows } = evaluateSizing([changed], catalog);
          expect(n + skipped.length).toBe(1);
          for (const { low, predicted, high } of rows) {
            expect(Number.isFinite(predicted)).toBe(true);
            expect(low).toBeLessThanOrEqual(predicted);
            expect(high).toBeGreaterThanOrEqual(predicted);
          }
          for (const { reason } of skipped) expect(reason).not.toBe('');
        },
      ),
      { numRuns: 1500 },
    );
  });
});
