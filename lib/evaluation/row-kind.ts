import type { Catalog } from '#lib/catalog/catalog';
import type { RawRow } from '#lib/evaluation/benchmark-file';

/** What is said of a row beside serving: a search, a training run. */
export interface RowPrediction {
  /** Key of the figure in the evaluation: `queriesPerSecond`, `tokensPerSecondPerGpu`, `minutes`, `memoryGib`. */
  readonly quantity: string;
  readonly measured: number;
  readonly predicted: number;
  readonly low: number;
  readonly high: number;
}

/** Rows of a kind that another model than the serving one predicts. */
export interface RowKind {
  /** As rows name it in `kind`. */
  readonly kinds: readonly string[];
  readonly predict: (row: RawRow, catalog: Catalog) => RowPrediction | { readonly reason: string };
}
