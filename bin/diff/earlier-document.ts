import { readTextFile } from '#bin/files/read-text-file';
import { readJsonText } from '#lib/artifacts/json-text';
import type { EarlierDocument } from '#lib/diff/earlier-sides';
import { LandfallError } from '#lib/errors/landfall-error';
import { earlierSchema } from '#lib/report/documents/earlier';

/** Largest document that is read, in bytes: 256 MiB. */
const MAXIMUM_BYTES = 256 * 2 ** 20;

/**
 * A document that `compare --json`, `estimate --json` or `diff --json` wrote, this version or another.
 *
 * @throws LandfallError where the file is something else
 */
export function earlierDocument(path: string): EarlierDocument {
  const text = readTextFile(path, 'a document of an earlier run', MAXIMUM_BYTES);
  const { root } = readJsonText(path, text);
  const read = earlierSchema.safeParse(root);
  if (read.success) return read.data;
  const [issue] = read.error.issues;
  const isOther = issue?.path[0] === 'schema' || issue?.path.length === 0;
  throw new LandfallError({
    code: 'WRONG_TYPE',
    at: `${path}:1:1`,
    ...(isOther ? {} : { got: `another form at ${issue?.path.join('.') ?? ''} (${issue?.message ?? ''})` }),
    expected: 'a document of landfall/estimate/v1, landfall/comparison/v1 or landfall/diff/v1',
    fix: 'write it with `landfall estimate`, `compare` or `diff` and --json',
  });
}
