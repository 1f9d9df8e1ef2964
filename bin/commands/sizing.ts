import { readFileSync, statSync } from 'node:fs';
import { fine, json, textOf, type Run } from '#bin/command';
import { wholeNumber } from '#bin/whole-number';
import { loadCatalog } from '#lib/catalog/load';
import { suggestion } from '#lib/errors/did-you-mean';
import type { ErrorCode } from '#lib/errors/codes';
import { LandfallError } from '#lib/errors/landfall-error';
import { MAXIMUM_BENCHMARK_BYTES, readBenchmarkFile } from '#lib/evaluation/benchmark-file';
import { evaluateSizing } from '#lib/evaluation/evaluate';
import { evaluationScreen } from '#lib/report/evaluation-screen';
import { renderText } from '#lib/report/text';

const ACTIONS = ['evaluate'];
/** Worst runs on a screen where nothing else is asked for. */
const SHOWN = 10;

export const run: Run = ([action = '', file = ''], flags, surroundings) => {
  if (!ACTIONS.includes(action)) {
    throw new LandfallError({
      code: 'BAD_USAGE',
      at: 'landfall sizing',
      got: `"${action}"`,
      expected: 'what to do with the sizing',
      fix: suggestion(action, ACTIONS),
    });
  }
  const limit = wholeNumber('--limit', textOf(flags, 'limit')) ?? SHOWN;
  const rows = readBenchmarkFile(readText(file), file);
  const evaluation = evaluateSizing(rows, loadCatalog());
  if (flags['json']) return fine(json(evaluation));
  const screen = evaluationScreen(evaluation, { file, limit });
  return fine(renderText(screen, { ...surroundings, wide: flags['wide'] === true }));
};

function readText(file: string): string {
  const refusal = (code: ErrorCode, got: string, expected: string, fix: string) =>
    new LandfallError({ code, at: `${file}:1:1`, got, expected, fix });
  const bytes = sizeOf(file);
  if (bytes === undefined) {
    const fix = 'check the path and its permissions';
    throw refusal('FILE_UNREADABLE', 'no readable file', 'a benchmark file', fix);
  }
  if (bytes > MAXIMUM_BENCHMARK_BYTES) {
    const expected = `a file of at most ${MAXIMUM_BENCHMARK_BYTES} bytes`;
    throw refusal('FILE_TOO_LARGE', `${bytes} bytes`, expected, 'split it');
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(file));
  } catch (error) {
    if (error instanceof TypeError) {
      throw refusal('FILE_UNREADABLE', 'bytes that are not UTF-8', 'JSON in UTF-8', 'save it as UTF-8');
    }
    if (!isFileError(error)) throw error;
    const fix = 'check its permissions';
    throw refusal('FILE_UNREADABLE', error.code, 'a readable file', fix);
  }
}

/** `undefined` where there is no regular file that can be looked at. */
function sizeOf(file: string): number | undefined {
  try {
    const stat = statSync(file, { throwIfNoEntry: false });
    return stat?.isFile() === true ? stat.size : undefined;
  } catch (error) {
    if (isFileError(error)) return undefined;
    throw error;
  }
}

function isFileError(error: unknown): error is NodeJS.ErrnoException & { readonly code: string } {
  return error instanceof Error && 'code' in error && typeof error.code === 'string';
}
