import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fine, type Run } from '#bin/command';
import { packageRoot } from '#bin/package-root';
import { closest, suggestion } from '#lib/errors/did-you-mean';
import { LandfallError } from '#lib/errors/landfall-error';

const SUFFIX = '.schema.json';
/** Drafts beside 2020-12 are for editors and form builders that know no newer. */
const IN_DRAFT_7 = ['environment'];

export const run: Run = ([name = 'environment'], flags) => {
  const draft7 = flags['draft7'] === true;
  const folder = join(packageRoot(), 'schema');
  const known = draft7 ? IN_DRAFT_7 : published(folder);
  if (!known.includes(name)) {
    throw new LandfallError({
      code: 'BAD_USAGE',
      at: 'landfall schema',
      got: `"${name}"`,
      expected: `a document that has a schema${draft7 ? ' in draft 7' : ''}`,
      fix: closest(name, known).length > 0 ? suggestion(name, known) : `choose one of ${known.join(', ')}`,
    });
  }
  const file = `${name}${draft7 ? '.draft-7' : ''}${SUFFIX}`;
  return fine(readFileSync(join(folder, file), 'utf8'));
};

/** Names of the environment file and of every document that `--json` writes under a published schema. */
function published(folder: string): string[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith(SUFFIX))
    .map((file) => file.slice(0, -SUFFIX.length))
    .filter((name) => !name.includes('.'))
    .toSorted();
}
