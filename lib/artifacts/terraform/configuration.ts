import { pathWithin, type ArtifactFiles } from '#lib/artifacts/files';
import { isObject, own, type JsonObject } from '#lib/artifacts/json';
import { readJsonText } from '#lib/artifacts/json-text';
import { faultAt, type ArtifactSource } from '#lib/artifacts/source';
import { blocksOf, type Block } from '#lib/artifacts/terraform/blocks';

/** A block with the file that it stands in. */
export interface SourcedBlock extends Block {
  readonly source: ArtifactSource;
}

/** The files of one module folder, by kind of block. Resources are keyed by `type.name`. */
export interface Configuration {
  readonly folder: string;
  readonly resources: ReadonlyMap<string, SourcedBlock>;
  readonly variables: ReadonlyMap<string, SourcedBlock>;
  readonly locals: ReadonlyMap<string, unknown>;
  readonly outputs: ReadonlyMap<string, SourcedBlock>;
  readonly modules: ReadonlyMap<string, SourcedBlock>;
  readonly providers: readonly SourcedBlock[];
}

/** By the name of a file. */
export function isTerraformJson(name: string): boolean {
  return name.endsWith('.tf.json') || name.endsWith('.tofu.json');
}

/** Files of a module folder that are read, and those in a syntax that is not. */
export function filesOf(files: ArtifactFiles, folder: string): { json: string[]; native: string[] } {
  const names = files.list(folder).toSorted();
  return {
    json: names.filter(isTerraformJson),
    native: names.filter((name) => name.endsWith('.tf') || name.endsWith('.tofu')),
  };
}

/** @throws LandfallError at file:line:column where a file is no JSON object */
export function readConfiguration(files: ArtifactFiles, root: string, folder: string): Configuration {
  const { json } = filesOf(files, folder);
  const isOverride = (name: string) => /(?:^|_)override\.t(?:f|ofu)\.json$/.test(name);
  const documents = [...json.filter((name) => !isOverride(name)), ...json.filter(isOverride)].flatMap(
    (name) => document(files, root, folder, name),
  );
  const keyed = (type: string, labelCount: number): Map<string, SourcedBlock> => {
    const found = new Map<string, SourcedBlock>();
    for (const { root: object, source } of documents) {
      for (const block of blocksOf(own(object, type), labelCount, [type])) {
        const key = block.labels.join('.');
        const before = found.get(key);
        // An override file replaces arguments one by one.
        found.set(key, { ...block, body: { ...before?.body, ...block.body }, source });
      }
    }
    return found;
  };
  return {
    folder,
    resources: keyed('resource', 2),
    variables: keyed('variable', 1),
    outputs: keyed('output', 1),
    modules: keyed('module', 1),
    locals: new Map(
      documents.flatMap(({ root: object }) =>
        blocksOf(own(object, 'locals'), 0, ['locals']).flatMap(({ body }) => Object.entries(body)),
      ),
    ),
    providers: documents.flatMap(({ root: object, source }) =>
      blocksOf(own(object, 'provider'), 1, ['provider']).map((block) => ({ ...block, source })),
    ),
  };
}

function document(
  files: ArtifactFiles,
  root: string,
  folder: string,
  name: string,
): { root: JsonObject; source: ArtifactSource }[] {
  const path = pathWithin(root, folder, name);
  const text = path === null ? null : files.read(path);
  if (path === null || text === null) return [];
  const read = readJsonText(path, text);
  if (isObject(read.root)) return [{ root: read.root, source: read.source }];
  throw faultAt(read.source, [], {
    code: 'WRONG_TYPE',
    expected: 'a Terraform configuration: an object with `resource`, `module`, …',
    fix: 'write it again with the tool it comes from',
  });
}
