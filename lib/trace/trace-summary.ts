/** Lengths of prompts or of answers, in tokens. Mean, variation and maximum are exact. */
export interface TokenLengths {
  readonly mean: number;
  /** Standard deviation ÷ mean; 0 when every length is the same. */
  readonly coefficientOfVariation: number;
  /** Percentiles by nearest rank, each within 0.5 % of the true one. */
  readonly p50: number;
  readonly p90: number;
  readonly p95: number;
  readonly p99: number;
  readonly max: number;
}

/** What a request trace says about the traffic. What it is too short to say is `null`. */
export interface TraceSummary {
  readonly requests: number;
  /** Requests with no output token: failed, refused or cut off. They are counted in everything. */
  readonly requestsWithoutOutput: number;
  /** From the first request to the last. */
  readonly spanSeconds: number;
  readonly meanRequestsPerSecond: number;
  /**
   * The 99.9th percentile of the one-minute rates by nearest rank: the busiest minute of a trace below 1,000 minutes,
   * and in a month all but its 43 busiest, so that one outage's retries do not buy hardware. Never below the mean.
   */
  readonly peakRequestsPerSecond: number;
  /** The busiest minute of all. */
  readonly busiestRequestsPerSecond: number;
  /** Width of the counting bins: 60, or a multiple where the trace is too long for one-minute bins. */
  readonly binSeconds: number;
  /**
   * Index of dispersion: variance ÷ mean of the counts of whole bins, silent ones included. 1 for Poisson arrivals at a
   * steady rate; the rhythm of the day counts as burstiness. `null` below ten whole bins.
   */
  readonly burstiness: number | null;
  /**
   * The same from differences of neighbouring bins (von Neumann 1941), which a slow rhythm hardly changes: what a queue
   * feels. `null` below ten whole bins.
   */
  readonly shortTermBurstiness: number | null;
  /**
   * The same of counts of one second (of 2 or more in a trace beyond 12 days): what a queue feels within the busiest
   * minute. `null` below ten seconds, and where the log writes coarser times.
   */
  readonly burstinessOfSeconds: number | null;
  readonly inputTokens: TokenLengths;
  readonly outputTokens: TokenLengths;
  /** `utc`: hours and days are those of UTC. `since-start`: hour 0 is the first hour, and weekdays are unknown. */
  readonly clock: 'utc' | 'since-start';
  /** Share of an average day's requests in each hour; sums to 1. `null` below 24 hours. */
  readonly hourProfile: readonly number[] | null;
  /**
   * Mean requests/s in each hour of working days (Monday to Friday) and of Saturdays and Sundays. `null` below 7 days, or
   * where weekdays are unknown.
   */
  readonly hourRates: {
    readonly workingDay: readonly number[];
    readonly weekendDay: readonly number[];
  } | null;
  /** Share of an average week's requests on each day, Monday first; sums to 1. `null` below 7 days. */
  readonly weekdayProfile: readonly number[] | null;
}
