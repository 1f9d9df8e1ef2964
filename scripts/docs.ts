// Regenerates what is generated: published schemas, tables and figures of the README and the documents.
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';

import { coverageTable } from './coverage';
import { publishedTable } from '../test/anchors/published-cases';
import { unfittedTable } from '../test/anchors/unfitted-runs';
import { errorsInShort, errorTables } from './error-tables';

/** The date that the pasted table is computed for, so that it changes only when the numbers do. */
const AS_OF = '2026-11-23';
const COMMAND = ['compare', 'environments/support.yaml', '--as-of', AS_OF, '--no-color'];

for (const script of ['scripts/schema.ts', 'scripts/document-schemas.ts'])
  execFileSync('npx', ['tsx', '--conditions=source', script], { stdio: 'inherit' });

const table = execFileSync('npx', ['tsx', '--conditions=source', 'bin/landfall.ts', ...COMMAND], {
  encoding: 'utf8',
  env: { ...process.env, COLUMNS: '100' },
});
const readme = replaced(readFileSync('README.md', 'utf8'), 'table', `\`\`\`text\n${table.trimEnd()}\n\`\`\``);
writeFileSync('README.md', replaced(readme, 'errors', errorsInShort()));

const parts = { errors: errorTables(), cases: publishedTable(), unfitted: unfittedTable() };
const method = Object.entries(parts).reduce(
  (text, [name, made]) => replaced(text, name, made.trimEnd()),
  readFileSync('docs/method.md', 'utf8'),
);
writeFileSync('docs/method.md', method);
writeFileSync('docs/coverage.md', coverageTable());
execFileSync('npx', ['prettier', '--write', 'docs/coverage.md', 'docs/method.md'], { stdio: 'ignore' });
console.log('README.md, docs/*.md and schema/ are up to date');

/** The text with what stands between the two marks of this name made anew. */
function replaced(text: string, name: string, made: string): string {
  const [begin, end] = [`<!-- ${name}: npm run docs -->`, `<!-- /${name} -->`];
  const [from, to] = [text.indexOf(begin), text.indexOf(end)];
  if (from < 0 || to < from) throw new Error(`no place for ${name}`);
  return `${text.slice(0, from)}${begin}\n\n${made}\n\n${text.slice(to)}`;
}
