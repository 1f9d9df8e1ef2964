import type { RowKind } from '#lib/evaluation/row-kind';
import { vectorSearch } from '#lib/evaluation/vector-search-run';

/** Kinds of rows beside serving runs, each predicted by its own model. */
export const ROW_KINDS: readonly RowKind[] = [vectorSearch];
