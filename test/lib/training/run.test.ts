import { describe, expect, it } from 'vitest';
import { LandfallError } from '#lib/errors/landfall-error';
import { MTBF_GPU_HOURS, reliabilityOf } from '#lib/training/reliability';
import { sizeTraining } from '#lib/training/run';
import { TRAINING_KINDS, type TrainingDemand, type TrainingSizing } from '#lib/training/training';
import { accelerator, model } from './training-fixtures';

const DEMAND: TrainingDemand = {
  kind: 'sft',
  model: model('llama-3.1-8b'),
  accelerator: accelerator('h100-sxm'),
  precision: 'bf16',
  tokens: 1e9,
  sequenceTokens: 4096,
  globalBatch: 64,
};

function sized(change: Partial<TrainingDemand>): TrainingSizing {
  const result = sizeTraining({ ...DEMAND, ...change });
  if (!result.fits) throw new Error(result.reasons.join('; '));
  return result;
}

function reasons(change: Partial<TrainingDemand>): readonly string[] {
  const result = sizeTraining({ ...DEMAND, ...change });
  return result.fits ? [] : result.reasons;
}

/** Minutes of an MLPerf entry: the samples of its log, or those of others with its batch. */
function mlperf(change: Partial<TrainingDemand> & { readonly samples: number }): number {
  const { samples, ...rest } = change;
  return (
    sized({ sequenceTokens: 8192, tokens: samples * 8192, software: 'mlperf', ...rest }).computeHours.base *
    60
  );
}

describe('MLPerf LoRA of Llama 2 70B', () => {
  const lora = (
    gpu: string,
    gpus: number,
    precision: TrainingDemand['precision'],
    batch = 8,
    samples = 3072,
  ) =>
    mlperf({
      kind: 'lora',
      model: model('llama-2-70b'),
      accelerator: accelerator(gpu),
      precision,
      gpus,
      globalBatch: batch,
      samples,
    });

  it.each([
    ['h100-sxm', 'fp8', 28.1],
    ['h200-sxm', 'fp8', 23.4],
    ['b200-sxm', 'fp4', 9.5],
    ['gb300', 'fp4', 5.8],
    ['mi300x', 'fp8', 27.4],
    ['mi325x', 'fp8', 20],
    ['mi355x', 'fp8', 10.2],
  ] as const)('on 8 × %s in %s takes %d minutes, within 15 %', (gpu, precision, minutes) => {
    expect(lora(gpu, 8, precision) / minutes).toBeGreaterThan(0.85);
    expect(lora(gpu, 8, precision) / minutes).toBeLessThan(1.15);
  });

  it('on 512 × GB300 takes 0.40 minutes, within 25 %', () => {
    expect(lora('gb300', 512, 'fp4', 64, 6912) / 0.4).toBeGreaterThan(0.75);
    expect(lora('gb300', 512, 'fp4', 64, 6912) / 0.4).toBeLessThan(1.25);
  });

  it('from 8 to 64 GPUs is 5.6 times as fast, not 8, because a larger batch needs more samples', () => {
    const speedUp = lora('h200-sxm', 8, 'fp8') / lora('h200-sxm', 64, 'fp8', 16, 3840);
    expect(speedUp).toBeGreaterThan(5);
    expect(speedUp).toBeLessThan(6.5);
  });
});

describe('MLPerf pre-training', () => {
  it.each([
    ['llama-3.1-405b', 'h100-sxm', 'fp8', 512, 1152, 276_480, 231],
    ['llama-3.1-405b', 'h100-sxm', 'fp8', 8192, 1536, 322_560, 19.7],
    ['llama-3.1-405b', 'gb200', 'fp8', 512, 896, 279_552, 106],
    ['llama-3.1-405b', 'gb200', 'fp4', 5120, 1280, 326_400, 10.2],
    ['llama-3.1-405b', 'gb300', 'fp4', 512, 1152, 331_776, 63],
    ['llama-3.1-8b', 'b200-sxm', 'fp4', 8, 16, 172_032, 85],
    ['llama-3.1-8b', 'mi355x', 'fp8', 8, 32, 180_000, 103],
    ['llama-3.1-8b', 'gb300', 'fp4', 8, 16, 184_320, 67],
  ] as const)(
    'of %s on %s in %s, %i GPUs, batch %i, %i samples takes %d minutes, within 15 %',
    (...entry) => {
      const [id, gpu, precision, gpus, globalBatch, samples, minutes] = entry;
      const demand = {
        kind: 'pre-training',
        model: model(id),
        accelerator: accelerator(gpu),
        precision,
      } as const;
      const share = mlperf({ ...demand, gpus, globalBatch, samples }) / minutes;
      expect(share).toBeGreaterThan(0.85);
      expect(share).toBeLessThan(1.15);
    },
  );
});

