import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import { isAlive } from '#bin/files/is-alive';
import { systemRefusal } from '#bin/files/system-refusal';
import { LandfallError } from '#lib/errors/landfall-error';

/** Names the files of a folder that were written here, so that the next run can tell them from a user's. */
const RECORD = '.landfall-files.json';

/** Writes one file whole or not at all. Refuses to overwrite unless told to. */
export function writeOnce(path: string, text: string, overwrite: boolean): void {
  if (existsSync(path) && !overwrite) {
    throw new LandfallError({
      code: 'BAD_USAGE',
      at: path,
      got: 'a file that exists',
      expected: 'a new file',
      fix: 'choose another with --output, or overwrite it with --force',
    });
  }
  replaceFile(path, text);
}

/**
 * Writes one file whole or not at all, whenever the process ends, over one that is there.
 *
 * @throws LandfallError where the place cannot be written
 */
export function replaceFile(path: string, text: string): void {
  // Not ending in .json: a reader of a folder of prices passes it over.
  const temporary = `${path}.${process.pid}.tmp`;
  try {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(temporary, text, { flush: true });
    renameSync(temporary, path);
  } catch (error) {
    throw unwritable(path, error);
  } finally {
    discard(temporary);
  }
}

/** An unwritable place as the user's problem; every other error as it is. */
function unwritable(path: string, error: unknown): unknown {
  const got = systemRefusal(error);
  if (got === null) return error;
  const fix = 'choose another place, or make room and give yourself the right to write there';
  return new LandfallError({ code: 'FILE_UNWRITABLE', at: path, got, expected: 'a place to write to', fix });
}

/** Where nothing could be written there may be nothing that can be removed. */
function discard(temporary: string): void {
  try {
    rmSync(temporary, { recursive: true, force: true });
  } catch (error) {
    if (systemRefusal(error) === null) throw error;
  }
}

/**
 * Fills a folder: `produce` writes into a temporary one beside it, and only when that has succeeded do its files move
 * over. Files of an earlier run that are no longer produced go; everything else, such as Terraform state, stays.
 *
 * @returns paths of the files, relative to the folder, sorted
 */
export async function fillFolder(
  folder: string,
  produce: (temporary: string) => Promise<void>,
): Promise<string[]> {
  refuseForeign(folder);
  const temporary = `${folder}.${process.pid}.tmp`;
  try {
    mkdirSync(dirname(folder), { recursive: true });
    discardLeft(folder);
    mkdirSync(temporary);
    await produce(temporary);
    const files = filesOf(temporary);
    const stale = recorded(folder).filter((file) => !files.includes(file));
    if (!existsSync(folder)) {
      writeRecord(temporary, files);
      renameSync(temporary, folder);
      return files;
    }
    // Before anything moves: ended half-way, the folder is still known as one of ours.
    writeRecord(folder, [...files, ...stale]);
    for (const file of files) {
      mkdirSync(dirname(join(folder, file)), { recursive: true });
      renameSync(join(temporary, file), join(folder, file));
    }
    for (const file of stale) rmSync(join(folder, file), { force: true });
    writeRecord(folder, files);
    return files;
  } catch (error) {
    throw unwritable(folder, error);
  } finally {
    discard(temporary);
  }
}

/** Removes temporary folders of runs that were killed. */
function discardLeft(folder: string): void {
  for (const name of readdirSync(dirname(folder))) {
    const pid = name.startsWith(`${basename(folder)}.`) ? /\.(\d+)\.tmp$/.exec(name)?.[1] : undefined;
    if (name !== `${basename(folder)}.${pid ?? ''}.tmp`) continue;
    // What bears our own number is of a process before: this one has made none yet.
    if (Number(pid) === process.pid || !isAlive(Number(pid))) discard(join(dirname(folder), name));
  }
}

/** A folder that somebody else filled is not written into; one of the CDK or of cdktf is. */
function refuseForeign(folder: string): void {
  if (!existsSync(folder)) return;
  const isFolder = statSync(folder).isDirectory();
  const names = isFolder ? readdirSync(folder) : [];
  const assembly = names.includes('cdk.out') || (names.includes('manifest.json') && names.includes('stacks'));
  if (isFolder && (names.length === 0 || names.includes(RECORD) || assembly)) return;
  throw new LandfallError({
    code: 'BAD_USAGE',
    at: folder,
    got: isFolder ? 'a folder with files of somebody else' : 'a file',
    expected: 'a new or empty folder, or one of an earlier synthesis',
    fix: 'choose another with --output',
  });
}

function writeRecord(folder: string, files: readonly string[]): void {
  replaceFile(join(folder, RECORD), `${JSON.stringify(files, null, 2)}\n`);
}

function recorded(folder: string): string[] {
  const path = join(folder, RECORD);
  if (!existsSync(path)) return [];
  const list: unknown = JSON.parse(readFileSync(path, 'utf8'));
  // Paths that lead out of the folder are not of our writing.
  return Array.isArray(list)
    ? list.filter((each): each is string => typeof each === 'string' && isInside(each))
    : [];
}

function isInside(path: string): boolean {
  return !path.startsWith('/') && !path.split(/[/\\]/).includes('..');
}

function filesOf(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => !entry.isDirectory())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
    .toSorted();
}
