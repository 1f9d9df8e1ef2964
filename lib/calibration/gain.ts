import type { Corrected } from '#lib/catalog/calibration';
import type { LeftOut } from '#lib/calibration/cross-validation';

/** What a fit bought on runs that it never saw: by how much |ln(measured ÷ predicted)| fell, as a mean over sweeps. */
export interface Gain {
  readonly mean: number;
  /** Of that mean, by what sweeps differ. Runs of one sweep err together and count as one. */
  readonly standardError: number;
  readonly sweeps: number;
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
  const mean = meanOf(gains);
  const square = gains.reduce((sum, gain) => sum + (gain - mean) ** 2, 0);
  const standardError = Math.sqrt(square / Math.max(1, gains.length - 1) / gains.length);
  return { mean, standardError, sweeps: gains.length };
}

/** True where it bought more than one standard error: less is what chance brings (Breiman et al. 1984, the 1-SE rule). */
export function isMoreThanChance(gain: Gain | null): gain is Gain {
  return gain !== null && gain.mean > gain.standardError;
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
