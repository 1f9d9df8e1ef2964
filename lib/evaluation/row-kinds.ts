import type { RowKind } from '#lib/evaluation/row-kind';
import { predictTrainingRow, readTrainingRun } from '#lib/evaluation/training-run';
import { vectorSearch } from '#lib/evaluation/vector-search-run';

/** Speed, time and memory of training and fine-tuning runs. */
const training: RowKind = {
  kinds: ['training_throughput', 'mlperf_training', 'finetune_memory'],
  predict: (row, catalog) => {
    const run = readTrainingRun(row, catalog);
    if ('reason' in run) return run;
    const result = predictTrainingRow(run.run);
    return 'reason' in result ? result : { quantity: run.quantity, measured: run.measured, ...result };
  },
};

/** Kinds of rows beside serving runs, each predicted by its own model. */
export const ROW_KINDS: readonly RowKind[] = [vectorSearch, training];
