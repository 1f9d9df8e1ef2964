import type { AcceleratorChoice } from '#lib/evaluation/accelerator-choice';
import type { AcceleratorPrices } from '#lib/evaluation/accelerator-prices';

/** How far predictions lie from measurements. Errors are fractions of the measurement: 0.12 is 12 %. */
export interface ErrorFigures {
  /** Pairs of prediction and measurement; every other figure is `null` where there are none. */
  readonly n: number;
  /** Median of |predicted ÷ measured − 1|. */
  readonly medianApe: number | null;
  readonly p90Ape: number | null;
  /** Share of pairs whose error is at most 0.25. */
  readonly within25: number | null;
  /** Median of predicted ÷ measured: above 1, the sizing promises too much. */
  readonly bias: number | null;
}

/** Errors of each quantity that a run may have measured. */
export interface QuantityErrors {
  readonly outputTokensPerSecondPerGpu: ErrorFigures;
  readonly tpotMs: ErrorFigures;
  readonly ttftMs: ErrorFigures;
}

/** One run; `low` and `high` bound what the sizing says. Serving runs first, in the order of the file. */
export interface EvaluatedRow {
  readonly id: string;
  /** What was measured: `outputTokensPerSecondPerGpu`, `queriesPerSecond`, … */
  readonly quantity: string;
  readonly measured: number;
  readonly predicted: number;
  readonly low: number;
  readonly high: number;
  /** Whether the constants were fitted on this run; `null` for kinds other than serving, of which nothing is known. */
  readonly seen: boolean | null;
}

/** A run whose figures no engine reaches that makes one token a step with the weights that the row states. */
export interface FasterRow {
  readonly id: string;
  /** Milliseconds per further token, as measured or as the rate and the concurrency say. */
  readonly impliedTpotMs: number;
  /** Milliseconds in which memory gives the active weights once. */
  readonly leastTpotMs: number;
}

export interface SkippedRow {
  readonly id: string;
  readonly reason: string;
}

/** The sizing, held against measured runs. */
export interface SizingEvaluation extends QuantityErrors {
  readonly schema: 'landfall/sizing-evaluation/v1';
  /** Runs that were predicted. */
  readonly n: number;
  readonly skipped: readonly SkippedRow[];
  /** Predicted and counted too: speculation or narrower weights that the row does not state, or a unit mistaken. */
  readonly fasterThanMemory: readonly FasterRow[];
  readonly byModel: Readonly<Record<string, QuantityErrors>>;
  readonly byGpu: Readonly<Record<string, QuantityErrors>>;
  readonly byPrecision: Readonly<Record<string, QuantityErrors>>;
  readonly byEngine: Readonly<Record<string, QuantityErrors>>;
  /** Serving runs that the constants were fitted on, and the others: only those test the sizing. */
  readonly bySeen: { readonly seen: QuantityErrors; readonly unseen: QuantityErrors };
  /** Rows of other kinds than serving, by what they measured. */
  readonly byQuantity: Readonly<Record<string, ErrorFigures>>;
  /** Which accelerator the predictions choose for each workload, under each limit on TPOT. */
  readonly acceleratorChoice: readonly AcceleratorChoice[];
  /** Of the accelerators whose runs measured TPOT. */
  readonly acceleratorPrices: AcceleratorPrices;
  readonly rows: readonly EvaluatedRow[];
}
