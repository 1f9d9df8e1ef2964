import { existsSync, readdirSync, readFileSync, realpathSync, type Dirent } from 'node:fs';
import { dirname, join, resolve, sep } from 'node:path';
import { statOf, worded } from '#bin/files/read-text-file';
import type { ArtifactFiles } from '#lib/artifacts/files';
import { LandfallError } from '#lib/errors/landfall-error';

/** Largest file of an app that is read, in bytes: 256 MiB. */
const MAXIMUM_BYTES = 256 * 2 ** 20;

/** The files of this machine. */
export const localFiles: ArtifactFiles = {
  read: (path) => {
    const stat = statOf(path);
    if (stat?.isFile() !== true) return null;
    if (stat.size > MAXIMUM_BYTES) throw tooLarge(path, stat.size);
    // Decoded apart: Node 20 reads what it is to decode in pieces of 8 KiB, which takes three times as long.
    return decoded(worded(path, 'a file of an app', () => readFileSync(path)));
  },
  list: (folder) =>
    statOf(folder)?.isDirectory() === true ? worded(folder, 'a folder of an app', () => namesIn(folder)) : [],
};

/**
 * Without links to other folders, which `kubectl apply --recursive` does not follow either: what lies behind one would be
 * billed a second time, and for ever where it leads back.
 */
function namesIn(folder: string): readonly string[] {
  const entries = readdirSync(folder, { withFileTypes: true });
  const isFolderLink = (entry: Dirent) =>
    entry.isSymbolicLink() && statOf(join(folder, entry.name))?.isDirectory() === true;
  return entries.flatMap((entry) => (isFolderLink(entry) ? [] : [entry.name])).toSorted();
}

function tooLarge(path: string, bytes: number): LandfallError {
  return new LandfallError({
    code: 'FILE_TOO_LARGE',
    at: `${path}:1:1`,
    got: `${bytes} bytes`,
    expected: `a file of at most ${MAXIMUM_BYTES} bytes`,
    fix: 'is this the right file? read a large app in parts',
  });
}

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
  const root = statOf(named)?.isFile() === true ? dirname(named) : named;
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
