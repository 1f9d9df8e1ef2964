// Regenerates what is generated: published schemas and the table in the README. CI fails when that changes anything.
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';

import { coverageTable } from './coverage';
import { publishedTable } from '../test/anchors/published-cases';
import { unfittedTable } from '../test/anchors/unfitted-runs';
import { errorTables } from './error-tables';

/** The date that the pasted table is computed for, so that it changes only when the numbers do. */
const AS_OF = '2026-11-23';
const COMMAND = ['compare', 'environments/support.yaml', '--as-of', AS_OF, '--no-color'];

for (const script of ['scripts/schema.ts', 'scripts/document-schemas.ts'])
  execFileSync('npx', ['tsx', '--conditions=source', script], { stdio: 'inherit' });

const table = execFileSync('npx', ['tsx', '--conditions=source', 'bin/landfall.ts', ...COMMAND], {
  encoding: 'utf8',
  env: { ...process.env, COLUMNS: '100' },
});
const readme = readFileSync('README.md', 'utf8');
const pasted = readme.replace(
  /(<!-- table: npm run docs -->)[\s\S]*(<!-- \/table -->)/,
  (_, start: string, end: string) => `${start}\n\n\`\`\`text\n${table.trimEnd()}\n\`\`\`\n\n${end}`,
);
if (!pasted.includes(table.trimEnd())) throw new Error('README.md has no place for the table');
writeFileSync('README.md', pasted);
const method = readFileSync('docs/method.md', 'utf8');
const withErrors = method.replace(
  /(<!-- errors: npm run docs -->)[\s\S]*(<!-- \/errors -->)/,
  (_, begin: string, end: string) => `${begin}\n\n${errorTables()}\n${end}`,
);
if (!withErrors.includes(errorTables())) throw new Error('docs/method.md has no place for the errors');
const withCases = withErrors.replace(
  /(<!-- cases: npm run docs -->)[\s\S]*(<!-- \/cases -->)/,
  (_, begin: string, end: string) => `${begin}\n\n${publishedTable()}\n${end}`,
);
if (!withCases.includes(publishedTable())) throw new Error('docs/method.md has no place for the cases');
const withUnfitted = withCases.replace(
  /(<!-- unfitted: npm run docs -->)[\s\S]*(<!-- \/unfitted -->)/,
  (_, begin: string, end: string) => `${begin}\n\n${unfittedTable()}\n${end}`,
);
if (!withUnfitted.includes(unfittedTable())) throw new Error('docs/method.md has no place for unfitted runs');
writeFileSync('docs/method.md', withUnfitted);
writeFileSync('docs/coverage.md', coverageTable());
execFileSync('npx', ['prettier', '--write', 'docs/coverage.md', 'docs/method.md'], { stdio: 'ignore' });
console.log('README.md, docs/*.md and schema/ are up to date');
