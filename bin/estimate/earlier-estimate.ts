import { statSync } from 'node:fs';
import type { Baseline } from '#bin/estimate/write-bill-change';
import { readTextFile } from '#bin/files/read-text-file';
import { LandfallError } from '#lib/errors/landfall-error';
import { readJsonText } from '#lib/artifacts/json-text';
import { estimateSchema } from '#lib/report/documents/estimate';

/** Largest document of an estimate that is read, in bytes: 256 MiB. */
const MAXIMUM_BYTES = 256 * 2 ** 20;
const HEAD = /^\s*\{\s*"schema"\s*:\s*"landfall\/estimate\/v1"/;

/**
 * The bill in a file that `landfall estimate --json` wrote; `null` where something else stands there.
 *
 * @throws LandfallError where it begins as one and is broken
 */
export function earlierEstimate(path: string): Baseline | null {
  if (statSync(path, { throwIfNoEntry: false })?.isFile() !== true) return null;
  const text = readTextFile(path, 'the JSON of an earlier estimate', MAXIMUM_BYTES);
  if (!HEAD.test(text.slice(0, 200))) return null;
  const read = estimateSchema.safeParse(readJsonText(path, text).root);
  if (read.success) return { name: path, estimate: read.data, bill: null };
  const [issue] = read.error.issues;
  throw new LandfallError({
    code: 'WRONG_TYPE',
    at: `${path}: ${issue?.path.join('.') ?? ''}`,
    expected: `a document of landfall/estimate/v1 (${issue?.message ?? 'another form'})`,
    fix: 'write it anew with `landfall estimate … --json`',
  });
}
