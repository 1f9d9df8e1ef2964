import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { main } from '#bin/main';

/** Runs a command line in this process, as on a terminal without colours. */
export async function landfall(...words: readonly string[]) {
  const surroundings = { today: '2026-11-23', color: false, width: 100, debug: true };
  const { pieces = [], ...outcome } = await main(words, surroundings);
  return { ...outcome, stdout: outcome.stdout + [...pieces].join('') };
}

/** A folder of its own for the time of `use`. */
export async function inFolder<Result>(use: (folder: string) => Promise<Result>): Promise<Result> {
  const folder = mkdtempSync(join(tmpdir(), 'landfall-'));
  try {
    return await use(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
