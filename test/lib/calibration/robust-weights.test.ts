import { describe, expect, it } from 'vitest';
import { robustWeights } from '#lib/calibration/robust-weights';

const SETTINGS = { scale: 1, noise: 0.03 };
const CELL = 0.06 ** 2;
const VERSION = 0.06 ** 2;

/** Five runs of each of two versions in one cell, and what the process says of a version that nobody measured. */
function ofTwoVersions(misses: readonly [number, number], shared: number) {
  const versions = ['old', 'new'].flatMap((version) => Array.from({ length: 5 }, () => version));
  const solved = robustWeights(
    {
      rest: versions.map(() => versions.map(() => CELL)),
      version: versions.map((a) => versions.map((b) => (a === b ? shared : 0))),
    },
    versions.map((version, index) => misses[version === 'old' ? 0 : 1] + (index % 2 === 0 ? 0.005 : -0.005)),
    versions,
    SETTINGS,
  );
  return { ...solved, elsewhere: CELL * solved.weights.reduce((sum, weight) => sum + weight, 0) };
}

describe('robust weights', () => {
  it('give versions that differ as most do the variance of most', () => {
    const { variances } = ofTwoVersions([0.02, -0.02], VERSION);
    expect([...variances]).toEqual([
      ['old', 1],
      ['new', 1],
    ]);
  });

  it('lay what one version is off to that version, and tell another hardly of it', () => {
    const { variances, weights, elsewhere } = ofTwoVersions([0, 1], VERSION);
    expect(variances.get('new')).toBeGreaterThan(20);
    const ofNew = weights.slice(5).reduce((sum, weight) => sum + weight, 0);
    const told = elsewhere + VERSION * (variances.get('new') ?? 1) * ofNew;
    expect(told).toBeGreaterThan(0.9);
    expect(elsewhere).toBeLessThan(0.1);
  });

  it('say nothing of versions where nothing is shared by them: what is far off is not believed then', () => {
    const { variances, elsewhere } = ofTwoVersions([0, 1], 0);
    expect(variances.size).toBe(0);
    expect(elsewhere).toBeLessThan(0.1);
  });
});
