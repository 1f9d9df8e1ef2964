import { AssemblyFolder } from '#lib/artifacts/assembly-folder';
import { readStacks } from '#lib/artifacts/cloudformation/read-stacks';
import type { StackInput } from '#lib/artifacts/cloudformation/template';
import type { ArtifactFiles } from '#lib/artifacts/files';
import { givenTo, refuseUndeclared, type GivenValues } from '#lib/artifacts/given-values';
import { isList, isObject, own, ownObject, ownText, type JsonObject } from '#lib/artifacts/json';
import type { ReadResource } from '#lib/artifacts/unresolved';

const MAXIMUM_STAGES = 8;

interface FoundStack {
  readonly folder: AssemblyFolder;
  readonly id: string;
  readonly artifact: unknown;
  readonly stackName: string;
}

/**
 * The resources of a CDK app: of every stack that the `manifest.json` of its assembly lists, of its stages and its
 * nested stacks.
 *
 * @param folder - `cdk.out`, or where else the app was synthesized to
 * @param given - values of parameters, over those of the app
 * @throws LandfallError where a file is missing or has another form, or for a parameter that no stack declares
 */
export function readCdkAssembly(
  files: ArtifactFiles,
  folder: string,
  given: GivenValues = new Map(),
): ReadResource[] {
  const stacks = stacksOf(new AssemblyFolder(files, folder, folder), 0);
  const inputs = stacks.map((stack) => stackInput(stack, addressOf(stack, stacks), given));
  const declared = stacks.flatMap((stack, index) => {
    const root = inputs[index]?.template.root;
    const names = Object.keys(ownObject(root, 'Parameters'));
    return [...names, ...namesOf(stack).flatMap((prefix) => names.map((name) => `${prefix}:${name}`))];
  });
  refuseUndeclared(given, declared, 'parameter');
  return readStacks(inputs);
}

/** Stacks in the order of the manifests. A stage is an assembly in the assembly. */
function stacksOf(folder: AssemblyFolder, depth: number): FoundStack[] {
  return folder.artifacts().flatMap(([id, artifact]) => {
    const type = ownText(artifact, 'type');
    const properties = ownObject(artifact, 'properties');
    if (type === 'cdk:cloud-assembly' && depth < MAXIMUM_STAGES) {
      return stacksOf(folder.stage(id, ownText(properties, 'directoryName')), depth + 1);
    }
    if (type !== 'aws:cloudformation:stack') return [];
    return [{ folder, id, artifact, stackName: ownText(properties, 'stackName') ?? id }];
  });
}

/** Stacks of one name may stand in several regions; their ids differ. */
function addressOf(stack: FoundStack, all: readonly FoundStack[]): string {
  const isUnique = all.every((other) => other === stack || other.stackName !== stack.stackName);
  return isUnique ? stack.stackName : stack.id;
}

function namesOf(stack: FoundStack): string[] {
  return [...new Set([stack.id, stack.stackName, displayName(stack)])];
}

function displayName({ artifact, stackName }: FoundStack): string {
  return ownText(artifact, 'displayName') ?? stackName;
}

function stackInput(stack: FoundStack, name: string, given: GivenValues): StackInput {
  const { folder, id, artifact, stackName } = stack;
  const properties = ownObject(artifact, 'properties');
  const { account, region } = environmentOf(ownText(artifact, 'environment') ?? '');
  const own = Object.entries(ownObject(properties, 'parameters')).filter(
    (entry): entry is [string, string] => typeof entry[1] === 'string',
  );
  return {
    name,
    stackName,
    region,
    account,
    template: folder.template(id, ownText(properties, 'templateFile')),
    parameters: new Map([...own, ...givenTo(namesOf(stack), given)]),
    paths: constructPaths(folder.metadata(artifact)),
  };
}

/** `aws://123456789012/us-east-1`; the CDK writes `unknown-…` for what the deployment decides. */
function environmentOf(environment: string): { account: string | null; region: string | null } {
  const [, account, region] = /^aws:\/\/([^/]*)\/([^/]*)$/.exec(environment) ?? [];
  const known = (part: string | undefined) =>
    part === undefined || part === '' || part.startsWith('unknown-') ? null : part;
  return { account: known(account), region: known(region) };
}

/** By logical id. An id that stands at two paths is one of a nested stack too, and is left out. */
function constructPaths(metadata: JsonObject): Map<string, string> {
  const paths = new Map<string, string>();
  const twice = new Set<string>();
  for (const [path, entries] of Object.entries(metadata)) {
    for (const entry of isList(entries) ? entries : []) {
      const logicalId = isObject(entry) && entry['type'] === 'aws:cdk:logicalId' ? own(entry, 'data') : null;
      if (typeof logicalId !== 'string') continue;
      if (paths.has(logicalId)) twice.add(logicalId);
      paths.set(logicalId, path.replace(/^\//, ''));
    }
  }
  for (const logicalId of twice) paths.delete(logicalId);
  return paths;
}
