import { earlierDocument } from '#bin/diff/earlier-document';
import { revisionFiles } from '#bin/git/revision-files';
import type { EarlierDocument } from '#lib/diff/earlier-sides';
import type { DocumentSelector, EnvironmentSelector, ResolvedSelector } from '#lib/diff/selector';
import { LandfallError, type Problem } from '#lib/errors/landfall-error';
import type { StatedLayers } from '#lib/own-catalog/lay-over';
import { openEnvironment } from '#lib/own-catalog/open-environment';
import type { LoadedEnvironment } from '#lib/spec/load-environment';
import type { EnvironmentFiles } from '#lib/spec/reading/environment-files';

export interface OpenedEnvironment extends LoadedEnvironment {
  readonly kind: 'environment';
  readonly selector: EnvironmentSelector;
  /** Of a revision; `undefined` for those that lie on the disk. */
  readonly files: EnvironmentFiles | undefined;
  /** Before the place of whatever stands in it: `git:main#`. */
  readonly prefix: string;
}

export interface OpenedDocument {
  readonly kind: 'document';
  readonly selector: DocumentSelector;
  readonly document: EarlierDocument;
}

export type OpenedSide = OpenedEnvironment | OpenedDocument;

/** Reads what a selector names. Problems inside a revision stand at `git:REV#file:line:column`. */
export function openSide(selector: ResolvedSelector, stated: StatedLayers): OpenedSide {
  if (selector.kind === 'document') {
    return { kind: 'document', selector, document: earlierDocument(selector.path) };
  }
  const { file, revision, text } = selector;
  if (revision === null) {
    return { kind: 'environment', selector, files: undefined, prefix: '', ...openEnvironment(file, stated) };
  }
  const prefix = `git:${revision}#`;
  const asked = new Set<string>();
  const files = noting(revisionFiles(file, revision, text), asked);
  const opened = placed(prefix, asked, () => openEnvironment(file, stated, files));
  return { kind: 'environment', selector, files, prefix, ...opened };
}

/** The same files, and which were asked for. */
function noting(files: EnvironmentFiles, asked: Set<string>): EnvironmentFiles {
  return {
    size: (path) => {
      asked.add(path);
      return files.size(path);
    },
    read: (path) => files.read(path),
    list: (folder) => files.list?.(folder),
  };
}

/** Does it, and says of what is wrong in one of the files which revision that is. */
function placed<Made>(prefix: string, files: ReadonlySet<string>, act: () => Made): Made {
  try {
    return act();
  } catch (error) {
    if (!(error instanceof LandfallError)) throw error;
    const within = (at: string) => [...files].some((file) => at === file || at.startsWith(`${file}:`));
    const there = (problem: Problem): Problem =>
      within(problem.at) ? { ...problem, at: prefix + problem.at } : problem;
    const [first, ...rest] = error.problems;
    throw new LandfallError([there(first), ...rest.map(there)], error.omitted);
  }
}
