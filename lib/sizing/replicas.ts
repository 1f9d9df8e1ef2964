/** `ceil(peak × tokens per answer ÷ (throughput × fill))`, at least one replica. */
export function replicasForLoad(load: {
  readonly peakRequestsPerSecond: number;
  readonly outputTokens: number;
  /** Output tokens per second of one replica at the objective. */
  readonly tokensPerSecond: number;
  /** Share of that throughput which the peak may use. */
  readonly fill: number;
}): number {
  const replicas = (load.peakRequestsPerSecond * load.outputTokens) / (load.tokensPerSecond * load.fill);
  // A quotient that is whole but for rounding must not cost one more replica.
  return Math.max(1, Math.ceil(replicas - 1e-9));
}
