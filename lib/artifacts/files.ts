/** Where the files of an app come from; tests and browsers bring their own. Paths have `/` between folders. */
export interface ArtifactFiles {
  /** Text of a file; `null` where there is none, or none that can be read. */
  read(path: string): string | null;
  /** Names of what stands in a folder; empty where there is none. */
  list(folder: string): readonly string[];
}

/**
 * The path of something that a file in `folder` names, or `null` where it lies outside `root`: a document may not
 * have files of the machine read that are no part of the app.
 */
export function pathWithin(root: string, folder: string, name: string): string | null {
  if (/^(?:[a-z]+:|[\\/])/i.test(name) || name.includes('\0')) return null;
  const above = segments(root);
  const path = segments(`${folder}/${name}`);
  const isWithin = path.length >= above.length && above.every((segment, index) => segment === path[index]);
  if (!isWithin) return null;
  const joined = path.join('/');
  return folder.startsWith('/') ? `/${joined}` : joined === '' ? '.' : joined;
}

/** Without `.`; `..` takes the folder before it away where there is one to take. */
function segments(path: string): string[] {
  const kept: string[] = [];
  for (const segment of path.split('/')) {
    if (segment === '' || segment === '.') continue;
    if (segment === '..' && kept.length > 0 && kept.at(-1) !== '..') kept.pop();
    else kept.push(segment);
  }
  return kept;
}
