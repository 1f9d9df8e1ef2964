import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { lockPath, takeLock } from '#bin/live/lock';
import { problemOf } from '../../_support/thrown';

let folder = '';
let heard: string[] = [];
const props = () => ({ now: '2026-11-30T10:00:00Z', progress: (line: string) => heard.push(line) });

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'landfall-lock-'));
  heard = [];
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** No process has it: the largest that Linux gives. */
const NOBODY = 4_194_303;

function left(path: string, more: object = {}): void {
  const held = {
    nonce: 'ab'.repeat(16),
    host: hostname(),
    pid: NOBODY,
    since: '2026-11-30T09:00:00Z',
    expiresAt: '2026-12-01T09:00:00Z',
  };
  writeFileSync(path, JSON.stringify({ ...held, ...more }));
}

describe('the lock of an environment', () => {
  it('is held by one at a time, and gone after', () => {
    const path = lockPath(join(folder, 'plan.json'), 'support');
    const lock = takeLock(path, props());
    expect(problemOf(() => takeLock(path, props()))).toMatchObject({ code: 'LOCKED', at: path });
    lock.release();
    takeLock(path, props()).release();
    expect(readdirSync(folder)).toEqual([]);
    expect(heard).toEqual([]);
  });

  it('is taken over from a dead owner, who is named, and from one of another machine after its time', () => {
    const path = join(folder, 'lock');
    left(path);
    takeLock(path, props()).release();
    expect(heard.join()).toContain(`of process ${NOBODY}`);
    left(path, { host: 'elsewhere', expiresAt: '2026-11-30T09:59:59Z' });
    takeLock(path, props()).release();
    expect(readdirSync(folder)).toEqual([]);
  });

  it('is left to an owner of another machine whose time is not over', () => {
    const path = join(folder, 'lock');
    left(path, { host: 'elsewhere' });
    expect(problemOf(() => takeLock(path, props())).got).toContain('on elsewhere');
  });

  it('is left alone where it cannot be read', () => {
    const path = join(folder, 'lock');
    for (const text of ['', '{', '{"nonce":"../../x","host":"a","pid":1}', 'null']) {
      writeFileSync(path, text);
      expect(problemOf(() => takeLock(path, props()))).toMatchObject({ code: 'LOCKED' });
      expect(readFileSync(path, 'utf8')).toBe(text);
    }
  });

  it('is taken over by one alone, though another began to do so and died', () => {
    const path = join(folder, 'lock');
    left(path);
    left(`${path}.${'ab'.repeat(16)}`, { nonce: 'cd'.repeat(16) });
    const lock = takeLock(path, props());
    expect(problemOf(() => takeLock(path, props())).code).toBe('LOCKED');
    lock.release();
    expect(readdirSync(folder)).toEqual([]);
  });

  it('is not taken over while another one does', () => {
    const path = join(folder, 'lock');
    left(path);
    left(`${path}.${'ab'.repeat(16)}`, { nonce: 'cd'.repeat(16), pid: process.pid });
    expect(problemOf(() => takeLock(path, props())).code).toBe('LOCKED');
  });

  it('is not released by whom it was taken from', () => {
    const path = join(folder, 'lock');
    const lock = takeLock(path, props());
    left(path, { nonce: 'ef'.repeat(16) });
    lock.release();
    expect(readdirSync(folder)).toEqual(['lock']);
  });

  it('keeps to its folder whatever the environment is called', () => {
    expect(lockPath('a/plan.json', '../../x')).toBe('a/.landfall-.._.._x.lock');
  });
});
