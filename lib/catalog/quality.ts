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

/** How the lost share of the score falls with a model's size: `lossAtBillion` × size in 10^9 ^ −`exponent`. */
export interface LossBySize {
  readonly lossAtBillion: number;
  readonly exponent: number;
  /** 10^9 parameters of the smallest model measured, and those at which a format of more bits keeps no more. */
  readonly fromB: number;
  readonly toB: number;
  /** A single benchmark loses up to this many times the mean. */
  readonly worstTimes: number;
}

/** Share of a model's score that survives a weight format; 1 is lossless. */
export interface QualityRecovery {
  readonly precision: Precision;
  readonly low: number;
  readonly base: number;
  readonly high: number;
  /** @default - the share does not depend on the size, or nobody measured how */
  readonly bySize?: LossBySize;
  readonly basis: string;
  readonly source: string;
}
