import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect } from 'vitest';

/** Compares a whole output with the reviewed file; `npm run golden` rewrites it. */
export function expectGolden(name: string, actual: string): void {
  const path = join('test', 'golden', name);
  if (process.env['UPDATE_GOLDEN'] === '1') {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, actual);
  }
  expect(existsSync(path), `${path} is missing: npm run golden`).toBe(true);
  expect(actual).toBe(readFileSync(path, 'utf8'));
}