describe('published GPU hours of pre-training', () => {
  const hours = (change: Partial<TrainingDemand>) =>
    sized({ kind: 'pre-training', checkpointGbPerSecond: 200, ...change }).gpuHours;

  it('of Llama 3.1 405B, 30.84 million on H100, lie in the band', () => {
    const { low, high } = hours({
      model: model('llama-3.1-405b'),
      tokens: 15.6e12,
      sequenceTokens: 8192,
      globalBatch: 2048,
      gpus: 16_384,
    });
    expect(low).toBeLessThan(30.84e6);
    expect(high).toBeGreaterThan(30.84e6);
  });

  it('of Llama 3.1 70B, 7.0 million on H100, lie in the band', () => {
    const { low, high } = hours({
      model: model('llama-3.1-70b'),
      tokens: 15e12,
      sequenceTokens: 8192,
      globalBatch: 2048,
      gpus: 8192,
    });
    expect(low).toBeLessThan(7e6);
    expect(high).toBeGreaterThan(7e6);
  });

  it('of DeepSeek-V3, 2.664 million on 2048 H800, lie in the band of the H100, which computes as fast', () => {
    const { low, base, high } = hours({
      model: model('deepseek-v3'),
      precision: 'fp8',
      tokens: 14.8e12,
      globalBatch: 15_360,
      gpus: 2048,
    });
    expect(low).toBeLessThan(2.664e6);
    expect(high).toBeGreaterThan(2.664e6);
    expect(base / 2.664e6).toBeGreaterThan(0.85);
    expect(base / 2.664e6).toBeLessThan(1.15);
  });
});

describe('a sizing', () => {
  it('takes the fewest GPUs that hold the run', () => {
    expect(sized({}).gpus).toBeGreaterThan(1);
    expect(sized({ kind: 'qlora' }).gpus).toBe(1);
  });

  it('takes more GPUs to be done in time', () => {
    const { hours, gpus } = sized({});
    const faster = sized({ withinHours: hours.base / 3 });
    expect(faster.gpus).toBeGreaterThan(gpus);
    expect(faster.hours.base).toBeLessThanOrEqual(hours.base / 3);
  });

  it('says that a batch of 2 leaves no work for more GPUs, and so cannot be done in time', () => {
    const [reason] = reasons({ withinHours: 0.001, globalBatch: 2 });
    expect(reason).toMatch(/hours on \d+ × h100-sxm at best with a batch of 2, 0.001 hours asked/);
  });

  it('needs no more tokens with a given critical batch than the batch explains', () => {
    expect(sized({ criticalBatch: 64 }).tokens).toBeCloseTo(2e9, 3);
    expect(sized({ criticalBatch: 64 }).hours.base).toBeCloseTo(2 * sized({}).hours.base, 6);
  });

  it('counts the teacher of a distillation and the reference of a preference training', () => {
    const distilled = sized({ kind: 'distillation', teacher: model('llama-3.1-70b'), gpus: 32 });
    const preferred = sized({ kind: 'preference', gpus: 32 });
    const plain = sized({ gpus: 32 });
    expect(distilled.flops / plain.flops).toBeGreaterThan(3.5);
    expect(preferred.flops / plain.flops).toBeCloseTo(4 / 3, 2);
    expect(preferred.memory.weightsGib).toBeGreaterThan(0);
  });

  it('takes an adapter away to be served, not the model', () => {
    expect(sized({ kind: 'lora' }).servedBytes).toBe(41_943_040 * 2);
    expect(sized({}).servedBytes / 8.03e9).toBeCloseTo(2, 9);
  });

  it.each(TRAINING_KINDS)(
    'of kind %s has ordered bands and a derivation that ends at its GPU hours',
    (kind) => {
      const result = sized({ kind, teacher: model('llama-3.1-8b') });
      for (const { low, base, high } of [result.hours, result.gpuHours, result.tokensPerSecond, result.mfu]) {
        expect(low).toBeLessThanOrEqual(base);
        expect(base).toBeLessThanOrEqual(high);
      }
      const ids = result.derivation.map(({ id }) => id);
      expect(new Set(ids).size).toBe(ids.length);
      expect(result.derivation.at(-1)?.value).toBeCloseTo(result.gpuHours.base, 6);
      expect(result.derivation.find(({ id }) => id === 'flops')?.value).toBe(result.flops);
    },
  );

  it('names a misfit of memory with what is needed and what there is', () => {
    const [reason] = reasons({ model: model('llama-3.1-405b'), gpus: 8 });
    expect(reason).toMatch(/GiB needed on each of 8 × h100-sxm for Llama 3.1 405B.*, 76.0 GiB usable/);
  });

  it('names a format that the accelerator has no unit for, and a model whose size is not published', () => {
    expect(reasons({ precision: 'fp4' })[0]).toContain('has no unit for fp4');
    expect(reasons({ model: model('deepseek-v4-pro') })[0]).toContain('not published');
  });

  it('reports every figure that makes no sense at once', () => {
    const wrong = () =>
      sizeTraining({ ...DEMAND, tokens: 0, gpus: 1.5, memoryShare: 2, kind: 'distillation' });
    expect(wrong).toThrow(LandfallError);
    expect(wrong).toThrow(/training\.tokens[^]*training\.gpus[^]*training\.memoryShare[^]*training\.teacher/);
  });
});

