import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Whatever a build reads. A folder's own time tells of files that went. */
const INPUTS = [
  'bin',
  'constructs',
  'lib',
  'scripts',
  'stacks',
  'package-lock.json',
  'package.json',
  'tsconfig.build.json',
  'tsconfig.json',
];
const STAMP = '.built';

/** Notes in what was built when that began, and on which Node: it compiles for that one. */
export function stamp(out, startedMs) {
  writeFileSync(join(out, STAMP), JSON.stringify({ startedMs, node: process.version }));
}

/** Whether a build would make the same again. */
export function isUpToDate(root, out) {
  let built;
  try {
    built = JSON.parse(readFileSync(join(out, STAMP), 'utf8'));
  } catch {
    return false;
  }
  return (
    built.node === process.version && INPUTS.every((name) => newestMs(join(root, name)) < built.startedMs)
  );
}

function newestMs(path) {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (stat === undefined) return Infinity;
  if (!stat.isDirectory()) return stat.mtimeMs;
  return readdirSync(path).reduce(
    (newest, name) => Math.max(newest, newestMs(join(path, name))),
    stat.mtimeMs,
  );
}
