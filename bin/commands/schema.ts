import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fine, type Run } from '#bin/command';
import { packageRoot } from '#bin/package-root';
import { suggestion } from '#lib/errors/did-you-mean';
import { LandfallError } from '#lib/errors/landfall-error';

/** Published documents, by name; drafts beside 2020-12 are for editors and form builders that know no newer. */
const NAMES = ['environment', 'comparison', 'estimate', 'diff', 'plan', 'sizing-evaluation'];
const IN_DRAFT_7 = ['environment'];

export const run: Run = ([name = 'environment'], flags) => {
  const draft7 = flags['draft7'] === true;
  const known = draft7 ? IN_DRAFT_7 : NAMES;
  if (!known.includes(name)) {
    throw new LandfallError({
      code: 'BAD_USAGE',
      at: 'landfall schema',
      got: `"${name}"`,
      expected: `a document that has a schema${draft7 ? ' in draft 7' : ''}`,
      fix: suggestion(name, known),
    });
  }
  const file = `${name}${draft7 ? '.draft-7' : ''}.schema.json`;
  return fine(readFileSync(join(packageRoot(), 'schema', file), 'utf8'));
};
