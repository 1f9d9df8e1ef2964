import type { Template } from '#lib/artifacts/cloudformation/template';
import { readTemplateText } from '#lib/artifacts/cloudformation/template-text';
import { pathWithin, type ArtifactFiles } from '#lib/artifacts/files';
import {
  isList,
  isObject,
  own,
  ownObject,
  ownText,
  type JsonObject,
  type JsonPath,
} from '#lib/artifacts/json';
import { readJsonText, type ReadDocument } from '#lib/artifacts/json-text';
import { faultAt } from '#lib/artifacts/source';
import { LandfallError } from '#lib/errors/landfall-error';
import { shown } from '#lib/text/place';

const MAXIMUM_TEXTS_IN_URL = 100;

/** One folder of a CDK assembly: its manifest, and the files that it names. */
export class AssemblyFolder {
  private readonly files: ArtifactFiles;
  /** Folder of the whole app; nothing outside of it is read. */
  private readonly root: string;
  private readonly folder: string;
  private readonly manifest: ReadDocument;
  private readonly templates = new Map<string, Template>();
  private assets: ReadonlyMap<string, string> | null = null;

  /** @throws LandfallError where the manifest is missing or has another form */
  public constructor(files: ArtifactFiles, root: string, folder: string) {
    this.files = files;
    this.root = root;
    this.folder = folder;
    const path = pathWithin(root, folder, 'manifest.json');
    const text = path === null ? null : files.read(path);
    if (path === null || text === null) {
      throw new LandfallError({
        code: 'FILE_UNREADABLE',
        at: `${path ?? folder}:1:1`,
        expected: 'the manifest.json of a CDK app',
        fix: 'run `cdk synth` and name the folder that it writes, cdk.out as a rule',
      });
    }
    this.manifest = readJsonText(path, text);
    if (!isObject(own(this.manifest.root, 'artifacts')) && own(this.manifest.root, 'version') === undefined) {
      throw this.fault([], undefined, 'a manifest with `artifacts`', 'is this the folder of a CDK app?');
    }
  }

  /** What the manifest lists, by id. */
  public artifacts(): [string, unknown][] {
    return Object.entries(ownObject(this.manifest.root, 'artifacts'));
  }

  /** The assembly of a stage. @throws LandfallError where the manifest names no folder of the app */
  public stage(id: string, name: string | null): AssemblyFolder {
    const at = ['artifacts', id, 'properties', 'directoryName'];
    return new AssemblyFolder(this.files, this.root, this.pathOf(name, at));
  }

  /** The template of a stack. @throws LandfallError where there is none, or it cannot be parsed */
  public template(id: string, name: string | null): Template {
    const at = ['artifacts', id, 'properties', 'templateFile'];
    const found = this.templateAt(this.pathOf(name, at));
    if (found !== null) return found;
    throw this.fault(at, name, 'a template that stands in the folder', 'run `cdk synth` again');
  }

  /** What the CDK notes of each construct, by path: in the manifest, or in a file of its own. */
  public metadata(artifact: unknown): JsonObject {
    const name = ownText(artifact, 'additionalMetadataFile');
    const path = name === null ? null : pathWithin(this.root, this.folder, name);
    const text = path === null ? null : this.files.read(path);
    const apart = path === null || text === null ? {} : readJsonText(path, text).root;
    return { ...ownObject(artifact, 'metadata'), ...(isObject(apart) ? apart : {}) };
  }

  private templateAt(path: string): Template | null {
    const known = this.templates.get(path);
    if (known !== undefined) return known;
    const text = this.files.read(path);
    if (text === null) return null;
    const template: Template = {
      ...readTemplateText(path, text),
      nested: (_, resource) => this.nested(resource),
    };
    this.templates.set(path, template);
    return template;
  }

  /** By the note that the CDK leaves on the resource, else by the name of the asset in its URL. */
  private nested(resource: JsonObject): Template | null {
    const noted = ownText(ownObject(resource, 'Metadata'), 'aws:asset:path');
    const name = noted ?? this.assetOf(ownObject(resource, 'Properties')['TemplateURL']);
    const path = name === null ? null : pathWithin(this.root, this.folder, name);
    return path === null ? null : this.templateAt(path);
  }

  private assetOf(url: unknown): string | null {
    const end = textsIn(url).at(-1);
    const key = /[^/]+$/.exec(end ?? '')?.[0];
    return key === undefined ? null : (this.assetFiles().get(key) ?? null);
  }

  /** File assets by the last part of the key under which they are uploaded. */
  private assetFiles(): ReadonlyMap<string, string> {
    this.assets ??= new Map(
      this.artifacts()
        .filter(([, artifact]) => ownText(artifact, 'type') === 'cdk:asset-manifest')
        .map(([, artifact]) => ownText(ownObject(artifact, 'properties'), 'file'))
        .flatMap((name) => this.assetsListedIn(name)),
    );
    return this.assets;
  }

  private assetsListedIn(name: string | null): (readonly [string, string])[] {
    const path = name === null ? null : pathWithin(this.root, this.folder, name);
    const text = path === null ? null : this.files.read(path);
    if (path === null || text === null) return [];
    return Object.values(ownObject(readJsonText(path, text).root, 'files')).flatMap((asset) => {
      const source = ownText(ownObject(asset, 'source'), 'path');
      return Object.values(ownObject(asset, 'destinations')).flatMap((destination) => {
        const key = /[^/]+$/.exec(ownText(destination, 'objectKey') ?? '')?.[0];
        return key === undefined || source === null ? [] : [[key, source] as const];
      });
    });
  }

  private pathOf(name: string | null, at: JsonPath): string {
    const path = name === null ? null : pathWithin(this.root, this.folder, name);
    if (path !== null) return path;
    throw this.fault(at, name ?? undefined, 'a path inside of the folder', 'run `cdk synth` again');
  }

  private fault(at: JsonPath, got: unknown, expected: string, fix: string): LandfallError {
    const stated = got === undefined ? {} : { got: shown(got) };
    return faultAt(this.manifest.source, at, { code: 'FILE_UNREADABLE', ...stated, expected, fix });
  }
}

/** The texts of a value in their order, whatever functions stand around them. */
function textsIn(value: unknown): string[] {
  const found: string[] = [];
  const open = [value];
  while (open.length > 0 && found.length < MAXIMUM_TEXTS_IN_URL) {
    const node = open.pop();
    if (typeof node === 'string') found.push(node);
    else if (isList(node)) open.push(...node.toReversed());
    else if (isObject(node)) open.push(...Object.values(node).toReversed());
  }
  return found;
}
