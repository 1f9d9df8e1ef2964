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
  const shareWithin = (seconds: number) =>
    seconds >= most ? 1 : parts.reduce((sum, part) => sum + part.share * partWithin(part, seconds), 0);
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

function partWithin({ least, mean, variance }: DelayPart, seconds: number): number {
  const excess = mean - least;
  if (excess <= NO_SPREAD || variance <= NO_SPREAD ** 2) return seconds >= mean ? 1 : 0;
  if (seconds <= least) return 0;
  const logVariance = Math.log(1 + variance / excess ** 2);
  return normalShareBelow((Math.log((seconds - least) / excess) + logVariance / 2) / Math.sqrt(logVariance));
}

/** Share of a standard normal below `z`, to 7.5 × 10⁻⁸ (Abramowitz and Stegun, 26.2.17). */
export function normalShareBelow(z: number): number {
  const t = 1 / (1 + 0.231_641_9 * Math.abs(z));
  const series =
    t *
    (0.319_381_53 + t * (-0.356_563_782 + t * (1.781_477_937 + t * (-1.821_255_978 + t * 1.330_274_429))));
  const beyond = (Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI)) * series;
  return z > 0 ? 1 - beyond : beyond;
}
