import { existsSync, realpathSync } from 'node:fs';
import { basename, dirname, join, relative, resolve, sep } from 'node:path';
import { runGit } from '#bin/git/run-git';
import { LandfallError } from '#lib/errors/landfall-error';
import type { EnvironmentFiles } from '#lib/spec/reading/environment-files';
import { shown } from '#lib/text/place';

/** A file of a revision, as git stores it. */
interface Blob {
  readonly id: string;
  readonly bytes: number;
}

/** A revision of a repository, by the commit that it was when it was looked up. */
interface Snapshot {
  readonly root: string;
  readonly commit: string;
  /** Selector that problems stand at. */
  readonly at: string;
}

/**
 * Files as a revision of git has them, under the paths that they have in the work tree, which is not touched. What lies
 * outside the repository, and links, are no files of a revision.
 *
 * @param file - The environment: its repository is the one that is read
 * @param at - The selector, where problems with git itself stand
 * @throws LandfallError where there is no git, no repository or no such revision
 */
export function revisionFiles(file: string, revision: string, at: string): EnvironmentFiles {
  const snapshot = snapshotOf(file, revision, at);
  const known = new Map<string, Blob | undefined>();
  const blobOf = (path: string) => {
    if (!known.has(path)) known.set(path, lookUp(snapshot, path));
    return known.get(path);
  };
  return {
    size: (path) => blobOf(path)?.bytes,
    read: (path) => {
      const blob = blobOf(path);
      if (blob === undefined) throw new Error(`${path} is not in ${revision}`);
      const { isFine, output } = runGit(snapshot.root, ['cat-file', 'blob', blob.id], at, blob.bytes);
      if (!isFine) throw new Error(`git does not give ${path}`);
      return output;
    },
    list: (folder) => listed(snapshot, folder),
  };
}

function snapshotOf(file: string, revision: string, at: string): Snapshot {
  const folder = existingFolder(file);
  const top = runGit(folder, ['rev-parse', '--show-toplevel'], at);
  if (!top.isFine) {
    throw new LandfallError({
      code: 'NOT_A_REPOSITORY',
      at,
      got: top.complaint,
      expected: `a file in a repository of git, which has ${shown(revision)}`,
      fix: 'run it inside the repository, or compare two files',
    });
  }
  const root = top.output.toString('utf8').replace(/\r?\n$/, '');
  const named = ['rev-parse', '--verify', '--quiet', '--end-of-options', `${revision}^{commit}`];
  const commit = runGit(root, named, at);
  const id = commit.output.toString('utf8').trim();
  if (commit.isFine && /^[0-9a-f]{40,64}$/.test(id)) return { root, commit: id, at };
  throw new LandfallError({
    code: 'UNKNOWN_REVISION',
    at,
    got: shown(revision),
    expected: `a branch, a tag or a commit of ${shown(root)}`,
    fix: 'check its spelling; in a shallow clone fetch it first (git fetch origin <branch>), and name it origin/<branch>',
  });
}

/** The nearest folder above a file that exists: a file of an old revision may have had one that is gone. */
function existingFolder(file: string): string {
  let folder = dirname(resolve(file));
  while (!existsSync(folder) && dirname(folder) !== folder) folder = dirname(folder);
  return folder;
}

/** The path from the repository's root, with `/`; `undefined` outside of it. */
function inRepository({ root }: Snapshot, path: string): string | undefined {
  const folder = existingFolder(path);
  const rest = relative(folder, resolve(path));
  const inside = relative(realpathSync(root), join(realpathSync(folder), rest));
  const steps = inside.split(sep);
  return inside === '' || steps[0] === '..' || inside !== join(inside) || basename(inside) === ''
    ? undefined
    : steps.join('/');
}

function lookUp(snapshot: Snapshot, path: string): Blob | undefined {
  const inside = inRepository(snapshot, path);
  if (inside === undefined) return undefined;
  const { root, commit, at } = snapshot;
  const args = ['ls-tree', '-z', '--long', '--full-tree', commit, '--', inside];
  const { isFine, output } = runGit(root, args, at);
  // Mode, kind, id and size: `100644 blob 5f3a…  1234`, then a tab and the path. A link has another mode.
  const entry = /^100(?:644|755) blob ([0-9a-f]+) +(\d+)\t/.exec(isFine ? output.toString('utf8') : '');
  return entry === null ? undefined : { id: entry[1] ?? '', bytes: Number(entry[2]) };
}

/** Files below a folder, by their paths in it; `undefined` where the revision has no such folder. */
function listed(snapshot: Snapshot, folder: string): readonly string[] | undefined {
  const inside = inRepository(snapshot, join(folder, 'x'))?.replace(/\/?x$/, '');
  if (inside === undefined) return undefined;
  const { root, commit, at } = snapshot;
  const args = ['ls-tree', '-r', '-z', '--name-only', '--full-tree', commit, '--', `${inside}/`];
  const { output } = runGit(root, args, at);
  const names = output
    .toString('utf8')
    .split('\0')
    .filter((name) => name !== '');
  return names.length === 0 ? undefined : names.map((name) => name.slice(inside.length + 1));
}
