import type { KvPrecision } from '#lib/catalog/precision';

/** One measured serving run: the calibration rows, and the nearest measurement shown beside an estimate. */
export interface ServingRow {
  readonly id: string;
  readonly kind: 'serving_closed_loop' | 'serving_max_throughput';
  readonly model: string;
  readonly gpu: string;
  readonly gpus: number;
  readonly engine: string;
  readonly precision: string;
  readonly inputTokens: number;
  readonly outputTokens: number;
  readonly concurrency: number | null;
  readonly tensor: number;
  readonly pipeline: number;
  readonly attentionData: number;
  readonly ttftMs: number | null;
  readonly tpotMs: number | null;
  readonly outputTokensPerSecondPerGpu: number | null;
  readonly source: string;
  readonly engineVersion?: string;
  /** GPUs over which the experts are spread; 1 where each GPU holds a slice of all. */
  readonly expertParallel?: number;
  /**
   * Mean lengths ÷ `inputTokens` and `outputTokens`: InferenceX draws both evenly from 0.8 to 1 times the stated length.
   *
   * @default - 1: all requests have the stated lengths
   */
  readonly meanLengthShare?: number;
  /** Format of the cache, where it was set. @default - as engines set it for such a checkpoint */
  readonly kvPrecision?: KvPrecision;
}
