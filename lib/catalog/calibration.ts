/** Quantiles of measured ÷ predicted on rows the constants were not fitted on. */
export interface ErrorQuantiles {
  readonly p5: number;
  readonly p10: number;
  readonly p50: number;
  readonly p90: number;
  readonly p95: number;
}

/** Fitted constants of the serving model. Weakly identified one by one: fudge factors, not hardware facts. */
export interface SizingConstants {
  readonly version: string;
  readonly asOf: string;
  readonly source: string;
  /** By the names of the method: `bw_eff_hopper`, `us_layer`, … Shares, microseconds and factors. */
  readonly values: Readonly<Record<string, number>>;
  readonly quantiles: {
    readonly throughput: ErrorQuantiles;
    readonly throughputUnseenModel: ErrorQuantiles;
    readonly throughputUnseenGpu: ErrorQuantiles;
    readonly tpot: ErrorQuantiles;
    readonly ttft: ErrorQuantiles;
  };
}
