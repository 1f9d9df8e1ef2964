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
import { dirname, join, relative } from 'node:path';
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
  mkdirSync(dirname(path), { recursive: true });
  const temporary = `${path}.${process.pid}.tmp`;
  try {
    writeFileSync(temporary, text);
    renameSync(temporary, path);
  } finally {
    rmSync(temporary, { force: true });
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
  const parent = dirname(folder);
  mkdirSync(parent, { recursive: true });
  const temporary = `${folder}.${process.pid}.tmp`;
  try {
    mkdirSync(temporary);
    await produce(temporary);
    const files = filesOf(temporary);
    const stale = recorded(folder).filter((file) => !files.includes(file));
    for (const file of files) {
      mkdirSync(dirname(join(folder, file)), { recursive: true });
      renameSync(join(temporary, file), join(folder, file));
    }
    writeFileSync(join(folder, RECORD), `${JSON.stringify(files, null, 2)}\n`);
    for (const file of stale) rmSync(join(folder, file), { force: true });
    return files;
  } finally {
    rmSync(temporary, { recursive: true, force: true });
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
