import type { Catalog } from '#lib/catalog/catalog';
import { prepareRun, type PreparedRun } from '#lib/calibration/prepared-run';
import { LandfallError } from '#lib/errors/landfall-error';
import type { RawRow } from '#lib/evaluation/benchmark-file';
import { readRun } from '#lib/evaluation/benchmark-run';
import { idOf } from '#lib/evaluation/evaluate';
import type { SkippedRow } from '#lib/evaluation/evaluation';

/**
 * Runs of one engine and format, at most: a fit compares each with each, so its memory grows with their square and its time
 * with their cube. So many take two to three minutes of a processor (840 of them, with others of nine kinds, took 44 s).
 */
const MOST_ALIKE = 2000;

/**
 * A user's own runs that can be calibrated with, and the reasons why others cannot.
 *
 * @param file - Where they are read from, for the error
 * @throws LandfallError where there are more than a fit can compare
 */
export function ownRuns(
  rows: Iterable<RawRow>,
  catalog: Catalog,
  file: string,
): { readonly runs: readonly PreparedRun[]; readonly skipped: readonly SkippedRow[] } {
  const runs: PreparedRun[] = [];
  const skipped: SkippedRow[] = [];
  const alike = new Map<string, number>();
  let index = 0;
  for (const row of rows) {
    const id = idOf(row, index);
    index += 1;
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
      continue;
    }
    const { engine, precision } = prepared.run;
    const kind = `${engine} in ${precision}`;
    const count = (alike.get(kind) ?? 0) + 1;
    if (count > MOST_ALIKE) throw tooMany(file, kind);
    alike.set(kind, count);
    runs.push(prepared);
  }
  return { runs, skipped };
}

function tooMany(file: string, kind: string): LandfallError {
  return new LandfallError({
    code: 'FILE_TOO_LARGE',
    at: file,
    got: `more than ${MOST_ALIKE} runs of ${kind}`,
    expected: `at most ${MOST_ALIKE} runs of one engine and format`,
    fix: 'keep some of each sweep: more runs of the same deployment tell a calibration nothing new',
  });
}
