import { describe, expect, it } from 'vitest';
import { calibrationRuns } from '#lib/calibration/calibration-runs';
import type { LeftOut } from '#lib/calibration/cross-validation';
import { acceleratorChoices, underLimit } from '#lib/calibration/objective';
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

it('asks for the choice under each limit, of runs whose TPOT was measured', () => {
  const runs = [leftOut('a', [100, 10], 1.3), leftOut('b', [200, 30], 0.9)];
  const untimed = { ...leftOut('c', [900, 10]), run: { ...template, tpotMs: null } };
  const under = acceleratorChoices([...runs, untimed], () => new Map());
  expect(under.map(({ tpotMs, workloads, best }) => [tpotMs, workloads, best])).toEqual([
    [20, 0, 0],
    [33, 1, 1],
    [50, 1, 1],
  ]);
});
