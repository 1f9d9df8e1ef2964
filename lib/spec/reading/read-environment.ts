import { dirname, join, resolve } from 'node:path';
import { LandfallError } from '#lib/errors/landfall-error';
import type { Problem } from '#lib/errors/landfall-error';
import type { Environment } from '#lib/spec/schema/environment';
import { DISK, isRelative, readText, type EnvironmentFiles } from '#lib/spec/reading/environment-files';
import { refuseHiddenText } from '#lib/spec/reading/hardening';
import { mergeOver } from '#lib/text/located';
import type { Located, LocatedScalar } from '#lib/text/located';
import { parseLocated } from '#lib/spec/reading/parse-environment';
import { shown, spot } from '#lib/text/place';
import type { Place } from '#lib/text/place';
import { asError } from '#lib/spec/problems/problems';
import { withTraces } from '#lib/spec/reading/trace-traffic';
import { readYaml } from '#lib/spec/reading/yaml-document';

/** The largest environment file, in bytes: 1 MiB. */
const MAXIMUM_BYTES = 2 ** 20;
const MAXIMUM_CHAIN = 8;

export interface ReadEnvironment {
  readonly environment: Environment;
  /** Files it was read from, the named one first, then what it extends, then traces. */
  readonly sources: readonly string[];
}

/** A document with everything it extends merged in, before the schema has been applied. */
export interface ReadDocument {
  readonly root: Located;
  readonly sources: readonly string[];
  readonly problems: readonly Problem[];
}

/**
 * Reads an environment file and what it extends.
 *
 * @throws LandfallError with every problem found, each at the file and line where its value stands
 */
export function readEnvironment(path: string, files: EnvironmentFiles = DISK): ReadEnvironment {
  const { root, sources, problems } = readDocument(path, files);
  const parsed = parseLocated(root);
  const error = asError([...problems, ...parsed.problems]);
  if (error !== undefined) throw error;
  if (parsed.environment === undefined) throw new Error('an environment without problems was not parsed');
  return { environment: parsed.environment, sources };
}

/**
 * The files of an `extends` chain as one document, with what its traces say. Throws where a file cannot be read as YAML
 * at all.
 */
export function readDocument(path: string, files: EnvironmentFiles = DISK): ReadDocument {
  const problems: Problem[] = [];
  const chain: { path: string; root: Located }[] = [];
  let next: { path: string; from: Place | undefined } | undefined = { path, from: undefined };
  while (next !== undefined) {
    refuseChain(next, chain);
    const text = readText(next.path, files, {
      what: 'an environment file',
      maximumBytes: MAXIMUM_BYTES,
      missing: next.from === undefined ? 'FILE_UNREADABLE' : 'EXTENDS_MISSING',
      tooLarge: 'is this the right file? environments are small',
      at: where(next.from, next.path),
    });
    const hidden = refuseHiddenText(next.path, text);
    const document = readYaml(next.path, text);
    problems.push(...hidden, ...document.problems);
    chain.push({ path: next.path, root: document.root });
    next = parentOf(next.path, document.root);
  }
  const [named, ...parents] = chain;
  if (named === undefined) throw new Error('no file was read');
  const base = parents.reduceRight<Located | undefined>(
    (below, each) => (below === undefined ? each.root : mergeOver(below, each.root)),
    undefined,
  );
  const traced = withTraces(base === undefined ? named.root : mergeOver(base, named.root), files);
  return {
    root: traced.root,
    sources: [...chain.map((each) => each.path), ...traced.sources],
    problems: [...problems, ...traced.problems],
  };
}

function refuseChain(
  next: { path: string; from: Place | undefined },
  chain: readonly { readonly path: string }[],
): void {
  const paths = [...chain.map((each) => each.path), next.path];
  const repeated = chain.some((each) => resolve(each.path) === resolve(next.path));
  if (!repeated && chain.length < MAXIMUM_CHAIN) return;
  throw new LandfallError({
    code: repeated ? 'EXTENDS_CYCLE' : 'EXTENDS_TOO_DEEP',
    ...where(next.from, next.path),
    got: shownChain(paths),
    expected: repeated ? 'a chain that ends' : `a chain of at most ${MAXIMUM_CHAIN} files`,
    fix: repeated ? 'remove `extends` from one of these files' : 'merge some of these files',
  });
}

function shownChain(paths: readonly string[]): string {
  return paths.map((each) => shown(each).slice(1, -1)).join(' → ');
}

/** A problem with a whole file stands at its start, or at the `extends` that named it. */
function where(from: Place | undefined, path: string): Pick<Problem, 'at' | 'frame'> {
  return from === undefined ? { at: `${path}:1:1` } : spot(from);
}

function parentOf(path: string, root: Located): { path: string; from: Place } | undefined {
  const node = root.kind === 'map' ? root.entries.get('extends')?.value : undefined;
  if (!isText(node)) return undefined;
  if (!isRelative(node.value)) {
    throw new LandfallError({
      code: 'EXTENDS_MISSING',
      ...spot(node.place),
      got: shown(node.value),
      expected: 'a path relative to this file',
      fix: 'write it as ./base.yaml',
    });
  }
  return { path: join(dirname(path), node.value), from: node.place };
}

function isText(node: Located | undefined): node is LocatedScalar & { readonly value: string } {
  return node?.kind === 'scalar' && typeof node.value === 'string' && node.value !== '';
}
