import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { inFolder, landfall } from '../../_support/command-line';

const ENVIRONMENT = 'environments/support.yaml';

it('refuses a language, a folder and a file of somebody else before it plans anything', async () => {
  await inFolder(async (folder) => {
    const [own, taken] = [join(folder, 'notes.html'), join(folder, 'reports')];
    writeFileSync(own, 'mine');
    mkdirSync(taken);
    const refused = await Promise.all([
      landfall('report', ENVIRONMENT, '--lang', 'en,fr', '-o', join(folder, 'report.html')),
      landfall('report', ENVIRONMENT, '-o', taken),
      landfall('report', ENVIRONMENT, '-o', own),
      landfall('report', ENVIRONMENT, '--scenario', 'nobody', '-o', join(folder, 'report.html')),
    ]);
    expect(refused.map(({ exitCode, stdout }) => [exitCode, stdout])).toEqual(refused.map(() => [4, '']));
    expect(refused.map(({ stderr }) => stderr.split('\n')[0])).toEqual([
      expect.stringContaining('--lang'),
      expect.stringContaining('--output'),
      expect.stringContaining('notes.html'),
      expect.stringContaining('--scenario'),
    ]);
    expect(readFileSync(own, 'utf8')).toBe('mine');
  });
});
