import { fine, textOf, type Run } from '#bin/command';
import { jsonOutput } from '#bin/output/json-pieces';
import { textChunks } from '#bin/files/read-text-file';
import { sizedCatalog } from '#bin/input/sized-catalog';
import { decimal } from '#bin/flags/flag-values';
import { wholeNumber } from '#bin/flags/whole-number';
import { benchmarkRows } from '#lib/evaluation/benchmark-file';
import { evaluateSizing } from '#lib/evaluation/evaluate';
import { evaluationScreen } from '#lib/report/screens/evaluation-screen';
import { renderText } from '#lib/report/text';

/** Worst runs on a screen where nothing else is asked for. */
const SHOWN = 10;

export const run: Run = ([file = ''], flags, surroundings) => {
  const limit = wholeNumber('--limit', textOf(flags, 'limit')) ?? SHOWN;
  const tpotMs = decimal('--tpot', textOf(flags, 'tpot'));
  // Chunk by chunk: a million runs do not fit in memory as a document.
  const rows = benchmarkRows(textChunks(file, 'a benchmark file'), file);
  const evaluation = evaluateSizing(rows, sizedCatalog(flags), tpotMs === undefined ? undefined : [tpotMs]);
  if (flags['json']) return fine(jsonOutput(evaluation));
  const screen = evaluationScreen(evaluation, { file, limit });
  return fine(renderText(screen, { ...surroundings, wide: flags['wide'] === true }));
};
