import type { Lengths } from '#lib/queueing/lengths';

/** One replica with continuous batching and chunked prefill, and the requests that it gets. Times are in seconds. */
export interface Server {
  /**
   * Duration of a step in which this many sequences each make a token and no prompt is computed, from none to the most
   * that run at once. Must not fall.
   */
  readonly decodeSeconds: readonly number[];
  /** What each computed token of a prompt adds to a step. */
  readonly secondsPerPromptToken: number;
  /** Most prompt tokens of one step. */
  readonly chunkTokens: number;
  /** What the engine takes for a request beyond its steps: parsing, scheduling, the way through the pipeline. */
  readonly startSeconds: number;
  /** The stream of which a router gives this server its share. @default - Poisson arrivals */
  readonly stream?: ArrivalStream;
  /** Tokens that are computed: without those of a prefix cache. */
  readonly inputTokens: Lengths;
  readonly outputTokens: Lengths;
}

/** Requests before a router spreads them. */
export interface ArrivalStream {
  readonly requestsPerSecond: number;
  /** Variance ÷ mean of the number of arrivals: 1 for Poisson, above for bursts. */
  readonly burstiness: number;
}

/**
 * Variance ÷ mean of the arrivals at a server that gets `requestsPerSecond` of the stream, each request by chance: `1 +
 * share × (burstiness − 1)` (Whitt 1983, the queueing network analyzer, splitting). Many replicas make a stream smooth.
 */
export function burstinessAt({ stream }: Server, requestsPerSecond: number): number {
  if (stream === undefined) return 1;
  const share = Math.min(1, requestsPerSecond / stream.requestsPerSecond);
  return 1 + share * (stream.burstiness - 1);
}

/** Most sequences that run at once. */
export function slotsOf({ decodeSeconds }: Server): number {
  return decodeSeconds.length - 1;
}
