const MINUTE = 60;
/** Two years of minutes; 4 MiB. Beyond, bins double in width. */
const MAXIMUM_BINS = 2 ** 20;
const FIRST_BINS = 1024;
/** Whole bins below which their variance says nothing. */
const ENOUGH_BINS = 10;
const PEAK_SHARE = 0.999;

/**
 * Arrivals counted in bins of a minute, or of another width, that begin on whole multiples of it. When the time covered
 * outgrows `maximumBins`, pairs of bins are joined: memory is bounded, whatever the number of requests or the span.
 */
export class ArrivalCounts {
  private readonly slackSeconds: number;
  private readonly maximumBins: number;
  private counts: Uint32Array;
  private width: number;
  /** Number of the bin that stands first, counted from time 0 in the present width. */
  private origin: number | null = null;
  private first = Number.POSITIVE_INFINITY;
  private last = Number.NEGATIVE_INFINITY;
  private grain = 0;

  /**
   * @param slackSeconds how far before the first arrival a later one may lie
   * @param width of a bin at first, in seconds
   */
  public constructor(slackSeconds: number, maximumBins = MAXIMUM_BINS, width = MINUTE) {
    this.slackSeconds = slackSeconds;
    this.width = width;
    this.maximumBins = maximumBins;
    this.counts = new Uint32Array(Math.min(FIRST_BINS, maximumBins));
  }

  public add(seconds: number): void {
    this.origin ??= Math.floor((seconds - this.slackSeconds) / this.width);
    if (this.grain !== 1) this.grain = greatestDivisor(Math.floor(seconds), this.grain);
    this.first = Math.min(this.first, seconds);
    this.last = Math.max(this.last, seconds);
    let bin = Math.floor(seconds / this.width) - this.origin;
    while (bin >= this.maximumBins) {
      this.join();
      bin = Math.floor(seconds / this.width) - this.origin;
    }
    if (bin >= this.counts.length) {
      const grown = new Uint32Array(Math.min(this.maximumBins, Math.max(bin + 1, 2 * this.counts.length)));
      grown.set(this.counts);
      this.counts = grown;
    }
    this.counts[bin] = (this.counts[bin] ?? 0) + 1;
  }

  public get binSeconds(): number {
    return this.width;
  }

  /** Whole seconds of which every arrival is a multiple: 60 of a log that writes minutes; 0 of no arrival. */
  public get grainSeconds(): number {
    return this.grain;
  }

  public get retainedBins(): number {
    return this.counts.length;
  }

  /** Requests per second in the busiest bin, and in the bin that 99.9 % of bins do not exceed (nearest rank). */
  public rates(): { readonly peak: number; readonly busiest: number } {
    const sorted = this.covered().toSorted();
    const rank = Math.max(1, Math.ceil(PEAK_SHARE * sorted.length));
    return { peak: (sorted[rank - 1] ?? 0) / this.width, busiest: (sorted.at(-1) ?? 0) / this.width };
  }

  /** Variance ÷ mean of the counts: as they are, and from differences of neighbours. The two end bins are cut off. */
  public dispersion(): { readonly overall: number; readonly shortTerm: number } | null {
    const whole = this.covered().subarray(1, -1);
    if (whole.length < ENOUGH_BINS) return null;
    const mean = whole.reduce((sum, count) => sum + count, 0) / whole.length;
    if (mean === 0) return null;
    let [squares, steps] = [0, 0];
    for (const [at, count] of whole.entries()) {
      squares += (count - mean) ** 2;
      if (at > 0) steps += (count - (whole[at - 1] ?? 0)) ** 2;
    }
    return {
      overall: squares / (whole.length - 1) / mean,
      shortTerm: steps / (2 * (whole.length - 1)) / mean,
    };
  }

  private covered(): Uint32Array {
    if (this.origin === null) return new Uint32Array(0);
    const [from, to] = [this.first, this.last].map((seconds) => Math.floor(seconds / this.width));
    return this.counts.subarray((from ?? 0) - this.origin, (to ?? 0) - this.origin + 1);
  }

  private join(): void {
    if (this.origin === null) return;
    const joined = new Uint32Array(this.counts.length);
    const origin = Math.floor(this.origin / 2);
    for (const [at, count] of this.counts.entries()) {
      const bin = Math.floor((this.origin + at) / 2) - origin;
      joined[bin] = (joined[bin] ?? 0) + count;
    }
    this.counts = joined;
    this.origin = origin;
    this.width *= 2;
  }
}

function greatestDivisor(one: number, other: number): number {
  let [larger, smaller] = [Math.abs(one), Math.abs(other)];
  while (smaller > 0) [larger, smaller] = [smaller, larger % smaller];
  return larger;
}
