import type { Precision } from '#lib/catalog/precision';

/** What somebody measured of a model made smaller: by quantisation, pruning or distillation. */
export interface QualityEvidence {
  readonly id: string;
  readonly kind: string;
  /** As the publisher names the model: `Qwen3-30B-A3B`. */
  readonly base: string;
  readonly variant: string;
  readonly metric: string;
  readonly before: number | null;
  readonly after: number | null;
  /** After ÷ before, where the metric is a score. */
  readonly recovery: number | null;
  readonly finding?: string;
  readonly note?: string;
  readonly source: string;
}

/** Share of a model's score that survives a weight format; 1 is lossless. */
export interface QualityRecovery {
  readonly precision: Precision;
  readonly low: number;
  readonly base: number;
  readonly high: number;
  readonly basis: string;
  readonly source: string;
}
