import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { measuredTraining } from '#lib/training/measured-training';
import { trainingSpeed, type TrainingSpeed } from '#lib/training/mfu';
import { peakFlops, sustainedFlops, type TrainingSetup } from '#lib/training/setup';
import { trainingConstants } from '#lib/training/speed-constants';
import { accelerator, catalog, rows, SETUP, shape } from './training-fixtures';

function speedOf(change: Partial<TrainingSetup>): TrainingSpeed {
  const speed = trainingSpeed({ ...SETUP, ...change });
  if (speed === null) throw new Error('no unit for the format');
  return speed;
}

function tokens(change: Partial<TrainingSetup>): number {
  return speedOf(change).tokensPerSecondPerGpu.base;
}

describe('the speed of training', () => {
  it.each([
    ['h100-sxm', 'fp8', 0.37],
    ['gb200', 'fp8', 0.385],
    ['gb200', 'fp4', 0.27],
    ['gb300', 'fp4', 0.22],
  ] as const)('on %s in %s has the published MFU of dense models, %d, within 20 %', (gpu, precision, mfu) => {
    const speed = speedOf({ accelerator: accelerator(gpu), precision });
    expect(speed.mfu.base / mfu).toBeGreaterThan(0.8);
    expect(speed.mfu.base / mfu).toBeLessThan(1.2);
  });

  it.each([
    ['h100-sxm', 1],
    ['mi300x', 0.811],
    ['mi325x', 1],
    // Another generation spends less on a FLOP.
    ['mi355x', 1],
  ])('on %s keeps up %d of the peak within its power', (gpu, share) => {
    const [sustained, peak] = [sustainedFlops, peakFlops].map((of) => of(accelerator(gpu), 'fp8') ?? 0);
    expect((sustained ?? 0) / (peak ?? 1)).toBeCloseTo(share, 3);
  });

  it('is the MFU of the dense peak: tokens × FLOPs ÷ peak', () => {
    const { mfu, tokensPerSecondPerGpu, flopsPerToken, peakFlops } = speedOf({});
    expect(mfu.base).toBeCloseTo((tokensPerSecondPerGpu.base * flopsPerToken) / peakFlops, 12);
    expect(peakFlops).toBe(989e12);
  });

  it('is not known for a format that the accelerator has no unit for', () => {
    expect(trainingSpeed({ ...SETUP, precision: 'fp4' })).toBeNull();
  });

  it('is lower for a mixture than for a dense model of as many active parameters', () => {
    const moe = speedOf({ shape: shape('deepseek-v3'), layout: { ...layout(), expert: 8 } });
    expect(moe.mfu.base).toBeLessThan(speedOf({}).mfu.base);
  });

  it('falls with more stages on the same batch, and less so with a larger batch', () => {
    const staged = { ...layout(), pipeline: 8 };
    expect(tokens({ layout: staged, globalBatch: 64 })).toBeLessThan(tokens({ globalBatch: 64 }));
    expect(tokens({ layout: staged, globalBatch: 512 })).toBeGreaterThan(
      tokens({ layout: staged, globalBatch: 64 }),
    );
  });

  it('falls by recomputing, by less than the third of FLOPs that it adds', () => {
    const share = tokens({ recomputes: true }) / tokens({});
    expect(share).toBeGreaterThan(0.75);
    expect(share).toBeLessThan(1);
  });

  it('rises for adapters, whose base has no weight gradient, by up to half', () => {
    const gain = tokens({ part: 'adapters', precision: 'fp8' }) / tokens({ precision: 'fp8' });
    expect(gain).toBeGreaterThan(1.2);
    expect(gain).toBeLessThan(1.7);
  });

  it('never falls with a faster memory, link or tensor core, nor with a shorter sequence', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 1, max: 4, noNaN: true }),
        fc.integer({ min: 0, max: 3 }),
        (factor, what) => {
          const { bandwidthGbPerSecond, link, denseTflops } = SETUP.accelerator;
          const changes: readonly Partial<TrainingSetup>[] = [
            { accelerator: { ...SETUP.accelerator, bandwidthGbPerSecond: bandwidthGbPerSecond * factor } },
            {
              accelerator: {
                ...SETUP.accelerator,
                link: { ...link, gbPerSecond: link.gbPerSecond * factor },
              },
            },
            {
              accelerator: {
                ...SETUP.accelerator,
                denseTflops: { ...denseTflops, bf16: denseTflops.bf16 * factor },
              },
            },
            { software: 'megatron-bridge' },
          ];
          expect(tokens(changes[what] ?? {})).toBeGreaterThanOrEqual(tokens({}));
        },
      ),
    );
  });

  it('has a band around it, wider where this model was not measured there in this format', () => {
    const known = speedOf({ precision: 'fp8' });
    const unknown = speedOf({});
    const width = ({ tokensPerSecondPerGpu: { low, base, high } }: TrainingSpeed) => (high - low) / base;
    expect(known.confidence).toBe('calibrated');
    expect(unknown.confidence).toBe('extrapolated');
    expect(width(unknown)).toBeGreaterThan(width(known));
  });

  it('lies within 25 % of at least 95 % of the rows it was fitted on, and within its band for most', () => {
    const ratios = rows.flatMap((row) => {
      const run = measuredTraining(row, catalog);
      if ('reason' in run) return [];
      const speed = trainingSpeed(run.setup);
      if (speed === null) return [];
      const { low, base, high } = speed.tokensPerSecondPerGpu;
      const measured = run.tokensPerSecondPerGpu;
      return [{ error: Math.abs(base / measured - 1), isInside: low <= measured && measured <= high }];
    });
    expect(ratios.length).toBeGreaterThan(350);
    expect(ratios.filter(({ error }) => error <= 0.25).length / ratios.length).toBeGreaterThan(0.95);
    expect(ratios.filter(({ isInside }) => isInside).length / ratios.length).toBeGreaterThan(0.75);
  });
});

describe('the errors on groups of model, accelerator and format that were left out', () => {
  const figures = (id: string) => {
    const found = trainingConstants().heldOut.get(`heldout/unseen/${id}`);
    if (found === undefined) throw new Error(`no figures of ${id}`);
    return found;
  };

  it('are at most 12 % in the median and 35 % at p90 for measured throughput', () => {
    expect(figures('throughput').medianApe).toBeLessThanOrEqual(0.12);
    expect(figures('throughput').p90Ape).toBeLessThanOrEqual(0.35);
  });

  it('are at most 12 % in the median with MLPerf results among them', () => {
    expect(figures('all').medianApe).toBeLessThanOrEqual(0.12);
    expect(figures('all').runs).toBeGreaterThan(500);
  });
});

function layout() {
  return { tensor: 4, pipeline: 4, context: 1, expert: 1 };
}
