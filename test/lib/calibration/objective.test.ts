import { describe, expect, it } from 'vitest';
import { calibrationRuns } from '#lib/calibration/calibration-runs';
import type { LeftOut } from '#lib/calibration/cross-validation';
import { acceleratorChoice, underLimit } from '#lib/calibration/objective';
import { loadCatalog } from '#lib/catalog/load';

const [some] = calibrationRuns(loadCatalog()).filter(({ tpotMs }) => tpotMs !== null);
if (some === undefined) throw new Error('the catalog has no timed runs');
const template = some;

/** A run with a measured rate and TPOT, whose prediction is `off` times the measured rate. */
function leftOut(gpu: string, [rate, tpotMs]: readonly [number, number], off = 1): LeftOut {
  const accelerator = { ...template.accelerator, id: gpu };
  const run = { ...template, accelerator, sweep: gpu, tokensPerSecondPerGpu: rate, tpotMs };
  const misses = { throughput: -Math.log(off), tpot: 0, ttft: null };
  return { run, misses, plainMisses: misses, unexplained: 1, versionless: { misses, unexplained: 1 } };
}

describe('the best throughput under a limit on TPOT', () => {
  it('is that of the fastest run within it, measured and predicted', () => {
    const runs = [leftOut('a', [100, 10], 1.2), leftOut('a', [200, 30], 1.1), leftOut('a', [400, 60])];
    expect(underLimit(runs, 33)).toEqual({ tpotMs: 33, median: 0.1, p90: 0.1, sweeps: 1 });
  });
});

describe('the choice of an accelerator', () => {
  it('is best where the predictions rank as the measurements do', () => {
    const runs = [leftOut('a', [100, 10], 1.3), leftOut('b', [200, 10], 0.9)];
    expect(acceleratorChoice(runs, 20)).toMatchObject({ workloads: 1, best: 1, close: 1, meanRegret: 0 });
  });

  it('is close where another measured a little better', () => {
    const runs = [leftOut('a', [98, 10], 1.3), leftOut('b', [100, 10])];
    expect(acceleratorChoice(runs, 20)).toMatchObject({ best: 0, close: 1, meanRegret: 0.02 });
  });

  it('loses what it measured less', () => {
    const runs = [leftOut('a', [50, 10], 3), leftOut('b', [100, 10])];
    expect(acceleratorChoice(runs, 20)).toMatchObject({ best: 0, close: 0, meanRegret: 0.5 });
  });

  it('is not asked where one accelerator alone measured within the limit', () => {
    const runs = [leftOut('a', [50, 10]), leftOut('b', [100, 40])];
    expect(acceleratorChoice(runs, 20).workloads).toBe(0);
  });
});
