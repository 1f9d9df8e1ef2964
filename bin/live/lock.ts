import { randomBytes } from 'node:crypto';
import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { dirname, join } from 'node:path';
import { EXIT } from '#bin/command';
import { isAlive } from '#bin/files/is-alive';
import { Halted } from '#bin/live/halted';
import { later } from '#lib/lifecycle/expiry';

/** What stands in the file of a lock. */
interface Held {
  /** Tells this lock from every other one of the same name. */
  readonly nonce: string;
  readonly host: string;
  readonly pid: number;
  readonly since: string;
  readonly expiresAt: string;
}

/** Longest that an apply takes, in ms: a day. On one machine a dead owner is known before. */
const HOLDS_MS = 24 * 3_600_000;

export interface LockProps {
  readonly now: string;
  /** Hears of a lock that its owner left behind. */
  readonly progress: (line: string) => void;
}

export interface Lock {
  readonly release: () => void;
}

/** The file of the lock of an environment, beside its bundle. */
export function lockPath(bundle: string, environment: string): string {
  return join(dirname(bundle), `.landfall-${environment.replaceAll(/[^\w.-]/g, '_')}.lock`);
}

/**
 * Takes a lock that only one process has at a time. A lock whose owner is dead, or whose time is over, is taken over, by
 * one process alone: whoever first makes the file that is named for exactly this lock.
 *
 * @throws Halted where somebody else holds it
 */
export function takeLock(path: string, props: LockProps): Lock {
  const own: Held = {
    nonce: randomBytes(16).toString('hex'),
    host: hostname(),
    pid: process.pid,
    since: props.now,
    expiresAt: later(props.now, HOLDS_MS),
  };
  mkdirSync(dirname(path), { recursive: true });
  if (!isTaken(path, own)) takeOver(path, own, props);
  return { release: () => released(path, own) };
}

/** Makes the file with all that it says at once, or not at all: no reader ever sees a half of it. */
function isTaken(path: string, own: Held): boolean {
  const temporary = `${path}.${own.nonce}.tmp`;
  writeFileSync(temporary, `${JSON.stringify(own, null, 2)}\n`, { flag: 'wx', mode: 0o600 });
  try {
    linkSync(temporary, path);
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
    throw error;
  } finally {
    rmSync(temporary, { force: true });
  }
}

function takeOver(path: string, own: Held, props: LockProps): void {
  const held = heldAt(path);
  if (held === null) {
    // Released between two looks.
    if (isTaken(path, own)) return;
    throw taken(path, heldAt(path));
  }
  if (!isLeft(held, props.now)) throw taken(path, held);
  const right = takeLock(`${path}.${held.nonce}`, props);
  try {
    if (heldAt(path)?.nonce !== held.nonce) throw taken(path, heldAt(path));
    props.progress(
      `a lock was left behind: ${path}, of process ${held.pid} on ${held.host}, since ${held.since}`,
    );
    const temporary = `${path}.${own.nonce}.tmp`;
    writeFileSync(temporary, `${JSON.stringify(own, null, 2)}\n`, { flag: 'wx', mode: 0o600 });
    renameSync(temporary, path);
  } finally {
    right.release();
  }
}

function released(path: string, { nonce }: Held): void {
  if (heldAt(path)?.nonce === nonce) rmSync(path, { force: true });
}

/** `null` where there is none. @throws Halted where it cannot be read: nobody knows whose it is */
function heldAt(path: string): Held | null {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
  try {
    const held = (JSON.parse(text) ?? {}) as Partial<Held>;
    const { nonce, host, pid, since, expiresAt } = held;
    if (
      typeof nonce === 'string' &&
      /^[0-9a-f]{32}$/.test(nonce) &&
      typeof host === 'string' &&
      typeof pid === 'number'
    )
      return { nonce, host, pid, since: String(since), expiresAt: String(expiresAt) };
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  throw taken(path, null);
}

function isLeft({ host, pid, expiresAt }: Held, now: string): boolean {
  if (host === hostname()) return !isAlive(pid);
  return Date.parse(expiresAt) <= Date.parse(now);
}

function taken(path: string, held: Held | null): Halted {
  const got =
    held === null
      ? 'a lock of somebody'
      : `held by process ${held.pid} on ${held.host} since ${held.since}, at the latest until ${held.expiresAt}`;
  return new Halted(EXIT.preflight, {
    code: 'LOCKED',
    at: path,
    got,
    expected: 'no other apply of this environment',
    fix: 'wait for it to end; if no such process runs any more, remove the file',
  });
}
