import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { systemRefusal } from '#bin/files/system-refusal';
import { fillFolder, writeOnce } from '#bin/files/write-files';
import { LandfallError } from '#lib/errors/landfall-error';

const folder = mkdtempSync(join(tmpdir(), 'landfall-write-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const file = join(folder, 'file');
writeFileSync(file, 'mine');

describe('a place that cannot be written to', () => {
  // Whoever runs the tests may be root, whom permissions do not stop: a file in the way stops everybody.
  const below = join(file, 'below');

  it('is the user’s problem, with its name and the reason', () => {
    expect(() => writeOnce(below, 'text', false)).toThrow(LandfallError);
    expect(() => writeOnce(below, 'text', false)).toThrow(/file\/below: .*a file where a folder should be/);
  });

  it('is one for a folder too, and nothing is left behind', async () => {
    await expect(fillFolder(below, async () => {})).rejects.toThrow(/FILE_UNWRITABLE/);
    expect(readdirSync(folder)).toEqual(['file']);
    expect(readFileSync(file, 'utf8')).toBe('mine');
  });

  it('is no other error', async () => {
    const own = new Error('of the synthesizer');
    await expect(fillFolder(join(folder, 'new'), () => Promise.reject(own))).rejects.toBe(own);
    expect(systemRefusal(own)).toBeNull();
    expect(systemRefusal(Object.assign(new Error('full'), { code: 'ENOSPC' }))).toBe(
      'no space left on the device',
    );
  });
});

it('makes the folders that a place lacks, for a file as for a folder', async () => {
  const deep = join(folder, 'not', 'there');
  writeOnce(join(deep, 'file'), 'text', false);
  expect(readFileSync(join(deep, 'file'), 'utf8')).toBe('text');
  expect(await fillFolder(join(deep, 'yet', 'out'), async (to) => writeFileSync(join(to, 'a'), ''))).toEqual([
    'a',
  ]);
  rmSync(join(folder, 'not'), { recursive: true });
});

it('removes what a killed run has left beside a folder, and nothing else', async () => {
  // No process has this number: the largest that Linux gives.
  const left = ['made.4194303.tmp', `made.${process.pid}.tmp`];
  const kept = [`made.${process.ppid}.tmp`, 'made.tmp', 'made.x.tmp', 'other.4194303.tmp'];
  const beside = join(folder, 'beside');
  for (const name of [...left, ...kept]) mkdirSync(join(beside, name), { recursive: true });
  await fillFolder(join(beside, 'made'), async (temporary) => writeFileSync(join(temporary, 'file'), 'text'));
  expect(readdirSync(beside)).toEqual([...kept, 'made'].toSorted());
});
