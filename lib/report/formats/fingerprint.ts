import { createHash } from 'node:crypto';

/** Tells one finding from others, run after run: of what it is about, never of the line that it stands on. */
export function fingerprintOf(...parts: readonly string[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 32);
}
