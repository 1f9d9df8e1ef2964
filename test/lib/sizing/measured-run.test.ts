import { describe, expect, it } from 'vitest';
import type { Accelerator } from '#lib/catalog/accelerators';
import { loadCatalog } from '#lib/catalog/load';
import type { Model } from '#lib/catalog/models';
import {
  loadOf,
  measuredRunOf,
  pieceOf,
  precisionOf,
  predictRun,
  residentIn,
  type MeasuredRun,
} from '#lib/sizing/measured-run';
import { predictorFor, type SizingMethod } from '#lib/sizing/predictor';

const catalog = loadCatalog();

/** The constants under which the vectors below were made. */
const PUBLISHED: SizingMethod = {
  ...catalog,
  constants: {
    ...catalog.constants,
    values: {
      bw_eff_hopper: 0.8152,
      bw_eff_blackwell: 0.9159,
      bw_eff_rtxpro: 0.6505,
      mfu_pf_bf16: 0.6157,
      mfu_pf_fp8: 0.4444,
      mfu_pf_fp4: 0.7487,
      mfu_pf_w4a16: 0.4315,
      mfu_pf_int4: 0.2518,
      mfu_dec: 0.5122,
      us_layer: 47.19,
      us_layer_moe: 21.33,
      us_step: 2.249e-10,
      us_req: 17.09,
      us_allreduce: 12.09,
      link_eff: 0.7218,
      moe_mfu_factor: 0.5673,
      kv_bw_factor: 1.197,
      att_mfu: 0.5819,
      us_engine_vllm: 133.5,
      us_engine_sglang: 1679,
      pf_arch_blackwell: 0.4308,
      pf_arch_rtxpro: 0.7525,
      maxtp_factor: 1.086,
      us_layer_dsa: 105.4,
      int4_bw: 0.6092,
    },
  },
  kernelTable: () => null,
  corrections: () => [],
};

/**
 * Output tokens per second and GPU that an independent implementation of the roofline predicts. It knows no sums of 8 bits,
 * so TensorRT-LLM over PCIe is not among them.
 */
const VECTORS: readonly (readonly [string, string, MeasuredRun, number])[] = [
  [
    'llama-3.1-70b',
    'h200-sxm',
    {
      kind: 'serving_closed_loop',
      gpus: 1,
      engine: 'vllm',
      precision: 'fp8',
      inputTokens: 7372.8,
      outputTokens: 921.6,
      concurrency: 4,
      pipeline: 1,
      attentionData: 1,
    },
    134.2496,
  ],
  [
    'qwen3-30b-a3b',
    'gb200',
    {
      kind: 'serving_max_throughput',
      gpus: 1,
      engine: 'trtllm',
      precision: 'fp4',
      inputTokens: 1000,
      outputTokens: 2000,
      concurrency: 1500,
      pipeline: 1,
      attentionData: 1,
    },
    30507.398,
  ],
  [
    'minimax-m2',
    'b200-sxm',
    {
      kind: 'serving_closed_loop',
      gpus: 2,
      engine: 'vllm',
      precision: 'fp4',
      inputTokens: 7372.8,
      outputTokens: 921.6,
      // What memory holds where a sequence reserves all of its output, as the reference has it.
      concurrency: 95.05132269,
      pipeline: 1,
      attentionData: 2,
      kvPrecision: 'bf16',
    },
    1366.711,
  ],
  [
    'deepseek-r1',
    'b200-sxm',
    {
      kind: 'serving_closed_loop',
      gpus: 8,
      engine: 'trtllm',
      precision: 'fp4',
      inputTokens: 921.6,
      outputTokens: 921.6,
      concurrency: 64,
      pipeline: 1,
      attentionData: 8,
    },
    518.3969,
  ],
  [
    'qwen3.5-397b-a17b',
    'b200-sxm',
    {
      kind: 'serving_closed_loop',
      gpus: 4,
      engine: 'sglang',
      precision: 'fp8',
      inputTokens: 921.6,
      outputTokens: 7372.8,
      concurrency: 64,
      pipeline: 1,
      attentionData: 1,
    },
    844.7913,
  ],
  [
    'qwen3-32b',
    'h100-sxm',
    {
      kind: 'serving_closed_loop',
      gpus: 1,
      engine: 'trtllm',
      precision: 'fp8',
      inputTokens: 1024.0,
      outputTokens: 512.0,
      concurrency: 16,
      pipeline: 1,
      attentionData: 1,
    },
    864.9259,
  ],
  [
    'deepseek-r1',
    'b200-sxm',
    {
      kind: 'serving_closed_loop',
      gpus: 8,
      engine: 'trtllm',
      precision: 'fp8',
      inputTokens: 921.6,
      outputTokens: 921.6,
      concurrency: 64,
      pipeline: 1,
      attentionData: 1,
    },
    423.1847,
  ],
  [
    'minimax-m2',
    'b300-sxm',
    {
      kind: 'serving_closed_loop',
      gpus: 2,
      engine: 'vllm',
      precision: 'fp8',
      inputTokens: 7372.8,
      outputTokens: 921.6,
      concurrency: 64,
      pipeline: 1,
      attentionData: 1,
      kvPrecision: 'bf16',
    },
    789.8589,
  ],
  [
    'qwen3-32b',
    'h100-sxm',
    {
      kind: 'serving_closed_loop',
      gpus: 2,
      engine: 'sglang',
      precision: 'bf16',
      inputTokens: 4096.0,
      outputTokens: 256.0,
      concurrency: 64,
      pipeline: 1,
      attentionData: 1,
    },
    348.2453,
  ],
  [
    'llama-3.1-8b',
    'h100-sxm',
    {
      kind: 'serving_closed_loop',
      gpus: 2,
      engine: 'trtllm',
      precision: 'bf16',
      inputTokens: 4096.0,
      outputTokens: 128.0,
      concurrency: 64,
      pipeline: 1,
      attentionData: 1,
    },
    761.4832,
  ],
  [
    'qwen3.5-397b-a17b',
    'b300-sxm',
    {
      kind: 'serving_closed_loop',
      gpus: 4,
      engine: 'sglang',
      precision: 'bf16',
      inputTokens: 7372.8,
      outputTokens: 921.6,
      concurrency: 8,
      pipeline: 1,
      attentionData: 1,
    },
    146.3439,
  ],
];

