import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { statOf, worded } from '#bin/files/read-text-file';
import { layersOf } from '#bin/input/stated-files';
import { packageRoot } from '#bin/package-root';
import type { PlanRequest } from '#bin/synthesis/plans-for';
import type { BundleInput } from '#lib/lifecycle/bundle';
import { canonicalJson, digestOf } from '#lib/lifecycle/digest';
import { openEnvironment } from '#lib/own-catalog/open-environment';
import { DISK, type EnvironmentFiles } from '#lib/spec/reading/environment-files';
import type { LoadedEnvironment } from '#lib/spec/load-environment';

/** Stands for a folder that is no part of the project. */
const CACHE = '(prices of the local cache)';

/** An environment with everything that its plan was made of. */
export interface OpenedInputs extends LoadedEnvironment {
  /** Each file and folder with its digest, sorted by path. */
  readonly inputs: readonly BundleInput[];
}

/**
 * Opens an environment and notes what is read for it: the file, what it extends, traces, configurations, prices.
 *
 * @throws LandfallError with all problems of the environment
 */
export function openInputs(request: PlanRequest): OpenedInputs {
  const { environmentPath, files = {} } = request;
  const read = new Set<string>();
  const opened = openEnvironment(environmentPath, layersOf(files), noting(read));
  const model = files.modelConfig?.replace(/^[^=/\\]*=/, '');
  const stated = [
    files.prices,
    files.constants,
    model,
    model === undefined ? undefined : beside(model, 'tokenizer_config.json'),
    opened.own.prices?.path,
  ].filter((path) => path !== undefined);
  const named = new Map([...read, ...stated].map((path) => [fromHere(path), path]));
  const usual = opened.catalog.laidOver?.prices === 'cache' ? files.usualPrices : undefined;
  if (usual !== undefined) named.set(CACHE, usual);
  const inputs = [...named]
    .map(([path, file]) => ({ path, sha256: contentDigest(file) }))
    .toSorted((a, b) => (a.path < b.path ? -1 : 1));
  return { ...opened, inputs };
}

/** A path from the working folder, in the form of every system. */
export function fromHere(path: string): string {
  return relative('.', resolve(path)).split(sep).join('/');
}

function noting(read: Set<string>): EnvironmentFiles {
  const noted = (path: string): string => {
    read.add(path);
    return path;
  };
  return {
    size: (path) => DISK.size(path),
    read: (path) => DISK.read(noted(path)),
    pieces: (path) => DISK.pieces?.(noted(path)) ?? [DISK.read(path)],
  };
}

function beside(path: string, name: string): string | undefined {
  const file = join(dirname(path), name);
  return existsSync(file) ? file : undefined;
}

/** Of a file its bytes, of a folder the names and bytes of all that is in it. */
function contentDigest(path: string): string {
  if (statOf(path)?.isDirectory() !== true) return bytesDigest(path);
  return digestOf(filesIn(path).map((name) => [name, bytesDigest(join(path, name))]));
}

function bytesDigest(path: string): string {
  const bytes = worded(path, 'a file that the plan is made of', () => readFileSync(path));
  return createHash('sha256').update(bytes).digest('hex');
}

function filesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .toSorted();
}

/** The bundled catalog by what it says: sources and a build of them say the same in other bytes. */
export function catalogDigest(): string {
  const folder = ['dist/lib/catalog/data', 'lib/catalog/data']
    .map((path) => join(packageRoot(), path))
    .find((path) => existsSync(path));
  if (folder === undefined) throw new Error('no catalog data beside the program');
  const hash = createHash('sha256');
  for (const name of filesIn(folder)) {
    const text = readFileSync(join(folder, name), 'utf8');
    hash.update(`${name}\n${name.endsWith('.json') ? canonicalJson(JSON.parse(text)) : text}\n`);
  }
  return hash.digest('hex');
}
