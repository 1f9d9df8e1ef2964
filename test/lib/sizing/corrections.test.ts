import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Corrections } from '#lib/catalog/calibration';
import { loadCatalog } from '#lib/catalog/load';
import { architectureOf } from '#lib/sizing/architecture';
import { correctionFor } from '#lib/sizing/corrections/correct';
import { traitsOf } from '#lib/sizing/corrections/kin';
import { solveSymmetric } from '#lib/fitting/solve';

const catalog = loadCatalog();
const [bundled] = catalog.corrections();
if (bundled === undefined) throw new Error('the catalog has no corrections');
const corrections: Corrections = bundled;

function architecture(id: string): string {
  const model = catalog.models.get(id);
  if (model === undefined) throw new Error(`no ${id} in the catalog`);
  return architectureOf(model);
}

function group(model: string, gpu: string) {
  const found = corrections.groups.find(
    (each) => each.architecture === architecture(model) && each.gpu === gpu,
  );
  if (found === undefined) throw new Error(`no runs of ${model} on ${gpu}`);
  return found;
}

const SEEN = group('llama-3.1-70b', 'h100-sxm');
const [RUN = []] = SEEN.runs;
const seen = traitsOf(SEEN, RUN);
const sequences = RUN[2] ?? 1;

describe('corrections', () => {
  it('leave a run that is like no other as it is', () => {
    const correction = correctionFor({ ...seen, engine: 'another' }, corrections);
    expect(correction.factorsAt(sequences)).toEqual({ throughput: 1, tpot: 1, ttft: 1 });
    expect(correction.unexplainedAt(sequences)).toBe(1);
  });

  it('explain nearly everything at a measured run, and less the further away', () => {
    const at = (input: number) => correctionFor({ ...seen, input }, corrections).unexplainedAt(sequences);
    expect(at(seen.input)).toBeLessThan(0.1);
    expect(at(seen.input + 8)).toBeGreaterThan(at(seen.input));
  });

  it('follow the version of the engine; a point that names none is told what all say, by their runs over their variance', () => {
    const one = group('deepseek-r1', 'b200-sxm');
    const [run = []] = one.runs;
    const lnAt = (engineVersion: string) => {
      const point = { ...traitsOf(one, run), engine: 'trtllm', precision: 'fp8', engineVersion };
      return Math.log(correctionFor(point, corrections).factorsAt(32).throughput);
    };
    const versions = corrections.groups
      .filter(
        (each) =>
          each.architecture === architecture('deepseek-r1') &&
          each.gpu === 'b200-sxm' &&
          each.engine === 'trtllm',
      )
      .filter((each) => each.precision === 'fp8' && !each.isMaximum && each.engineVersion !== '');
    expect(versions.length).toBeGreaterThan(1);
    expect(lnAt('1.2.0rc6.post3')).toBeGreaterThan(lnAt('1.2.0rc6.post2') + 0.1);
    const trust = versions.map(
      ({ runs, versionVariances = [1] }) => runs.length / (versionVariances[0] ?? 1),
    );
    const all = trust.reduce((sum, each) => sum + each, 0);
    const mean = versions.reduce(
      (sum, { engineVersion }, index) => sum + (lnAt(engineVersion) * (trust[index] ?? 0)) / all,
      0,
    );
    expect(lnAt('')).toBeCloseTo(mean, 9);
  });

  it('hear of a version from runs of it on another accelerator', () => {
    const one = group('deepseek-r1', 'b200-sxm');
    const [run = []] = one.runs;
    const onB300 = { ...traitsOf(one, run), gpu: 'b300-sxm', engine: 'trtllm', precision: 'fp4' };
    const lnAt = (engineVersion: string) =>
      Math.log(correctionFor({ ...onB300, engineVersion }, corrections).factorsAt(32).throughput);
    // Measured on B200 and GB200, three times as fast as predicted and at a third.
    expect(lnAt('1.3.0rc5')).toBeGreaterThan(lnAt('of no run') + 0.5);
    expect(lnAt('1.3.0rc1')).toBeLessThan(lnAt('of no run') - 0.5);
  });

  it('take an unstated release for one of its own where some were measured, else for any', () => {
    const lnAt = (groups: Corrections['groups'], engineVersion: string) =>
      Math.log(
        correctionFor({ ...seen, engineVersion }, { ...corrections, groups }).factorsAt(sequences).throughput,
      );
    const stated = corrections.groups.filter((each) => each.engineVersion !== 'unstated');
    expect(lnAt(stated, 'unstated')).toBe(lnAt(stated, ''));
    const asUnstated = stated.map((each) => (each === SEEN ? { ...each, engineVersion: 'unstated' } : each));
    expect(lnAt(asUnstated, 'unstated')).not.toBeCloseTo(lnAt(asUnstated, ''), 6);
  });

  it('never band a point more narrowly that runs explain less', () => {
    for (const steps of Object.values(corrections.bands)) {
      expect(steps.map(({ unexplained }) => unexplained)).toEqual(
        steps.map(({ unexplained }) => unexplained).toSorted((a, b) => a - b),
      );
      expect(steps.map(({ p10 }) => p10)).toEqual(steps.map(({ p10 }) => p10).toSorted((a, b) => b - a));
      expect(steps.map(({ p90 }) => p90)).toEqual(steps.map(({ p90 }) => p90).toSorted((a, b) => a - b));
    }
  });

  it('change steadily with the number of sequences: no doubling moves the throughput by a third', () => {
    fc.assert(
      fc.property(fc.constantFrom(...corrections.groups), fc.integer({ min: 0, max: 10 }), (of, octave) => {
        const [run = []] = of.runs;
        const correction = correctionFor(traitsOf(of, run), corrections);
        const at = (doublings: number) => correction.factorsAt(2 ** doublings).throughput;
        expect(Math.abs(Math.log(at(octave + 1) / at(octave)))).toBeLessThan(Math.log(4 / 3));
      }),
      { numRuns: 60 },
    );
  });
});

describe('solveSymmetric', () => {
  it('solves a positive definite system', () => {
    const solved = solveSymmetric(
      [
        [4, 2],
        [2, 3],
      ],
      [10, 8],
    );
    expect(solved[0]).toBeCloseTo(1.75);
    expect(solved[1]).toBeCloseTo(1.5);
  });

  it('refuses one that is not', () => {
    expect(() =>
      solveSymmetric(
        [
          [1, 2],
          [2, 1],
        ],
        [1, 1],
      ),
    ).toThrow('positive definite');
  });
});
