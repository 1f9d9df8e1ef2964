import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { inFolder, landfall } from '../../_support/command-line';
import { SHAPES } from '../../_support/shapes';
import { fillFolder } from '#bin/files/write-files';

const leased = (folder: string) =>
  landfall(
    'synth',
    'environments/support.yaml',
    '--option',
    'leased',
    '--format',
    'yaml',
    '--output',
    folder,
  );

describe('landfall synth --format yaml', () => {
  it('writes Kubernetes objects and the command that applies them', () =>
    inFolder(async (folder) => {
      const { stdout } = await leased(join(folder, 'out'));
      const file = join(folder, 'out', 'leased', 'objects.yaml');
      const kinds = parseAllDocuments(readFileSync(file, 'utf8')).map((document): unknown =>
        document.get('kind'),
      );
      expect(kinds).toContain('Deployment');
      expect(stdout).toContain(`kubectl apply --server-side -f ${file}`);
    }));

  it('refuses a managed model, which has no objects, and writes nothing', () =>
    inFolder(async (folder) => {
      const out = join(folder, 'out');
      const words = ['environments/support.yaml', '--option', 'bedrock', '--format', 'yaml', '--output', out];
      const { stderr, exitCode } = await landfall('synth', ...words);
      expect([exitCode, readdirSync(folder)]).toEqual([4, []]);
      expect(stderr).toContain('NOT_SYNTHESIZABLE');
    }));

  const ACCEPTED = /^review:\n(?: .*\n)+/m;
  const wide = (file: string, out: string) => {
    const words = ['--scenario', 'giant', '--option', 'leased-nodes', '--format', 'yaml', '--output', out];
    return landfall('synth', file, ...words);
  };

  it('refuses what breaks the policy, with the rule and its remedy, and writes nothing', () =>
    inFolder(async (folder) => {
      const file = join(folder, 'a.yaml');
      const text = readFileSync(SHAPES, 'utf8');
      writeFileSync(file, text.replace(ACCEPTED, ''));
      const { stderr, exitCode } = await wide(file, join(folder, 'out'));
      expect([exitCode, readdirSync(folder)]).toEqual([3, ['a.yaml']]);
      expect(stderr).toContain('no-remote-code');
      expect(stderr).toContain('--trust-remote-code');
      expect(stderr.split('\n').filter((line) => line.length > 100)).toEqual([]);
    }));

  it('writes it where the environment accepts the rule with a reason', () =>
    inFolder(async (folder) => {
      const { exitCode } = await wide(SHAPES, join(folder, 'out'));
      expect(exitCode).toBe(0);
    }));

  it('refuses to accept a rule that nobody has', () =>
    inFolder(async (folder) => {
      const file = join(folder, 'a.yaml');
      writeFileSync(
        file,
        readFileSync(SHAPES, 'utf8').replace('rule: no-remote-code', 'rule: no-remote-codes'),
      );
      const { stderr, exitCode } = await wide(file, join(folder, 'out'));
      expect(exitCode).toBe(4);
      expect(stderr).toContain('no-remote-code');
    }));
});

describe('a folder that is filled', () => {
  const fill = (folder: string, names: readonly string[]) =>
    fillFolder(folder, (temporary) => {
      for (const name of names) writeFileSync(join(temporary, name), name);
      return Promise.resolve();
    });

  it('loses what is no longer produced and keeps what is not ours', () =>
    inFolder(async (parent) => {
      const folder = join(parent, 'out');
      await fill(folder, ['old', 'both']);
      writeFileSync(join(folder, 'terraform.tfstate'), 'state');
      await fill(folder, ['both', 'new']);
      expect(readdirSync(folder).toSorted()).toEqual([
        '.landfall-files.json',
        'both',
        'new',
        'terraform.tfstate',
      ]);
    }));

  it('stays as it was when production fails', () =>
    inFolder(async (parent) => {
      const folder = join(parent, 'out');
      await fill(folder, ['old']);
      const failing = fillFolder(folder, (temporary) => {
        writeFileSync(join(temporary, 'half'), '');
        return Promise.reject(new Error('no'));
      });
      await expect(failing).rejects.toThrow('no');
      expect([readdirSync(parent), existsSync(join(folder, 'half'))]).toEqual([['out'], false]);
    }));

  it('is never one that somebody else filled', () =>
    inFolder(async (parent) => {
      const folder = join(parent, 'src');
      mkdirSync(folder);
      writeFileSync(join(folder, 'main.ts'), '');
      await expect(fill(folder, ['new'])).rejects.toThrow('somebody else');
    }));

  it('never removes what lies outside, whatever its record says', () =>
    inFolder(async (parent) => {
      const folder = join(parent, 'out');
      await fill(folder, ['a']);
      writeFileSync(join(parent, 'precious'), '');
      writeFileSync(join(folder, '.landfall-files.json'), '["../precious"]');
      await fill(folder, ['a']);
      expect(existsSync(join(parent, 'precious'))).toBe(true);
    }));
});
