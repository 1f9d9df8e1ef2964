import type { ArtifactFiles } from '#lib/artifacts/files';

/** Files that stand in memory; what is no text is written as JSON. */
export function memoryFiles(contents: Readonly<Record<string, unknown>>): ArtifactFiles {
  const paths = Object.keys(contents);
  return {
    read: (path) => {
      const content = Object.hasOwn(contents, path) ? contents[path] : null;
      return content === null || typeof content === 'string' ? content : JSON.stringify(content, null, 2);
    },
    list: (folder) => {
      const start = folder === '.' ? '' : `${folder}/`;
      const below = paths.filter((path) => path.startsWith(start)).map((path) => path.slice(start.length));
      return [...new Set(below.map((path) => path.split('/')[0] ?? ''))];
    },
  };
}
