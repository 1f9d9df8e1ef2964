import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';

const SOURCES_MS = 1_700_000_000_000;
const FOLDERS = ['bin', 'constructs', 'lib/deep', 'scripts', 'stacks'];
const FILES = ['package-lock.json', 'package.json', 'tsconfig.build.json', 'tsconfig.json', 'lib/deep/a.ts'];

describe('a build', () => {
  const root = mkdtempSync(join(tmpdir(), 'landfall-up-to-date-'));
  afterAll(() => rmSync(root, { recursive: true, force: true }));
  const out = join(root, 'dist');
  const ask = (call: string) =>
    execFileSync(
      process.execPath,
      ['-e', `import('./scripts/up-to-date.mjs').then((module) => console.log(module.${call}))`],
      { encoding: 'utf8' },
    ).trim();
  const isUpToDate = () => ask(`isUpToDate(${JSON.stringify(root)}, ${JSON.stringify(out)})`) === 'true';
  const stamp = (startedMs: number) => ask(`stamp(${JSON.stringify(out)}, ${startedMs})`);
  const touch = (name: string, ms: number) => {
    utimesSync(join(root, name), ms / 1000, ms / 1000);
  };

  beforeEach(() => {
    rmSync(out, { recursive: true, force: true });
    for (const name of [...FOLDERS, 'dist']) mkdirSync(join(root, name), { recursive: true });
    for (const name of FILES) writeFileSync(join(root, name), '');
    for (const name of [...FILES, ...FOLDERS, 'lib']) touch(name, SOURCES_MS);
  });

  it('is not made again while nothing it reads has changed', () => {
    expect(isUpToDate()).toBe(false);
    stamp(SOURCES_MS + 1);
    expect(isUpToDate()).toBe(true);
  });

  it('is made again when a source changed while it was made or after, or one went', () => {
    stamp(SOURCES_MS + 1);
    touch('lib/deep/a.ts', SOURCES_MS + 2);
    expect(isUpToDate()).toBe(false);
    touch('lib/deep/a.ts', SOURCES_MS);
    rmSync(join(root, 'lib/deep/a.ts'));
    expect(isUpToDate()).toBe(false);
  });

  it('is made again for another Node, whose compiled code is another', () => {
    writeFileSync(join(out, '.built'), JSON.stringify({ startedMs: SOURCES_MS + 1, node: 'v0.0.0' }));
    expect(isUpToDate()).toBe(false);
  });
});
