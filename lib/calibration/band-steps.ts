import { CORRECTED, type Bands, type BandStep, type Corrected } from '#lib/catalog/calibration';
import type { LeftOut } from '#lib/calibration/cross-validation';
import type { PublisherSpread } from '#lib/calibration/publisher-spread';
import { quantile } from '#lib/units/quantile';

/** Shares of unexplained variance up to which a band holds. */
const STEPS = [0.05, 0.15, 0.35, 0.96, 0.98, 1] as const;
/** Where the version is not named, what stays unexplained beyond a third is mostly that. */
export const VERSIONLESS_STEPS = [0.05, 0.15, 0.35, 1] as const;

/**
 * The 10 % and 90 % quantiles of measured ÷ predicted by how well runs nearby explain a point.
 *
 * @param unlike - What separates publishers, of which the last step allows for another one. @default - nothing
 */
export function bandSteps(
  leftOut: readonly LeftOut[],
  limits: readonly number[] = STEPS,
  unlike?: PublisherSpread,
): Bands {
  const stepsOf = (quantity: Corrected): BandStep[] => {
    let from = -1;
    let widest: BandStep = { unexplained: 0, p10: 1, p90: 1 };
    return limits.flatMap((unexplained): BandStep[] => {
      const misses = leftOut
        .filter((each) => each.unexplained > from && each.unexplained <= unexplained)
        .flatMap(({ misses: of }) => of[quantity] ?? [])
        .toSorted((a, b) => a - b);
      from = unexplained;
      if (misses.length === 0) return [];
      const spread = unexplained === limits.at(-1) ? (unlike?.[quantity] ?? 0) : 0;
      // A point that runs explain less is never banded more narrowly.
      widest = {
        unexplained,
        p10: Math.min(widest.p10, end(misses, 0.1, spread)),
        p90: Math.max(widest.p90, end(misses, 0.9, spread)),
      };
      return [widest];
    });
  };
  const entries = CORRECTED.map((quantity) => [quantity, stepsOf(quantity)] as const);
  const [throughput, tpot, ttft] = entries.map(([, steps]) => steps);
  return { throughput: throughput ?? [], tpot: tpot ?? [], ttft: ttft ?? [] };
}

/** A quantile as a factor, moved outwards: deviations that have nothing to do with each other add up by squares. */
function end(ascending: readonly number[], share: 0.1 | 0.9, spread: number): number {
  const log = quantile(ascending, share);
  const outwards = Math.hypot(log, spread) - Math.abs(log);
  return Number(Math.exp(share < 0.5 ? log - outwards : log + outwards).toPrecision(3));
}
