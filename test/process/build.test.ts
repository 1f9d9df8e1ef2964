import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const out = mkdtempSync(join(tmpdir(), 'landfall-build-'));
const node = (...words: string[]) => spawnSync(process.execPath, words, { encoding: 'utf8' });
const program = () => readFileSync(join(out, 'bin/program.js'), 'utf8');

beforeAll(() => {
  node('scripts/build.mjs', '--out', out);
}, 120_000);
afterAll(() => rmSync(out, { recursive: true, force: true }));

describe('the build', () => {
  it('gives a command that runs by itself', () => {
    const { status, stdout, stderr } = node(
      join(out, 'bin/landfall.js'),
      'compare',
      'environments/support.yaml',
    );
    expect(stderr).toBe('');
    expect(stdout).toContain('USD/month');
    expect(status).toBe(0);
  });

  it('gives the same figures without compiled code at hand', () => {
    const words = ['compare', 'environments/support.yaml', '--json', '--as-of', '2026-11-23'];
    const quick = node(join(out, 'bin/landfall.js'), ...words).stdout;
    expect(quick).toContain('landfall/comparison/v1');
    expect(node(join(out, 'bin/program.js'), ...words).stdout).toBe(quick);
  });

  it('bundles no synthesizer, and of the languages of zod only English', () => {
    expect(program()).not.toMatch(/node_modules\/(aws-cdk-lib|cdktf|constructs|@cdktf)\//);
    const locales = new Set(
      program()
        .match(/node_modules\/zod\/v4\/locales\/\w+/g)
        ?.toSorted(),
    );
    expect([...locales]).toEqual(['node_modules/zod/v4/locales/en', 'node_modules/zod/v4/locales/index']);
  });

  it('holds ASCII only, as the launcher reads it', () => {
    expect(/[^\0-\x7F]/.test(program())).toBe(false);
  });

  it('stays below 1.8 MB, since every start reads it', () => {
    expect(statSync(join(out, 'bin/program.js')).size).toBeLessThan(1.8e6);
  });

  it('writes a launcher that can be executed and the entry points of the synthesizers', () => {
    expect(statSync(join(out, 'bin/landfall.js')).mode & 0o111).toBe(0o111);
    for (const file of ['cdk.js', 'cdktf.js']) expect(statSync(join(out, 'bin', file)).isFile()).toBe(true);
  });
});