describe('interruptions', () => {
  const llama = { gpus: 16_384, computeHours: 1000, trainedParameters: 405.85e9, restartMinutes: 10 };

  it('leave Llama 3 405B on 16,384 GPUs above 90 % of its time, as its authors report', () => {
    const { goodput, mtbfHours } = reliabilityOf({
      ...llama,
      mtbfGpuHours: MTBF_GPU_HOURS,
      checkpointGbPerSecond: 2000,
    });
    expect(goodput).toBeGreaterThan(0.9);
    expect(mtbfHours).toBeCloseTo((54 * 24) / 419, 9);
  });

  it('come 419 times in 54 days, and more often with more GPUs', () => {
    const { failures, hours } = reliabilityOf({
      ...llama,
      mtbfGpuHours: MTBF_GPU_HOURS,
      checkpointGbPerSecond: 2000,
    });
    expect(((failures ?? 0) / (hours ?? 1)) * 54 * 24).toBeCloseTo(419, 6);
  });

  it('are checkpointed at the interval of Young and Daly: √(2 × write × MTBF)', () => {
    const { resumeBytes, writeSeconds, intervalSeconds } = reliabilityOf({
      ...llama,
      trainedParameters: 70.55e9,
      mtbfGpuHours: MTBF_GPU_HOURS,
      checkpointGbPerSecond: 10,
    });
    expect(resumeBytes).toBeCloseTo(987.7e9, -8);
    expect(writeSeconds).toBeCloseTo(98.8, 1);
    expect(intervalSeconds).toBeCloseTo(Math.sqrt((2 * 98.77 * 54 * 86_400) / 419), 0);
  });

  it('leave a run its time where they come as often as a restart takes, as a simulation of it shows', () => {
    const { goodput, mtbfHours, intervalSeconds, writeSeconds } = reliabilityOf({
      ...llama,
      gpus: 100_000,
      restartMinutes: 30,
      mtbfGpuHours: MTBF_GPU_HOURS,
      checkpointGbPerSecond: 2000,
    });
    const mtbf = mtbfHours * 3600;
    let state = 1;
    const untilInterruption = () => {
      state = (state * 48_271) % 2_147_483_647;
      return -mtbf * Math.log(state / 2_147_483_647);
    };
    let seconds = 0;
    const intervals = 20_000;
    for (let interval = 0; interval < intervals; interval += 1) {
      let up = untilInterruption();
      while (up < intervalSeconds + writeSeconds) {
        seconds += up;
        for (up = untilInterruption(); up < 1800; up = untilInterruption()) seconds += up;
        seconds += 1800;
        up = untilInterruption();
      }
      seconds += intervalSeconds + writeSeconds;
    }
    expect(goodput / ((intervals * intervalSeconds) / seconds)).toBeCloseTo(1, 1);
  });

  it('may leave no time to compute, which is a reason and not a number', () => {
    expect(reasons({ mtbfGpuHours: 0.1, withinHours: 1 })[0]).toContain('no time to compute');
  });
});
