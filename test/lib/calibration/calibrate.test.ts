import { describe, expect, it } from 'vitest';
import { calibrate } from '#lib/calibration/calibrate';
import { calibrationRuns, calibrationStart } from '#lib/calibration/calibration-runs';
import { robustFit } from '#lib/fitting/robust-fit';
import { leaveOut, sweepFold } from '#lib/calibration/cross-validation';
import { loadCatalog } from '#lib/catalog/load';

const catalog = loadCatalog();
const runs = calibrationRuns(catalog);
const start = calibrationStart(catalog);

describe('the shipped calibration', () => {
  it('is what the fit makes of the catalog’s runs, to the last digit', { timeout: 240_000 }, () => {
    const method = calibrate(runs, start);
    expect(method.constants).toEqual(catalog.constants);
    expect(method.kernelConstants).toEqual(catalog.kernelConstants);
    expect(method.corrections()).toEqual(catalog.corrections());
  });

  it('comes from every run of the catalog', () => {
    expect(runs).toHaveLength(catalog.servingRows().length);
  });
});

describe('leaving out', () => {
  it('predicts runs of sweeps that the fit never saw', { timeout: 240_000 }, () => {
    const some = runs.filter(({ model }) => model.id === 'llama-3.1-70b');
    const leftOut = leaveOut(some, sweepFold(3, 1), start);
    const errors = leftOut
      .map(({ misses }) => Math.abs(Math.exp(-(misses.throughput ?? 0)) - 1))
      .toSorted((a, b) => a - b);
    expect(leftOut).toHaveLength(some.length);
    expect(errors[Math.floor(errors.length / 2)]).toBeLessThan(0.06);
  });

  it('keeps the runs of one sweep together', () => {
    const fold = sweepFold(5, 1);
    const mates = runs.filter(
      ({ model, sweep }) =>
        model.id === 'llama-3.1-70b' &&
        sweep.includes('h200-sxm serving_closed_loop vllm fp8 8 1 1 1 1024 8192'),
    );
    expect(mates.length).toBeGreaterThan(1);
    expect(new Set(mates.map(fold)).size).toBe(1);
  });
});

describe('robustFit', () => {
  const xs = Array.from({ length: 40 }, (_, index) => 1 + index / 4);
  const options = { softness: 0.1, priorWeight: 0.01, iterations: 50 };
  const fit = (measured: readonly number[]) =>
    robustFit(
      [
        { name: 'scale', start: 1, spread: 1 },
        { name: 'power', start: 1, spread: 1 },
      ],
      ([scale = 1, power = 1]) =>
        xs.map((x, index) => Math.log((scale * x ** power) / (measured[index] ?? 1))),
      options,
    );

  it('finds the constants that made the rows', () => {
    const [scale = 0, power = 0] = fit(xs.map((x) => 3 * x ** 0.5));
    expect(scale).toBeCloseTo(3, 2);
    expect(power).toBeCloseTo(0.5, 2);
  });

  it('hardly moves for one row that is ten times off', () => {
    const [scale = 0, power = 0] = fit(xs.map((x, index) => 3 * x ** 0.5 * (index === 7 ? 10 : 1)));
    expect(scale).toBeCloseTo(3, 0);
    expect(power).toBeCloseTo(0.5, 1);
  });
});
