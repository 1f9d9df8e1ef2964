import type { Catalog } from '#lib/catalog/catalog';
import { prepareRun, type PreparedRun } from '#lib/calibration/prepared-run';
import type { RawRow } from '#lib/evaluation/benchmark-file';
import { readRun } from '#lib/evaluation/benchmark-run';
import { idOf } from '#lib/evaluation/evaluate';
import type { SkippedRow } from '#lib/evaluation/evaluation';

/** A user's own runs that can be calibrated with, and the reasons why others cannot. */
export function ownRuns(
  rows: readonly RawRow[],
  catalog: Catalog,
): { readonly runs: readonly PreparedRun[]; readonly skipped: readonly SkippedRow[] } {
  const runs: PreparedRun[] = [];
  const skipped: SkippedRow[] = [];
  for (const [index, row] of rows.entries()) {
    const id = idOf(row, index);
    const read = readRun(row, catalog);
    if ('reason' in read) {
      skipped.push({ id, reason: read.reason });
      continue;
    }
    const { outputTokensPerSecondPerGpu: tokensPerSecondPerGpu, tpotMs, ttftMs } = read;
    const figures = { id, source: 'own', tokensPerSecondPerGpu, tpotMs, ttftMs };
    const prepared = prepareRun(figures, read.run, read, catalog.kernelTable);
    if (prepared === null) {
      skipped.push({
        id,
        reason: `${read.model.id} cannot be sized on ${read.run.gpus} × ${read.accelerator.id}`,
      });
    } else runs.push(prepared);
  }
  return { runs, skipped };
}
