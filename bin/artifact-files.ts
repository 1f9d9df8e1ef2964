import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import type { ArtifactFiles } from '#lib/artifacts/files';

/** Largest file of an app that is read, in bytes: 256 MiB. */
const MAXIMUM_BYTES = 256 * 2 ** 20;

/** The files of this machine. */
export const localFiles: ArtifactFiles = {
  read: (path) => {
    const stat = statSync(path, { throwIfNoEntry: false });
    return stat?.isFile() === true && stat.size <= MAXIMUM_BYTES ? readFileSync(path, 'utf8') : null;
  },
  list: (folder) =>
    existsSync(folder) && statSync(folder).isDirectory() ? readdirSync(folder).toSorted() : [],
};
