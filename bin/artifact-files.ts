import { existsSync, readdirSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { dirname, resolve, sep } from 'node:path';
import type { ArtifactFiles } from '#lib/artifacts/files';

/** Largest file of an app that is read, in bytes: 256 MiB. */
const MAXIMUM_BYTES = 256 * 2 ** 20;

/** The files of this machine. */
export const localFiles: ArtifactFiles = {
  read: (path) => {
    const stat = statSync(path, { throwIfNoEntry: false });
    // Decoded apart: Node 20 reads what it is to decode in pieces of 8 KiB, which takes three times as long.
    return stat?.isFile() === true && stat.size <= MAXIMUM_BYTES ? decoded(readFileSync(path)) : null;
  },
  list: (folder) =>
    existsSync(folder) && statSync(folder).isDirectory() ? readdirSync(folder).toSorted() : [],
};

/** UTF-8, or UTF-16 where a mark says so: PowerShell writes `terraform show -json p > plan.json` in that. */
function decoded(bytes: Buffer): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return bytes.subarray(2).toString('utf16le');
  const isSwapped = bytes[0] === 0xfe && bytes[1] === 0xff && bytes.length % 2 === 0;
  return isSwapped ? bytes.subarray(2).swap16().toString('utf16le') : bytes.toString('utf8');
}

/**
 * The files of an app. A link in its folder that leads out of it is as if it were not there: an assembly that somebody
 * else made must not bring other files of this machine into a bill.
 */
export function filesOfApp(app: string): ArtifactFiles {
  // A template brings the nested ones beside it along.
  const named = resolve(app);
  const root = statSync(named, { throwIfNoEntry: false })?.isFile() === true ? dirname(named) : named;
  const realRoot = realOf(root);
  const leadsOut = (path: string) =>
    resolve(path) !== named && isBelow(root, resolve(path)) && !isBelow(realRoot, realOf(resolve(path)));
  return {
    read: (path) => (leadsOut(path) ? null : localFiles.read(path)),
    list: (folder) => (leadsOut(folder) ? [] : localFiles.list(folder)),
  };
}

function isBelow(folder: string, path: string): boolean {
  return path === folder || path.startsWith(`${folder}${sep}`);
}

/** Where a path leads; itself where nothing stands there. */
function realOf(path: string): string {
  return existsSync(path) ? realpathSync(path) : path;
}
