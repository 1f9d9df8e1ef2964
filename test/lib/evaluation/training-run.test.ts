import * as fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadCatalog } from '#lib/catalog/load';
import { errorFigures } from '#lib/evaluation/error-figures';
import { predictTrainingRow, readTrainingRun } from '#lib/evaluation/training-run';

const catalog = loadCatalog();

const THROUGHPUT = {
  id: 'mbridge-075',
  kind: 'training_throughput',
  family: 'megatron-bridge',
  release: '26.04.01 NeMo Container',
  model: 'LLAMA3_70B',
  gpu: 'gb300',
  accelerators: 64,
  precision: 'nvfp4',
  gbs: 256,
  mbs: 1,
  seq_len: 8192,
  tp: 1,
  pp: 4,
  cp: 1,
  ep: null,
  fsdp: 0,
  tok_s_per_gpu: 7296,
  model_tflops_per_gpu: 3253,
};
const MLPERF = {
  kind: 'mlperf_training',
  family: 'mlperf-training-v4.1',
  benchmark: 'llama2_70b_lora',
  gpu: 'h200-sxm',
  accelerators: 8,
  global_batch_size: 8,
  seq_len: null,
  minutes_olympic_mean: 25.723,
  samples_to_converge_median: 3072,
};
const MEMORY = {
  kind: 'finetune_memory',
  family: 'torchtune-readme',
  model: 'llama-3.1-70b',
  method: 'lora',
  hardware: '8x A100',
  peak_memory_gib_per_gpu: 27.6,
};

type Raw = Readonly<Record<string, unknown>>;

function read(row: Raw) {
  const result = readTrainingRun(row, catalog);
  if ('reason' in result) throw new Error(result.reason);
  return result;
}

function predicted(row: Raw) {
  const result = predictTrainingRow(read(row).run);
  if ('reason' in result) throw new Error(result.reason);
  return result;
}

function reason(row: Raw): string {
  const result = readTrainingRun(row, catalog);
  return 'reason' in result ? result.reason : 'none';
}

/** The bundled rows under the field names of the benchmark. */
const NAMES: Readonly<Record<string, string>> = {
  seqLen: 'seq_len',
  tokSPerGpu: 'tok_s_per_gpu',
  modelTflopsPerGpu: 'model_tflops_per_gpu',
  microBatch: 'micro_batch',
  actCkpt: 'act_ckpt',
  globalBatchSize: 'global_batch_size',
  minutesOlympicMean: 'minutes_olympic_mean',
  samplesToConvergeMedian: 'samples_to_converge_median',
  peakMemoryGibPerGpu: 'peak_memory_gib_per_gpu',
};
const rows: readonly Raw[] = (
  JSON.parse(readFileSync(join(__dirname, '../../../lib/catalog/data/training-rows.json'), 'utf8')) as Raw[]
).map((row) => {
  const named = Object.entries(row).map(([key, value]) => [NAMES[key] ?? key, value]);
  const raw: Raw = Object.fromEntries(named);
  return { ...raw, benchmark: row['model'] };
});

