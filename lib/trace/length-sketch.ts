import type { TokenLengths } from '#lib/trace/trace-summary';

/** Largest relative error of a percentile. */
export const PERCENTILE_ERROR = 0.005;
/** Longest prompt or answer that is taken for one: well above any context window. */
export const MAXIMUM_TOKENS = 1e8;

const GROWTH = (1 + PERCENTILE_ERROR) / (1 - PERCENTILE_ERROR);
const LN_GROWTH = Math.log(GROWTH);
const BINS = Math.ceil(Math.log(MAXIMUM_TOKENS) / LN_GROWTH) + 1;

/**
 * Lengths as counts in bins whose borders grow by a fixed factor: a percentile has a bounded relative error whatever the
 * distribution, memory does not grow with the number of lengths, and two sketches add up to the sketch of both.
 * Method: DDSketch (Masson, Rim and Lee, VLDB 2019).
 */
export class LengthSketch {
  private readonly counts = new Float64Array(BINS);
  private zeros = 0;
  private count = 0;
  private mean = 0;
  private squares = 0;
  private max = 0;

  /** Bins that are held: the same before the first length and after the last. */
  public readonly retainedBins = BINS;

  /** Adds a whole number of tokens, 0 to `MAXIMUM_TOKENS`. */
  public add(tokens: number): void {
    this.count += 1;
    const difference = tokens - this.mean;
    this.mean += difference / this.count;
    this.squares += difference * (tokens - this.mean);
    if (tokens > this.max) this.max = tokens;
    if (tokens === 0) this.zeros += 1;
    else {
      const bin = Math.ceil(Math.log(tokens) / LN_GROWTH);
      this.counts[bin] = (this.counts[bin] ?? 0) + 1;
    }
  }

  /** Adds all that another sketch holds (mean and variance: Chan, Golub and LeVeque 1983). */
  public merge(other: LengthSketch): void {
    const count = this.count + other.count;
    if (count === 0) return;
    const difference = other.mean - this.mean;
    this.squares += other.squares + (difference * difference * this.count * other.count) / count;
    this.mean += (difference * other.count) / count;
    this.count = count;
    this.zeros += other.zeros;
    this.max = Math.max(this.max, other.max);
    for (const [bin, added] of other.counts.entries()) this.counts[bin] = (this.counts[bin] ?? 0) + added;
  }

  public get zeroLengths(): number {
    return this.zeros;
  }

  /** The length that `share` of all lengths do not exceed, by nearest rank. 0 when there are none. */
  public percentile(share: number): number {
    const rank = Math.max(1, Math.ceil(share * this.count));
    let passed = this.zeros;
    if (this.count === 0 || rank <= passed) return 0;
    for (const [bin, count] of this.counts.entries()) {
      passed += count;
      if (passed >= rank) return Math.min(this.max, middleOf(bin));
    }
    return this.max;
  }

  public summary(): TokenLengths {
    const deviation = this.count === 0 ? 0 : Math.sqrt(this.squares / this.count);
    return {
      mean: this.mean,
      coefficientOfVariation: this.mean === 0 ? 0 : deviation / this.mean,
      p50: this.percentile(0.5),
      p90: this.percentile(0.9),
      p95: this.percentile(0.95),
      p99: this.percentile(0.99),
      max: this.max,
    };
  }
}

/** The only length in a bin, which holds up to 99; else what lies equally far, relatively, from both borders. */
function middleOf(bin: number): number {
  const longest = Math.floor(GROWTH ** bin);
  return longest - Math.floor(GROWTH ** (bin - 1)) === 1 ? longest : (2 * GROWTH ** bin) / (GROWTH + 1);
}
