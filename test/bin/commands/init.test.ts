import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { inFolder, landfall } from '../../_support/command-line';

describe('landfall init', () => {
  it('writes an environment that is valid and carries the name of its file', () =>
    inFolder(async (folder) => {
      const file = join(folder, '1 My Chat.yaml');
      await landfall('init', 'support', '--output', file);
      expect(readFileSync(file, 'utf8')).toContain('\nname: my-chat\n');
      expect((await landfall('check', file)).exitCode).toBe(0);
    }));

  it('keeps a file that exists, unless forced', () =>
    inFolder(async (folder) => {
      const file = join(folder, 'mine.yaml');
      writeFileSync(file, 'mine');
      const refused = await landfall('init', '--output', file);
      expect([refused.exitCode, readFileSync(file, 'utf8')]).toEqual([4, 'mine']);
      await landfall('init', '--output', file, '--force');
      expect(readFileSync(file, 'utf8')).toContain('name: mine');
    }));

  it('leaves no temporary file behind', () =>
    inFolder(async (folder) => {
      await landfall('init', '--output', join(folder, 'a.yaml'));
      expect(readdirSync(folder)).toEqual(['a.yaml']);
    }));

  it('says that a place cannot be written to', () =>
    inFolder(async (folder) => {
      writeFileSync(join(folder, 'file'), 'mine');
      const { exitCode, stderr } = await landfall('init', '--output', join(folder, 'file', 'a.yaml'));
      expect(exitCode).toBe(4);
      expect(stderr).toContain('FILE_UNWRITABLE');
    }));

  it('lists the presets where the name is not one', async () => {
    expect((await landfall('init', 'nope')).stderr).toContain('pilot, support, knowledge, scale');
  });
});
