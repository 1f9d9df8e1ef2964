import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { diffSchema } from '#lib/report/documents/diff';
import { inFolder, landfall } from '../../_support/command-line';
import { sarifProblems } from '../../_support/sarif-schema';

const SIDES = ['support#bedrock', 'support#eks'] as const;

describe('landfall diff --fail-on', () => {
  it('exits 3 and names every gate that failed, in the verdict too', async () => {
    const gates = 'data-loss,cost:+10%,cost:+50000,replace,unpriced';
    const { stdout, stderr, exitCode } = await landfall('diff', ...SIDES, '--fail-on', gates, '--exit-code');
    expect(exitCode).toBe(3);
    expect(stderr).toMatch(/^failed: cost:\+10% \(\+\d+ %\), replace \(1 found\)\n$/);
    expect(stdout.split('\n')[1]).toMatch(/^FAILED cost:\+10%, replace · /);
  });

  it('exits as without gates where all hold', async () => {
    const fine = await landfall('diff', ...SIDES, '--fail-on', 'data-loss');
    expect([fine.exitCode, fine.stderr]).toEqual([0, '']);
    const different = await landfall('diff', ...SIDES, '--fail-on', 'data-loss', '--exit-code');
    expect(different.exitCode).toBe(2);
  });

  it.each([
    ['dataloss', 'data-loss'],
    ['cost:10%', 'cost:+10%'],
    ['', 'one of'],
  ])('refuses "%s" and says what was meant', async (gate, fix) => {
    const { stderr, exitCode } = await landfall('diff', ...SIDES, `--fail-on=${gate}`);
    expect([exitCode, stderr.includes(fix)]).toEqual([4, true]);
  });

  it('holds to the gates of both files, so that a change cannot lift its own', () =>
    inFolder(async (folder) => {
      const text = readFileSync('environments/support.yaml', 'utf8');
      const [strict, lax] = [join(folder, 'strict.yaml'), join(folder, 'lax.yaml')];
      writeFileSync(strict, text.replace('review:', "review:\n  failOn: ['cost:+0%']"));
      writeFileSync(lax, text.replace('mean: 2.2', 'mean: 3'));
      const { stdout, exitCode } = await landfall('diff', strict, lax, '--json');
      expect(exitCode).toBe(3);
      expect(diffSchema.parse(JSON.parse(stdout)).gates).toMatchObject([
        { gate: 'cost:+0%', state: 'failed' },
      ]);
    }));

  it('refuses a gate in a file that is none, at its line', () =>
    inFolder(async (folder) => {
      const file = join(folder, 'a.yaml');
      const text = readFileSync('environments/support.yaml', 'utf8');
      writeFileSync(file, text.replace('review:', 'review:\n  failOn: [everything]'));
      const { stderr, exitCode } = await landfall('check', file);
      expect(stderr.replaceAll(/\s+/g, ' ')).toMatch(
        /a\.yaml:\d+:12 error CONFLICT expected one of data-loss/,
      );
      expect(exitCode).toBe(4);
    }));
});

describe('landfall diff --format', () => {
  it('writes the same document by --json, and refuses two formats', async () => {
    const [long, short] = await Promise.all([
      landfall('diff', ...SIDES, '--format', 'json'),
      landfall('diff', ...SIDES, '--json'),
    ]);
    expect(long.stdout).toBe(short.stdout);
    const both = await landfall('diff', ...SIDES, '--json', '--format', 'sarif');
    expect([both.exitCode, both.stderr.includes('one format')]).toEqual([4, true]);
  });
});

describe('SARIF', () => {
  it('of a diff, of problems and of none meets the schema that OASIS publishes', () =>
    inFolder(async (folder) => {
      const wrong = join(folder, 'a #1.yaml');
      writeFileSync(wrong, readFileSync('environments/support.yaml', 'utf8').replace('mean: 2.2', 'mean: x'));
      const logs = await Promise.all([
        landfall('diff', ...SIDES, '--format', 'sarif', '--fail-on', 'replace,cost:+10%'),
        landfall('check', wrong, '--format', 'sarif'),
        landfall('check', 'environments/support.yaml', '--format', 'sarif'),
      ]);
      expect(logs.map(({ stdout }) => sarifProblems(stdout))).toEqual([[], [], []]);
      expect(logs[1]?.stdout).toContain('a%20%231.yaml');
    }));

  it('is refused by that schema where it is wrong', async () => {
    const { stdout } = await landfall('diff', ...SIDES, '--format', 'sarif');
    expect(sarifProblems(stdout.replace('"level": "note"', '"level": "fatal"'))).toHaveLength(1);
    expect(sarifProblems(stdout.replace(/"startLine": \d+/, '"startLine": 0'))).toHaveLength(1);
  });
});
