/** A part of all delays: a shortest one and a lognormal excess over it. Seconds. */
export interface DelayPart {
  readonly share: number;
  readonly least: number;
  readonly mean: number;
  readonly variance: number;
}

/** Delays of all requests, in seconds. */
export interface Delay {
  readonly mean: number;
  /** The delay that this share of requests does not exceed, 0–1. */
  percentile(share: number): number;
  /** Share of requests whose delay is at most this long, 0–1. */
  shareWithin(seconds: number): number;
}

const HALVINGS = 40;
/** Below it a part is one value. */
const NO_SPREAD = 1e-12;

/** A mixture of parts whose shares add up to 1, cut off at `most` seconds. */
export function delayOf(parts: readonly DelayPart[], most = Number.POSITIVE_INFINITY): Delay {
  const mean = parts.reduce((sum, part) => sum + part.share * part.mean, 0);
  // A percentile asks some forty times.
  const curves = parts.map(curveOf);
  const shareWithin = (seconds: number) => {
    if (seconds >= most) return 1;
    let within = 0;
    for (const curve of curves) within += curve.share * curveWithin(curve, seconds);
    return within;
  };
  return {
    mean: Math.min(mean, most),
    shareWithin,
    percentile: (share) => {
      let high = Math.max(mean, NO_SPREAD);
      while (shareWithin(high) < share) high *= 2;
      let low = 0;
      for (let halving = 0; halving < HALVINGS; halving += 1) {
        const middle = (low + high) / 2;
        if (shareWithin(middle) < share) low = middle;
        else high = middle;
      }
      return high;
    },
  };
}

/** A part in the words of its distribution. */
interface Curve {
  readonly share: number;
  readonly least: number;
  readonly mean: number;
  /** Mean excess over the least; `null` where the part is one value. */
  readonly excess: number | null;
  /** Variance of the excess's logarithm, halved, and its root. */
  readonly halfLogVariance: number;
  readonly logDeviation: number;
}

function curveOf({ share, least, mean, variance }: DelayPart): Curve {
  const excess = mean - least;
  const isOneValue = excess <= NO_SPREAD || variance <= NO_SPREAD ** 2;
  const logVariance = isOneValue ? 0 : Math.log(1 + variance / excess ** 2);
  return {
    share,
    least,
    mean,
    excess: isOneValue ? null : excess,
    halfLogVariance: logVariance / 2,
    logDeviation: Math.sqrt(logVariance),
  };
}

function curveWithin({ least, mean, excess, halfLogVariance, logDeviation }: Curve, seconds: number): number {
  if (excess === null) return seconds >= mean ? 1 : 0;
  if (seconds <= least) return 0;
  return normalShareBelow((Math.log((seconds - least) / excess) + halfLogVariance) / logDeviation);
}

const NORMAL_SCALE = Math.sqrt(2 * Math.PI);

/** Share of a standard normal below `z`, to 7.5 × 10⁻⁸ (Abramowitz and Stegun, 26.2.17). */
export function normalShareBelow(z: number): number {
  const t = 1 / (1 + 0.231_641_9 * Math.abs(z));
  const series =
    t *
    (0.319_381_53 + t * (-0.356_563_782 + t * (1.781_477_937 + t * (-1.821_255_978 + t * 1.330_274_429))));
  const beyond = (Math.exp((-z * z) / 2) / NORMAL_SCALE) * series;
  return z > 0 ? 1 - beyond : beyond;
}
