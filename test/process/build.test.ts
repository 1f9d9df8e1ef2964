import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, it } from 'vitest';

/** Of test/_support/built-program.ts. */
const out = process.env['LANDFALL_BUILT'] ?? 'no build';
const node = (...words: string[]) => spawnSync(process.execPath, words, { encoding: 'utf8' });
const program = () => readFileSync(join(out, 'bin/program.js'), 'utf8');

const starts = () =>
  readdirSync(join(out, 'bin/starts'))
    .filter((name) => name.endsWith('.js'))
    .map((name) => join(out, 'bin/starts', name));

describe('a program of a few commands', () => {
  const template = 'test/golden/resources/lambda/function-by-runs.template.yaml';
  it.each([
    '--help',
    'check environments/support.yaml --format json',
    'compare environments/scale.yaml --json --as-of 2026-11-23',
    'estimate environments/support.yaml --option colo --json --as-of 2026-11-23',
    `estimate --app ${template} --json --as-of 2026-11-23`,
    `estimate --json --app ${template} --as-of 2026-11-23`,
    'catalog h100',
  ])('writes what the whole program writes: %s', (line) => {
    const words = line.split(' ');
    const short = node(join(out, 'bin/landfall.js'), ...words);
    const whole = node(join(out, 'bin/program.js'), ...words);
    expect(short.stderr).toBe('');
    expect(short.stdout).toBe(whole.stdout);
    expect(short.stdout.length).toBeGreaterThan(100);
  });

  it('gives way to the whole program where it lacks what is asked for', () => {
    const { status, stdout, stderr } = node(
      join(out, 'bin/landfall.js'),
      'catalog',
      'why',
      'aws/vpc/NAT gateway/us-east-1/on-demand/hour',
      '--json',
    );
    expect(stderr).toBe('');
    expect(JSON.parse(stdout)).toMatchObject({ schema: 'landfall/price-resolution/v1' });
    expect(status).toBe(0);
  });

  it('writes to the end into a pipe whose reader is slow, and ends quietly where the reader leaves', () => {
    const command = `'${process.execPath}' '${join(out, 'bin/landfall.js')}' catalog --json`;
    const shell = (script: string) => spawnSync('bash', ['-c', script], { encoding: 'utf8' });
    const whole = shell(`${command} | wc -c`).stdout;
    expect(Number(whole)).toBeGreaterThan(1e6);
    expect(shell(`${command} | (sleep 0.3; wc -c)`).stdout).toBe(whole);
    const { stdout, stderr } = shell(
      `set -o pipefail; ${command} | head -c 10 >/dev/null; echo \${PIPESTATUS[0]}`,
    );
    expect({ stdout, stderr }).toEqual({ stdout: '0\n', stderr: '' });
  });

  it.skipIf(!existsSync('/dev/full'))('says in a line that a disk is full', () => {
    const command = `'${process.execPath}' '${join(out, 'bin/landfall.js')}' --help > /dev/full`;
    const { status, stderr } = spawnSync('bash', ['-c', command], { encoding: 'utf8' });
    expect(stderr).toBe('landfall: the output cannot be written: no space left on the device\n');
    expect(status).toBe(4);
  });
});

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
    for (const file of starts()) expect(/[^\0-\x7F]/.test(readFileSync(file, 'utf8'))).toBe(false);
  });

  it('ships the catalog in ASCII, and the same', () => {
    const [shipped, own] = [
      join(out, 'lib/catalog/data/prices/aws.json'),
      'lib/catalog/data/prices/aws.json',
    ];
    const text = readFileSync(shipped, 'utf8');
    expect(/[^\0-\x7F]/.test(text)).toBe(false);
    expect(JSON.parse(text)).toEqual(JSON.parse(readFileSync(own, 'utf8')));
  });

  it('stays small, since a start reads it', () => {
    // The report with the Chinese of its sentences is a tenth of it; no start reads it but of commands that ask others.
    expect(statSync(join(out, 'bin/program.js')).size).toBeLessThan(3.2e6);
    for (const [start, bytes] of [
      ['--help', 0.125e6],
      ['catalog', 0.16e6],
      ['estimate--app', 0.85e6],
      ['check', 0.8e6],
      ['compare', 1.25e6],
    ] as const)
      expect(statSync(join(out, 'bin/starts', `${start}.js`)).size).toBeLessThan(bytes);
  });

  it('keeps compiled code of every program', () => {
    for (const file of [...starts(), join(out, 'bin/program.js')])
      expect(statSync(file.replace(/\.js$/, '.compiled')).size).toBeGreaterThan(1e5);
  });

  it('keeps it under the flags that the launcher sets, else V8 refuses it', () => {
    const isRefused = (file: string, flag: string | undefined) => {
      const set = flag === undefined ? '' : `require('v8').setFlagsFromString('${flag}');`;
      const read = `const { readFileSync } = require('fs'), code = readFileSync('${file}', 'latin1');
        const cachedData = readFileSync('${file}'.replace(/js$/, 'compiled'));
        console.log(new (require('vm').Script)(code, { cachedData }).cachedDataRejected);`;
      return node('-e', set + read).stdout.trim();
    };
    const told = node(
      '-e',
      "import('./scripts/starts.mjs').then((m) => console.log(JSON.stringify(m.V8_FLAGS)))",
    );
    const flags: Readonly<Record<string, string>> = JSON.parse(told.stdout);
    for (const file of starts()) {
      const flag = flags[basename(file)];
      expect(isRefused(file, flag)).toBe('false');
      expect(isRefused(file, undefined)).toBe(String(flag !== undefined));
    }
    const launcher = readFileSync(join(out, 'bin/landfall.js'), 'utf8');
    for (const flag of Object.values(flags)) expect(launcher).toContain(flag);
  });

  it('runs under a Node that did not build it', () => {
    const launcher = readFileSync(join(out, 'bin/landfall.js'), 'utf8');
    const elsewhere = join(out, 'bin/elsewhere.js');
    expect(launcher).toContain(`"${process.version}"`);
    writeFileSync(elsewhere, launcher.replace(`"${process.version}"`, '"v0.0.0"'));
    const words = ['catalog', 'h100', '--json'];
    const { stdout, stderr } = node(elsewhere, ...words);
    expect(stderr).toBe('');
    expect(stdout).toBe(node(join(out, 'bin/landfall.js'), ...words).stdout);
    expect(stdout.length).toBeGreaterThan(100);
  });

  it('writes a launcher that can be executed and the entry points of the synthesizers', () => {
    expect(statSync(join(out, 'bin/landfall.js')).mode & 0o111).toBe(0o111);
    for (const file of ['cdk.js', 'cdktf.js']) expect(statSync(join(out, 'bin', file)).isFile()).toBe(true);
  });
});
