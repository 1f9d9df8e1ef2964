import { fine, json, textOf, type Run } from '#bin/command';
import { readTextFile } from '#bin/read-text-file';
import { sizedCatalog } from '#bin/sized-catalog';
import { wholeNumber } from '#bin/whole-number';
import { MAXIMUM_BENCHMARK_BYTES, readBenchmarkFile } from '#lib/evaluation/benchmark-file';
import { evaluateSizing } from '#lib/evaluation/evaluate';
import { evaluationScreen } from '#lib/report/evaluation-screen';
import { renderText } from '#lib/report/text';

/** Worst runs on a screen where nothing else is asked for. */
const SHOWN = 10;

export const run: Run = ([file = ''], flags, surroundings) => {
  const limit = wholeNumber('--limit', textOf(flags, 'limit')) ?? SHOWN;
  const rows = readBenchmarkFile(readTextFile(file, 'a benchmark file', MAXIMUM_BENCHMARK_BYTES), file);
  const evaluation = evaluateSizing(rows, sizedCatalog(flags));
  if (flags['json']) return fine(json(evaluation));
  const screen = evaluationScreen(evaluation, { file, limit });
  return fine(renderText(screen, { ...surroundings, wide: flags['wide'] === true }));
};