describe('a raw row of a training', () => {
  it('of throughput is read with its layout, format and software', () => {
    const { run, ...rest } = read(THROUGHPUT);
    expect(rest).toEqual({ measured: 7296, unit: 'tokens/s', quantity: 'tokensPerSecondPerGpu' });
    expect(run).toMatchObject({
      asks: 'speed',
      setup: {
        shape: { id: 'llama-3.1-70b' },
        precision: 'fp4',
        part: 'full',
        layout: { tensor: 1, pipeline: 4, context: 1, expert: 1 },
        shardsWeights: false,
        softwareMonth: 27,
      },
    });
  });

  it('of MLPerf asks for the minutes of its samples, in sequences of 8192 for LoRA', () => {
    const { run, quantity, unit } = read(MLPERF);
    expect([quantity, unit]).toEqual(['minutes', 'min']);
    expect(run).toMatchObject({
      asks: 'time',
      sequences: 3072,
      setup: { part: 'adapters', sequenceTokens: 8192 },
    });
  });

  it('of MLPerf without samples takes those that others needed with its batch', () => {
    const { samples_to_converge_median: _, ...row } = MLPERF;
    const { run } = read(row);
    expect(run.asks === 'time' && run.sequences / 3072).toBeCloseTo(1, 1);
  });

  it('of memory is split over the cards that its hardware names', () => {
    const { run, quantity } = read(MEMORY);
    expect(quantity).toBe('memoryGib');
    expect(run).toMatchObject({ asks: 'memory', demand: { gpus: 8, zero: 3, method: 'lora' } });
  });

  it('does not depend on what was measured', () => {
    expect(predicted({ ...THROUGHPUT, tok_s_per_gpu: 7000 })).toEqual(predicted(THROUGHPUT));
    expect(predicted({ ...MLPERF, minutes_olympic_mean: 40 })).toEqual(predicted(MLPERF));
    expect(predicted({ ...MEMORY, peak_memory_gib_per_gpu: 3 })).toEqual(predicted(MEMORY));
  });

  it.each([
    [{ ...THROUGHPUT, model: 'Nemotron_3_Ultra' }, 'model "Nemotron_3_Ultra" is not known'],
    [{ ...THROUGHPUT, model: 'deepseek-v4-flash' }, 'dimensions of deepseek-v4-flash are not published'],
    [{ ...THROUGHPUT, gpu: null }, 'gpu is missing'],
    [{ ...THROUGHPUT, gpu: 'gb3000' }, 'gpu "gb3000" is not known'],
    [{ ...THROUGHPUT, precision: null }, 'precision is missing'],
    [{ ...THROUGHPUT, precision: 'int3' }, 'precision "int3" is not known'],
    [{ ...THROUGHPUT, seq_len: null }, 'seq_len is missing'],
    [{ ...THROUGHPUT, tok_s_per_gpu: 'many' }, 'tok_s_per_gpu is "many"'],
    [{ ...THROUGHPUT, pp: 6 }, 'tp 1, pp 6, cp 1 do not lay out 64 accelerators'],
    [{ ...MLPERF, benchmark: 'bert' }, 'model "bert" is not known'],
    [{ ...MLPERF, benchmark: 'llama31_405b' }, 'seq_len is missing'],
    [{ ...MLPERF, seq_len: 8192.5 }, 'seq_len is 8192.5, not a whole number'],
    [{ ...MEMORY, hardware: 'a shed' }, 'hardware "a shed" is not of the form 8x A100'],
    [{ ...MEMORY, method: 'prayer' }, 'method "prayer" is none of full, lora and qlora'],
    [{ ...MEMORY, method: `\u202Eprayer${'!'.repeat(90)}` }, 'method "?prayer!!!'],
    [{ ...MEMORY, family: 'mine' }, 'seq_len is missing'],
    [{ kind: 'training_published' }, 'kind "training_published" is not known'],
    [{}, 'kind is missing'],
  ])('that lacks something has a reason: %#', (row, part) => {
    expect(reason(row)).toContain(part);
  });

  it.each([
    [THROUGHPUT, { model: 'meta-llama/Llama-3.1-70B', gpu: 'NVIDIA GB300', precision: 'NVFP4' }],
    [THROUGHPUT, { model: 'Llama3 70B', gpu: 'GB300 NVL72' }],
    [MLPERF, { benchmark: 'Llama2-70B-LoRA', gpu: 'NVIDIA H200-SXM5-141GB' }],
    [MEMORY, { model: 'meta-llama/Llama-3.1-70B-Instruct' }],
  ])('says the same under the names of other publishers: %#', (row, names) => {
    expect(predicted({ ...row, ...names })).toEqual(predicted(row));
  });

  it.each([
    ['FP8-MX', 'mxfp8'],
    ['fp8_cs', 'fp8'],
    ['amp_fp16', 'bf16'],
    ['BF16', 'bf16'],
  ])('%s is %s', (precision, same) => {
    const row = { ...THROUGHPUT, gpu: 'gb200', tok_s_per_gpu: 3000, model_tflops_per_gpu: null };
    expect(predicted({ ...row, precision })).toEqual(predicted({ ...row, precision: same }));
  });

  it('of a format that the accelerator lacks has a reason when it is predicted', () => {
    expect(predictTrainingRow(read({ ...THROUGHPUT, gpu: 'h100-sxm' }).run)).toEqual({
      reason: 'h100-sxm has no unit for fp4',
    });
  });

  it('never throws, whatever stands in its fields', () => {
    const value = fc.oneof(
      fc.string(),
      fc.double(),
      fc.constant(null),
      fc.constant(8),
      fc.boolean(),
      fc.object(),
    );
    const base = fc.constantFrom<Raw>(THROUGHPUT, MLPERF, MEMORY);
    const fields = fc.dictionary(
      fc.constantFrom(...Object.keys({ ...THROUGHPUT, ...MLPERF, ...MEMORY })),
      value,
    );
    fc.assert(
      fc.property(base, fields, (row, changes) => {
        const result = readTrainingRun({ ...row, ...changes }, catalog);
        const prediction = 'reason' in result ? result : predictTrainingRow(result.run);
        const said = 'reason' in prediction ? prediction.reason.length : prediction.predicted;
        expect(said).toBeGreaterThan(0);
        expect(said).toBeLessThan(Number.POSITIVE_INFINITY);
      }),
      { numRuns: 2000 },
    );
  });
});

describe('the rows of the catalog', () => {
  const pairs = rows.flatMap((row) => {
    const read = readTrainingRun(row, catalog);
    if ('reason' in read) return [];
    const prediction = predictTrainingRow(read.run);
    if ('reason' in prediction) return [];
    return [{ quantity: read.quantity, measured: read.measured, ...prediction }];
  });
  const of = (quantity: string) => pairs.filter((pair) => pair.quantity === quantity);

  it('are mostly readable: at least 360 of 434', () => {
    expect(rows).toHaveLength(434);
    expect(pairs.length).toBeGreaterThanOrEqual(360);
  });

  it.each([
    ['tokensPerSecondPerGpu', 0.05, 0.2],
    ['minutes', 0.06, 0.2],
    ['memoryGib', 0.2, 0.45],
  ])('have errors of %s of at most %d in the median and %d at p90', (quantity, median, p90) => {
    const { medianApe, p90Ape } = errorFigures(of(quantity));
    expect(medianApe).toBeLessThan(median);
    expect(p90Ape).toBeLessThan(p90);
  });

  it('lie in their band, most of them', () => {
    const inside = pairs.filter(({ measured, low, high }) => low <= measured && measured <= high);
    expect(inside.length / pairs.length).toBeGreaterThan(0.75);
  });
});
