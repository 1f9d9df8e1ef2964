/** What the peak asks of replicas, and what one of them makes. */
export interface ReplicaLoad {
  readonly peakRequestsPerSecond: number;
  readonly outputTokens: number;
  /** Output tokens per second of one replica at the objective. */
  readonly tokensPerSecond: number;
  /** Share of that throughput which the peak may use. */
  readonly fill: number;
}

/** `peak × tokens per answer ÷ (throughput × fill)` in whole replicas, at least one. */
export function replicasForLoad(load: ReplicaLoad): number {
  return wholeReplicas(unroundedReplicas(load));
}

/** The same, not rounded. */
export function unroundedReplicas(load: ReplicaLoad): number {
  return (load.peakRequestsPerSecond * load.outputTokens) / (load.tokensPerSecond * load.fill);
}

/** A quotient that is whole but for rounding must not cost one more replica. */
export function wholeReplicas(replicas: number): number {
  return Math.max(1, Math.ceil(replicas - 1e-9));
}