describe('predictRun', () => {
  it.each(VECTORS)(
    'predicts %s on %s as the reference implementation does',
    (modelId, gpu, run, expected) => {
      const predicted = rooflineOf(modelId, gpu, run);
      // It counts what 4-bit checkpoints leave wide by a rule for all of them, and not by what each leaves.
      const isGuessed = run.precision === 'fp4' && catalog.models.get(modelId)?.moe !== null;
      expect(Math.abs(predicted / expected - 1)).toBeLessThan(isGuessed ? 0.01 : 0.001);
    },
  );

  it('comes within 4 % at the median and 20 % at the 90th percentile of the rows it was calibrated on', () => {
    const errors = catalog
      .servingRows()
      .flatMap((row) => {
        const precision = precisionOf(row.precision);
        const measured = row.outputTokensPerSecondPerGpu;
        if (precision === null || measured === null) return [];
        return [Math.abs(predict(row.model, row.gpu, measuredRunOf(row, precision)) / measured - 1)];
      })
      .toSorted((a, b) => a - b);
    expect(errors.length).toBeGreaterThan(2_000);
    expect(errors[Math.floor(errors.length * 0.5)]).toBeLessThanOrEqual(0.04);
    expect(errors[Math.floor(errors.length * 0.9)]).toBeLessThanOrEqual(0.2);
  });
});

/** Without the last wave of a backlog, which the reference leaves out. */
function rooflineOf(modelId: string, gpu: string, run: MeasuredRun): number {
  const piece = pieceOf(run, ...factsOf(modelId, gpu));
  const predictor = predictorFor(piece, PUBLISHED);
  const resident = residentIn(piece);
  if (predictor === null || resident === null) throw new Error(`${modelId} cannot be sized`);
  const [model] = factsOf(modelId, gpu);
  return predictor.at(loadOf(run, model, resident).running).tokensPerSecond / run.gpus;
}

function predict(modelId: string, gpu: string, run: MeasuredRun): number {
  const prediction = predictRun(run, ...factsOf(modelId, gpu), catalog);
  if (prediction === null) throw new Error(`${modelId} cannot be sized`);
  return prediction.tokensPerSecondPerGpu;
}

function factsOf(modelId: string, gpu: string): [Model, Accelerator] {
  const model = catalog.models.get(modelId);
  const accelerator = catalog.accelerators.get(gpu);
  if (model === undefined || accelerator === undefined)
    throw new Error(`no ${modelId} or ${gpu} in the catalog`);
  return [model, accelerator];
}
