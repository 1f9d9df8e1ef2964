import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { run } from './synthesis';

it('runs the README’s first command with no network and an empty cache', () => {
  const table = run('npx', ['landfall', 'compare', 'environments/support.yaml'], {
    npm_config_offline: 'true',
    npm_config_cache: mkdtempSync(join(tmpdir(), 'landfall-npm-')),
  });
  for (const target of ['bedrock', 'sagemaker', 'eks', 'leased', 'colo', 'self-built']) {
    expect(table).toContain(target);
  }
});

it('shows in the README what the command prints', () => {
  const readme = readFileSync('README.md', 'utf8');
  const pasted = /<!-- table: npm run docs -->\s+```text\n([\s\S]*?)\n```/.exec(readme)?.[1];
  const table = run(
    process.execPath,
    'dist/bin/landfall.js compare environments/support.yaml --as-of 2026-11-23 --no-color'.split(' '),
  );
  expect(pasted).toBe(table.trimEnd());
});
