import type { Precision } from '#lib/catalog/precision';

/** Share of a model's score that survives a weight format; 1 is lossless. */
export interface QualityRecovery {
  readonly precision: Precision;
  readonly low: number;
  readonly base: number;
  readonly high: number;
  readonly basis: string;
  readonly source: string;
}
