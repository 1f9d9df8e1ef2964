import { describe, expect, it } from 'vitest';
import { heldSteps, type HeldRun } from '#lib/catalog/held-requests';
import { loadCatalog } from '#lib/catalog/load';
import { readRun } from '#lib/evaluation/benchmark-run';
import { secondsOf } from '#lib/sizing/kernels/first-token';
import { predictRun, type MeasuredRun } from '#lib/sizing/measured-run';

const catalog = loadCatalog();
const method = { ...catalog, corrections: () => [] };
const model = catalog.models.get('qwen3-32b');
const accelerator = catalog.accelerators.get('h100-sxm');
if (model === undefined || accelerator === undefined) throw new Error('not in the catalog');

const RUN: MeasuredRun = {
  kind: 'serving_closed_loop',
  engine: 'sglang',
  gpus: 2,
  precision: 'bf16',
  inputTokens: 4096,
  outputTokens: 128,
  concurrency: 32,
  pipeline: 1,
  attentionData: 1,
  expertParallel: 1,
};

function kernels(changes: Partial<MeasuredRun> = {}) {
  const point = predictRun({ ...RUN, ...changes }, model!, accelerator!, method)?.point.kernels;
  if (point === null || point === undefined) throw new Error('no operators');
  return point;
}

describe('the time to the first token', () => {
  it('is the sum of what a request waits for', () => {
    for (const engine of ['vllm', 'trtllm', 'sglang']) {
      const { firstToken, ttftSeconds } = kernels({ engine });
      expect(secondsOf(firstToken)).toBe(ttftSeconds);
      expect(Object.values(firstToken).every((each) => each >= 0)).toBe(true);
    }
  });

  it('grows with each token of the prompt on the host, by the overhead of the engine', () => {
    const { perPromptToken } = catalog.kernelConstants.engines.sglang;
    expect(kernels().firstToken.host).toBeCloseTo(4096 * perPromptToken * 1e-6, 9);
    expect(kernels({ inputTokens: 1024 }).firstToken.host).toBeCloseTo(1024 * perPromptToken * 1e-6, 9);
  });

  it('waits for no other client where there is none', () => {
    expect(kernels({ concurrency: 1 }).firstToken.burst).toBe(0);
    expect(kernels({ concurrency: 1, areLengthsEqual: true, engine: 'trtllm' }).firstToken.own).toBe(
      kernels({ concurrency: 1, engine: 'trtllm' }).firstToken.own,
    );
  });

  it('is longer by the decode steps for which a launch flag holds requests back', () => {
    const [free, held] = [kernels(), kernels({ heldSteps: 29 })];
    const { held: factor } = catalog.kernelConstants.firstToken;
    expect(held.ttftSeconds - free.ttftSeconds).toBeCloseTo(29 * factor * free.decodeSeconds, 9);
    expect(held.tpotSeconds).toBe(free.tpotSeconds);
  });

  // Qwen3-32B on two H100 with 4,096 in and 128 out, 64 clients of one length: 9.0 s as measured by NVIDIA's laboratory.
  it('is that of a wave of prompts where SGLang runs requests of one length', () => {
    const [apart, together] = [
      kernels({ concurrency: 64 }),
      kernels({ concurrency: 64, areLengthsEqual: true }),
    ];
    expect(apart.ttftSeconds).toBeLessThan(3);
    expect(together.ttftSeconds).toBeGreaterThan(4.5);
    expect(together.ttftSeconds).toBeLessThan(13);
    expect(together.tokensPerSecond).toBe(apart.tokensPerSecond);
  });
});

const HELD: HeldRun = {
  engine: 'sglang',
  model: 'deepseek-r1',
  gpu: 'b200-sxm',
  gpus: 8,
  precision: 'fp8',
  engineVersion: '0.5.9',
  inputTokens: 1024,
  outputTokens: 1024,
  attentionData: 1,
  concurrency: 16,
};

describe('launch flags of a publisher', () => {
  it.each<[string, Partial<HeldRun>, number]>([
    ['an interval of 30 steps from concurrency 16 on', {}, 29],
    ['an interval of 10 below', { concurrency: 8 }, 9],
    ['an interval of 10 on four GPUs in FP8', { gpus: 4 }, 9],
    ['no interval on H200', { gpu: 'h200-sxm' }, 0],
    ['no interval under another engine', { engine: 'vllm' }, 0],
    ['the interval of the version', { model: 'qwen3.5-397b-a17b', gpu: 'b300-sxm' }, 29],
    [
      'that of any other version',
      { model: 'qwen3.5-397b-a17b', gpu: 'b300-sxm', engineVersion: '0.5.10' },
      9,
    ],
    ['prompts awaited on fewer than eight GPUs', { engine: 'trtllm', model: 'llama-3.1-70b', gpus: 4 }, 20],
    ['none awaited on eight', { engine: 'trtllm', model: 'llama-3.1-70b' }, 0],
    [
      'none awaited at other lengths',
      { engine: 'trtllm', model: 'llama-3.1-70b', gpus: 4, outputTokens: 8192 },
      0,
    ],
    ['balanced groups', { engine: 'trtllm', attentionData: 8 }, 30],
  ])('hold requests back for %s', (_, changes, steps) => {
    expect(heldSteps({ ...HELD, ...changes }, catalog.heldRequests())).toBe(steps);
  });

  it('count for rows of that publisher alone, as do lengths that are drawn', () => {
    const row = {
      kind: 'serving_closed_loop',
      family: 'inferencex',
      model: 'deepseek-r1',
      gpu: 'b200-sxm',
      gpus: 8,
      engine: 'sglang',
      precision: 'fp8',
      isl: 1024,
      osl: 1024,
      isl_effective: 921.6,
      osl_effective: 921.6,
      concurrency: 32,
      tp: 8,
      attention_dp: 1,
      ttft_ms: 500,
      tpot_ms: 15,
      out_tok_s_per_gpu_derived: 255,
    };
    const others = { ...row, family: 'own', isl_effective: 1024, osl_effective: 1024 };
    const read = [row, others].map((each) => readRun(each, catalog));
    const runs = read.map((each) => ('reason' in each ? each.reason : each.run));
    expect(runs).toMatchObject([
      { heldSteps: 29, areLengthsEqual: false },
      { heldSteps: 0, areLengthsEqual: true },
    ]);
  });
});
