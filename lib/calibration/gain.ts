import type { Corrected } from '#lib/catalog/calibration';
import type { LeftOut } from '#lib/calibration/cross-validation';

/** What a fit bought on runs that it never saw: by how much |ln(measured ÷ predicted)| fell, as a mean over each sweep. */
export interface Gain {
  /** Sweeps that measured the quantity. Runs of one sweep err together and count as one. */
  readonly sweeps: number;
  /** Of them, those whose error fell. */
  readonly better: number;
  /**
   * By how many standard deviations the ranks of those lie above what chance brings: Wilcoxon's signed-rank test, normal
   * approximation. By ranks, since a single run that went wrong is up to 25 times off where the others are 2.
   */
  readonly score: number;
}

/** `null` where no run measured the quantity. */
export function gainOf(leftOut: readonly LeftOut[], quantity: Corrected): Gain | null {
  const bySweep = new Map<string, number[]>();
  for (const { run, misses, plainMisses } of leftOut) {
    const [before, after] = [plainMisses[quantity], misses[quantity]];
    if (before === null || after === null) continue;
    const fell = Math.abs(before) - Math.abs(after);
    bySweep.set(run.sweep, [...(bySweep.get(run.sweep) ?? []), fell]);
  }
  const gains = [...bySweep.values()].map(meanOf);
  if (gains.length === 0) return null;
  return {
    sweeps: gains.length,
    better: gains.filter((gain) => gain > 0).length,
    score: signedRankScore(gains),
  };
}

/** True where it bought more than one standard deviation: less is what chance brings (the 1-SE rule of Breiman et al. 1984). */
export function isMoreThanChance(gain: Gain | null): gain is Gain {
  return gain !== null && gain.score > 1;
}

/** Of differences that are as often above 0 as below it where nothing was gained; 0 where none differs. Equal sizes share their ranks. */
function signedRankScore(differences: readonly number[]): number {
  const sizes = differences.filter((each) => each !== 0).toSorted((a, b) => Math.abs(a) - Math.abs(b));
  const count = sizes.length;
  if (count === 0) return 0;
  const rankOf = (size: number) => {
    const first = sizes.findIndex((each) => Math.abs(each) === size);
    const last = sizes.findLastIndex((each) => Math.abs(each) === size);
    return (first + last) / 2 + 1;
  };
  const ranks = sizes.reduce((sum, each) => sum + (each > 0 ? rankOf(Math.abs(each)) : 0), 0);
  const expected = (count * (count + 1)) / 4;
  return (ranks - expected) / Math.sqrt((count * (count + 1) * (2 * count + 1)) / 24);
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
