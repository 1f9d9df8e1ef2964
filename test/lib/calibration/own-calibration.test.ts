import { describe, expect, it } from 'vitest';
import { calibrationRuns } from '#lib/calibration/calibration-runs';
import { gainOf, isMoreThanChance } from '#lib/calibration/gain';
import { calibrateOwn } from '#lib/calibration/own-calibration';
import { loadCatalog } from '#lib/catalog/load';

const catalog = loadCatalog();
const named = { asOf: '2026-11-29', source: 'runs.json' };
const some = calibrationRuns(catalog)
  .filter(({ model, piece }) => piece.engine === 'vllm' && model.id === 'minimax-m2')
  .slice(0, 80);

/** The same runs at a multiple of their rates. */
function times(factorOf: (index: number) => number) {
  return some.map((run, index) => ({
    ...run,
    tokensPerSecondPerGpu: run.tokensPerSecondPerGpu * factorOf(index),
  }));
}

describe('a calibration by own runs', () => {
  it('is taken where a site is a quarter slower throughout', () => {
    const found = calibrateOwn(
      times(() => 0.75),
      catalog,
      named,
    );
    expect(found.state).toBe('calibrated');
    expect(found.validation?.before.throughput?.median).toBeGreaterThan(0.25);
    expect(found.validation?.after.throughput?.median).toBeLessThan(0.06);
  });

  it('is refused where runs say nothing of the next, though the median fell by chance', () => {
    const random = [0.4, 1.6, 0.6, 2.4, 1];
    // Neighbours in the list are of one sweep: a step of 7 keeps factors and sweeps apart.
    const found = calibrateOwn(
      times((index) => random[(index * 7 + (index >> 2)) % 5] ?? 1),
      catalog,
      named,
    );
    expect(found).toMatchObject({
      state: 'refused',
      why: expect.stringMatching(
        /^the median error of the throughput would (rise from|go from .* no better than chance)/,
      ),
    });
  });
});

describe('what a fit bought', () => {
  const sweep = (name: string, before: number, after: number) =>
    ({
      run: { sweep: name },
      plainMisses: { throughput: before, tpot: null, ttft: null },
      misses: { throughput: after, tpot: null, ttft: null },
    }) as unknown as Parameters<typeof gainOf>[0][number];

  it('is the mean over sweeps, however many runs each has, with its standard error', () => {
    const gain = gainOf([sweep('a', 0.3, 0.1), sweep('a', -0.3, 0.1), sweep('b', 0.3, 0.3)], 'throughput');
    expect(gain?.mean).toBeCloseTo(0.1, 12);
    expect(gain?.standardError).toBeCloseTo(0.1, 12);
    expect(isMoreThanChance(gain)).toBe(false);
    expect(gainOf([sweep('a', 0.3, 0.1)], 'tpot')).toBeNull();
  });

  it('is more than chance where every sweep gains alike', () => {
    expect(isMoreThanChance(gainOf([sweep('a', 0.3, 0.1), sweep('b', 0.3, 0.12)], 'throughput'))).toBe(true);
  });
});
