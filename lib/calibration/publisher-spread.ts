import { CORRECTED, type Corrected } from '#lib/catalog/calibration';
import type { LeftOut } from '#lib/calibration/cross-validation';
import { quantile } from '#lib/units/quantile';

/** Half of the 80 % interval of what a publisher never seen differs by as a whole, as a logarithm. */
export type PublisherSpread = Readonly<Record<Corrected, number>>;

/** 90 % quantile of the normal distribution. With Student's t, models left out are held too often (86 to 87 %). */
const NORMAL90 = 1.282;

/**
 * The prediction interval of a random-effects meta-analysis (Higgins, Thompson and Spiegelhalter 2009) about no
 * difference: 1.28 × the root mean square of what left-out publishers miss in the median.
 *
 * @param leftOut - Runs of publishers that were left out
 */
export function publisherSpread(
  leftOut: readonly LeftOut[],
  publisherOf: (each: LeftOut) => string,
): PublisherSpread {
  const spreadOf = (quantity: Corrected) => {
    const medians = [...new Set(leftOut.map(publisherOf))].flatMap((publisher) => {
      const misses = leftOut.flatMap((each) =>
        publisherOf(each) === publisher ? (each.misses[quantity] ?? []) : [],
      );
      return misses.length === 0
        ? []
        : [
            quantile(
              misses.toSorted((a, b) => a - b),
              0.5,
            ),
          ];
    });
    if (medians.length === 0) return 0;
    const square = medians.reduce((sum, median) => sum + median ** 2, 0) / medians.length;
    return NORMAL90 * Math.sqrt(square);
  };
  const [throughput = 0, tpot = 0, ttft = 0] = CORRECTED.map(spreadOf);
  return { throughput, tpot, ttft };
}
