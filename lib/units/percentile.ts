/** Percentiles that latencies are stated and judged at: p95 is what 95 of 100 requests do not exceed. */
export const PERCENTILES = ['p50', 'p90', 'p95', 'p99'] as const;
export type Percentile = (typeof PERCENTILES)[number];

/** The share of requests below a percentile, 0–1. */
export const SHARE_BELOW: Readonly<Record<Percentile, number>> = { p50: 0.5, p90: 0.9, p95: 0.95, p99: 0.99 };
