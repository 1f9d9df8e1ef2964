import { mkdirSync, mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { filesOfApp, localFiles } from '#bin/estimate/artifact-files';

const TEXT = '{ "format_version": "1.2", "name": "Zürich" }';
const little = Buffer.from(`\uFEFF${TEXT}`, 'utf16le');

describe('a file of an app', () => {
  const folder = mkdtempSync(join(tmpdir(), 'landfall-encodings-'));
  const path = join(folder, 'plan.json');
  symlinkSync('circle', join(folder, 'circle'));
  writeFileSync(join(folder, 'file'), TEXT);
  afterAll(() => rmSync(folder, { recursive: true }));

  it.each([
    ['UTF-8', Buffer.from(TEXT)],
    ['UTF-16 as PowerShell redirects it', little],
    ['UTF-16 of the other order', Buffer.from(little).swap16()],
  ])('is read in %s', (_, bytes) => {
    writeFileSync(path, bytes);
    expect(localFiles.read(path)).toBe(TEXT);
  });

  it('of half a character is text all the same, which its reader refuses', () => {
    writeFileSync(path, Buffer.from([0xfe, 0xff, 0x00]));
    expect(typeof localFiles.read(path)).toBe('string');
  });

  it('of more than 256 MiB is refused, and not taken for missing', () => {
    const large = join(folder, 'large.json');
    writeFileSync(large, '{');
    truncateSync(large, 2 ** 28 + 1);
    expect(() => localFiles.read(large)).toThrow(/268435457 bytes.*large app/s);
  });

  it.each([
    ['a file among its folders', 'file/manifest.json'],
    ['a link to itself', 'circle'],
    ['a name longer than any', 'x'.repeat(5000)],
  ])('behind %s is none', (_, name) => {
    const files = filesOfApp(join(folder, name));
    expect([files.read(join(folder, name)), files.list(join(folder, name))]).toEqual([null, []]);
  });

  it('in a folder that links to a folder is listed once', () => {
    const app = join(folder, 'app');
    mkdirSync(join(app, 'base'), { recursive: true });
    writeFileSync(join(app, 'base', 'a.yaml'), TEXT);
    symlinkSync('base/a.yaml', join(app, 'b.yaml'));
    symlinkSync('base', join(app, 'current'));
    symlinkSync('.', join(app, 'self'));
    symlinkSync('nothing', join(app, 'broken'));
    const files = filesOfApp(app);
    expect(files.list(app)).toEqual(['b.yaml', 'base', 'broken']);
    expect(files.read(join(app, 'current', 'a.yaml'))).toBe(TEXT);
  });
});
