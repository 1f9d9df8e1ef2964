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
  /** Tokens that are computed: without those of a prefix cache. */
  readonly inputTokens: Lengths;
  readonly outputTokens: Lengths;
}

/** Most sequences that run at once. */
export function slotsOf({ decodeSeconds }: Server): number {
  return decodeSeconds.length - 1;
}
