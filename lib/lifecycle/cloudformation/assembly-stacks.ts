import { AssemblyFolder } from '#lib/artifacts/assembly-folder';
import { pathWithin, type ArtifactFiles } from '#lib/artifacts/files';
import { isList, isObject, own, ownObject, ownText, type JsonObject } from '#lib/artifacts/json';
import { readJsonText } from '#lib/artifacts/json-text';
import { digestOf } from '#lib/lifecycle/digest';

/** A stack of a CDK assembly as the CDK's command line deploys it. */
export interface AssemblyStack {
  /** By which the command line selects it: its path in the app. */
  readonly selector: string;
  readonly stackName: string;
  readonly region: string;
  readonly template: JsonObject;
  readonly tags: Readonly<Record<string, string>>;
  readonly terminationProtection: boolean;
  /** Role to look with, `null` for one's own; placeholders stand for partition and account. */
  readonly lookupRole: string | null;
  /** Role to deploy with; likewise. */
  readonly deployRole: string | null;
  /** Names of stacks that stand before it. */
  readonly dependencies: readonly string[];
  /** Digest of all of it, with its files and images by their own digests. */
  readonly sha256: string;
}

interface Found extends AssemblyStack {
  readonly id: string;
  readonly needs: readonly string[];
}

/**
 * The stacks of an assembly, each behind those that it depends on.
 *
 * @throws LandfallError where a file is missing or has another form
 */
export function assemblyStacks(files: ArtifactFiles, path: string): AssemblyStack[] {
  const folder = new AssemblyFolder(files, path, path);
  const artifacts = folder.artifacts();
  const found = artifacts
    .filter(([, artifact]) => ownText(artifact, 'type') === 'aws:cloudformation:stack')
    .map(([id, artifact]) =>
      stackOf(id, artifact, { folder, assets: assetsOf(files, path, artifacts, artifact) }),
    );
  const names = new Map(found.map(({ id, stackName }) => [id, stackName]));
  return inOrder(found).map(({ id: _id, needs, ...stack }) => ({
    ...stack,
    dependencies: needs.flatMap((need) => names.get(need) ?? []),
  }));
}

function stackOf(
  id: string,
  artifact: unknown,
  { folder, assets }: { readonly folder: AssemblyFolder; readonly assets: unknown },
): Found {
  const properties = ownObject(artifact, 'properties');
  const { root } = folder.template(id, ownText(properties, 'templateFile'));
  const template = isObject(root) ? root : {};
  const stackName = ownText(properties, 'stackName') ?? id;
  const region = /^aws:\/\/[^/]*\/([\w-]+)$/.exec(ownText(artifact, 'environment') ?? '')?.[1] ?? '';
  const tags = Object.fromEntries(
    Object.entries(ownObject(properties, 'tags')).map(([key, value]) => [key, String(value)]),
  );
  const terminationProtection = own(properties, 'terminationProtection') === true;
  const dependencies = own(artifact, 'dependencies');
  return {
    id,
    selector: ownText(artifact, 'displayName') ?? id,
    stackName,
    region,
    template,
    tags,
    terminationProtection,
    lookupRole: ownText(ownObject(properties, 'lookupRole'), 'arn'),
    deployRole: ownText(properties, 'assumeRoleArn'),
    dependencies: [],
    needs: isList(dependencies) ? dependencies.map(String) : [],
    sha256: digestOf({ stackName, region, template, tags, terminationProtection, assets }),
  };
}

/** What is uploaded for a stack: files and images by the digests that the CDK gave them. */
function assetsOf(
  files: ArtifactFiles,
  path: string,
  artifacts: readonly (readonly [string, unknown])[],
  stack: unknown,
): unknown {
  const needs = own(stack, 'dependencies');
  return artifacts
    .filter(
      ([id, artifact]) =>
        ownText(artifact, 'type') === 'cdk:asset-manifest' && isList(needs) && needs.includes(id),
    )
    .map(([, artifact]) => {
      const name = ownText(ownObject(artifact, 'properties'), 'file');
      const file = name === null ? null : pathWithin(path, path, name);
      const text = file === null ? null : files.read(file);
      return file === null || text === null ? null : readJsonText(file, text).root;
    });
}

function inOrder(stacks: readonly Found[]): Found[] {
  const byId = new Map(stacks.map((stack) => [stack.id, stack]));
  const order = new Set<Found>();
  const visit = (stack: Found): void => {
    if (order.has(stack)) return;
    for (const need of stack.needs) {
      const other = byId.get(need);
      if (other !== undefined && other !== stack) visit(other);
    }
    order.add(stack);
  };
  for (const stack of stacks) visit(stack);
  return [...order];
}
