import { isBinary, notText } from '#lib/artifacts/binary-text';
import { isJson } from '#lib/artifacts/cloudformation/template-text';
import type { ArtifactFiles } from '#lib/artifacts/files';
import { isList, isObject, own, ownText, type JsonPath } from '#lib/artifacts/json';
import { readJsonText, type ReadDocument } from '#lib/artifacts/json-text';
import { CHART } from '#lib/artifacts/foreign-forms';
import { objectAddress, withUniqueAddresses } from '#lib/artifacts/kubernetes/object-address';
import { plainValue } from '#lib/artifacts/plain-value';
import { faultAt } from '#lib/artifacts/source';
import type { ReadResource } from '#lib/artifacts/unresolved';
import { readYamlDocuments } from '#lib/artifacts/yaml-documents';

/** What stands before an object's kind in its address: manifests do not say which cluster takes them. */
const CLUSTER = 'kubernetes';
/** Folders below the first that are read. */
const MAXIMUM_DEPTH = 8;

/**
 * The Kubernetes objects of a text: documents of YAML, an object or a `List` in JSON. `null` where the text holds none.
 *
 * @throws LandfallError at file:line:column where it holds objects and something else, or is broken
 */
export function readManifestText(name: string, text: string): ReadResource[] | null {
  if (!mayHoldObjects(text)) return null;
  const documents = isJson(text) ? [readJsonText(name, text)] : readYamlDocuments(name, text);
  const written = documents.filter(({ root }) => root !== null && root !== undefined);
  if (!written.some(({ root }) => isKubernetesObject(root))) return null;
  return withUniqueAddresses(written.flatMap((document) => objectsOf(document, text.includes('{{'))));
}

/**
 * The objects of all manifests of a folder and of those in it. Files without an object (values, settings) are passed
 * over.
 *
 * @throws LandfallError for manifests that a tool has yet to render, and for what is no text
 */
export function readManifestFolder(files: ArtifactFiles, folder: string): ReadResource[] {
  const found = pathsOf(files, folder, 0).flatMap((path) => {
    const text = files.read(path);
    if (text === null) return [];
    if (isBinary(text)) throw notText(path, 'a text in YAML or JSON, as its name says');
    return readManifestText(path, text) ?? [];
  });
  return withUniqueAddresses(found);
}

function pathsOf(files: ArtifactFiles, folder: string, depth: number): string[] {
  if (depth > MAXIMUM_DEPTH) return [];
  return files.list(folder).flatMap((name) => {
    if (name.startsWith('.') || name === 'node_modules') return [];
    const path = folder === '.' ? name : `${folder}/${name}`;
    return /\.(?:ya?ml|json)$/.test(name) ? [path] : pathsOf(files, path, depth + 1);
  });
}

/** Cheap, before anything is parsed: a folder holds many files that are none. */
function mayHoldObjects(text: string): boolean {
  return /(?:^|[\s{,"'])apiVersion["']?\s*:/.test(text) && /(?:^|[\s{,"'])kind["']?\s*:/.test(text);
}

function isKubernetesObject(value: unknown): boolean {
  return ownText(value, 'apiVersion') !== null && ownText(value, 'kind') !== null;
}

interface ListedObject {
  readonly item: unknown;
  readonly path: JsonPath;
  /** Of the list, where it says for all of its items what they are: `DeploymentList`. @default - nothing */
  readonly of?: { readonly apiVersion: string | null; readonly kind: string };
}

/** A `List`, as `kubectl get -o` prints it, is its items, and so are lists in it. */
function listed({ item, path, of }: ListedObject): readonly ListedObject[] {
  const kind = ownText(item, 'kind');
  const items = own(item, 'items');
  if (kind?.endsWith('List') !== true || !isList(items) || path.length > MAXIMUM_DEPTH) {
    return [{ item, path, ...(of === undefined ? {} : { of }) }];
  }
  const each = kind.slice(0, -'List'.length);
  const typed = each === '' ? {} : { of: { apiVersion: ownText(item, 'apiVersion'), kind: each } };
  return items.flatMap((one, index) => listed({ item: one, path: [...path, 'items', index], ...typed }));
}

/** A template of Helm. YAML takes `{{ .x }}` for an object whose key is an object, which has no name. */
function isUnrendered(name: unknown): boolean {
  return isObject(name) ? '' in name : typeof name === 'string' && name.includes('{{');
}

/** @param mayBeChart - True where the text has braces of a template, which data of a rendered object may have too */
function objectsOf({ root, source }: ReadDocument, mayBeChart: boolean): ReadResource[] {
  return listed({ item: root, path: [] }).map(({ item, path, of }, index) => {
    const apiVersion = ownText(item, 'apiVersion') ?? of?.apiVersion ?? null;
    const kind = ownText(item, 'kind') ?? of?.kind ?? null;
    const properties = plainValue(item);
    if (apiVersion === null || kind === null || !isObject(properties)) {
      throw faultAt(source, path, {
        code: 'WRONG_TYPE',
        expected: 'a Kubernetes object with `apiVersion` and `kind`, as its other documents are',
        fix: 'keep other documents in files of their own',
      });
    }
    if (apiVersion.startsWith('kustomize.config.k8s.io/')) {
      throw faultAt(source, path, {
        code: 'NOT_A_CHOICE',
        got: 'a Kustomization, whose patches are no objects of their own',
        expected: 'rendered manifests',
        fix: 'write them with `kubectl kustomize <folder> > objects.yaml` and name that file',
      });
    }
    if (mayBeChart && isUnrendered(own(own(item, 'metadata'), 'name'))) {
      throw faultAt(source, [...path, 'metadata', 'name'], {
        code: 'NOT_A_CHOICE',
        expected: 'rendered manifests',
        ...CHART,
      });
    }
    const name = objectAddress(CLUSTER, kind, properties) ?? `${CLUSTER}/${kind}/${source.name}/${index}`;
    return {
      address: name,
      path: null,
      format: 'kubernetes',
      type: `${apiVersion}/${kind}`,
      region: null,
      properties,
      references: [],
      presence: null,
    };
  });
}
