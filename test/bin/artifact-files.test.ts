import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { localFiles } from '#bin/artifact-files';

const TEXT = '{ "format_version": "1.2", "name": "Zürich" }';
const little = Buffer.from(`\uFEFF${TEXT}`, 'utf16le');

describe('a file of an app', () => {
  const folder = mkdtempSync(join(tmpdir(), 'landfall-encodings-'));
  const path = join(folder, 'plan.json');
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
});
