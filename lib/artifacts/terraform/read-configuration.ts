import { Effort } from '#lib/artifacts/effort';
import { pathWithin, type ArtifactFiles } from '#lib/artifacts/files';
import { refuseUndeclared, type GivenValues } from '#lib/artifacts/given-values';
import { own, ownObject, ownText } from '#lib/artifacts/json';
import type { Unresolved } from '#lib/artifacts/resource';
import { faultAt } from '#lib/artifacts/source';
import { filesOf, readConfiguration, type SourcedBlock } from '#lib/artifacts/terraform/configuration';
import { fromCommandLine } from '#lib/artifacts/terraform/inputs';
import { Module, WORKSPACE } from '#lib/artifacts/terraform/module';
import type { Traced } from '#lib/artifacts/terraform/names';
import { placeOf } from '#lib/artifacts/terraform/region';
import type { Instance } from '#lib/artifacts/terraform/repetition';
import { valuesOfFiles } from '#lib/artifacts/terraform/variable-files';
import { bothDecide, type ReadResource } from '#lib/artifacts/unresolved';
import { LandfallError } from '#lib/errors/landfall-error';

const MAXIMUM_MODULE_DEPTH = 16;
const MAXIMUM_RESOURCES = 100_000;

/** Type of what stands for a module whose files are not at hand: its resources are unknown. */
const OPAQUE_MODULE = 'module';

/**
 * The resources of a folder of Terraform JSON files (`*.tf.json`), with `count`, `for_each` and modules in local
 * folders written out. A module from elsewhere is one resource of the type `module`.
 *
 * @param given - values of variables, over those of the folder's files and their defaults
 * @param prefix - before every address, where several configurations are read together
 * @throws LandfallError where a file has another form, for files in native syntax, which is not read, and for values
 *   of variables that are not declared
 */
export function readTerraformConfiguration(
  files: ArtifactFiles,
  folder: string,
  given: GivenValues = new Map(),
  prefix = '',
): ReadResource[] {
  refuseNative(files, folder);
  const root = rootModule(files, folder, given, prefix);
  refuseUndeclared(given, [...root.configuration.variables.keys(), WORKSPACE], 'variable');
  const found: ReadResource[] = [];
  collect(root, null, found);
  return found;
}

/** Names of the variables that a folder declares. */
export function variablesOf(files: ArtifactFiles, folder: string): string[] {
  return [...readConfiguration(files, '', folder).variables.keys(), WORKSPACE];
}

function refuseNative(files: ArtifactFiles, folder: string): void {
  const { json, native } = filesOf(files, folder);
  const [first] = native;
  if (first === undefined && json.length > 0) return;
  throw new LandfallError({
    code: 'FILE_UNREADABLE',
    at: first === undefined ? folder : `${folder}/${first}:1:1`,
    ...(first === undefined ? {} : { got: 'a file in native syntax' }),
    expected: 'a folder with *.tf.json files only',
    fix: 'or name a plan: `terraform plan -out p && terraform show -json p > plan.json`',
  });
}

function rootModule(files: ArtifactFiles, folder: string, given: GivenValues, prefix: string): Module {
  const filed = valuesOfFiles(files, folder);
  return new Module(readConfiguration(files, '', folder), {
    effort: new Effort(),
    prefix,
    input: (name, variable) => {
      const text = given.get(name);
      if (text !== undefined) return { value: fromCommandLine(text, variable), references: [] };
      const value = filed.get(name);
      return value === undefined ? undefined : { value, references: [] };
    },
    providerRegion: () => null,
    child: (parent, name, instance) => childModule(files, parent, name, instance, [folder]),
  });
}

/** `null` for a module from a registry or a repository, in native syntax, or in itself. */
function childModule(
  files: ArtifactFiles,
  parent: Module,
  name: string,
  instance: Instance,
  above: readonly string[],
): Module | null {
  const block = parent.configuration.modules.get(name);
  const source = ownText(block?.body, 'source') ?? '';
  if (block === undefined || !/^\.\.?\//.test(source) || above.length > MAXIMUM_MODULE_DEPTH) return null;
  const folder = pathWithin('', parent.configuration.folder, source);
  if (folder === null || above.includes(folder)) return null;
  const { json, native } = filesOf(files, folder);
  if (json.length === 0 || native.length > 0) return null;
  const inputs = new Map<string, Traced>();
  return new Module(readConfiguration(files, '', folder), {
    effort: parent.effort,
    prefix: `${parent.context.prefix}module.${name}${instance.suffix}.`,
    input: (variable) => {
      // One workspace for all modules.
      if (variable === WORKSPACE) return parent.context.input(variable, {});
      const argument = own(block.body, variable);
      if (argument === undefined) return undefined;
      const known = inputs.get(variable) ?? parent.bodyOf(instance).traced(argument);
      inputs.set(variable, known);
      return known;
    },
    providerRegion: (reference) =>
      parent.regionOf(plainReference(ownText(ownObject(block.body, 'providers'), reference)) ?? reference),
    child: (module, below, each) => childModule(files, module, below, each, [...above, folder]),
  });
}

function collect(module: Module, above: Unresolved | null, found: ReadResource[]): void {
  const { configuration, context } = module;
  for (const [key, block] of configuration.resources) {
    for (const instance of module.instancesOf(key, block)) {
      const address = `${context.prefix}${key}${instance.suffix}`;
      const [type = ''] = block.labels;
      add(found, block, resource(module, block, instance, { address, type, above }));
    }
  }
  for (const [name, block] of configuration.modules) {
    for (const instance of module.instancesOf(`module.${name}`, block)) {
      const child = module.childOf(name, instance);
      const address = `${context.prefix}module.${name}${instance.suffix}`;
      const presence = bothDecide(above, instance.presence);
      if (child !== null) collect(child, presence, found);
      else add(found, block, resource(module, block, instance, { address, type: OPAQUE_MODULE, above }));
    }
  }
}

interface Identity {
  readonly address: string;
  readonly type: string;
  readonly above: Unresolved | null;
}

function resource(module: Module, block: SourcedBlock, instance: Instance, identity: Identity): ReadResource {
  const { address, type, above } = identity;
  const body = module.bodyOf(instance);
  const properties = body.properties(block.body, type === OPAQUE_MODULE ? ['providers'] : []);
  const provider = plainReference(ownText(block.body, 'provider')) ?? type.split('_')[0] ?? '';
  return {
    address,
    path: ownText(ownObject(ownObject(block.body, '//'), 'metadata'), 'path'),
    format: 'terraform',
    type,
    region: type === OPAQUE_MODULE ? null : (placeOf(type, properties) ?? module.regionOf(provider)),
    properties,
    references: body.references(properties).filter((reference) => reference !== address),
    presence: bothDecide(above, instance.presence),
    ...(type === OPAQUE_MODULE ? { isUnread: true as const } : {}),
  };
}

/** References to providers are written as they are, or as an expression of nothing else. */
function plainReference(text: string | null): string | null {
  return text === null ? null : text.replace(/^\$\{(.*)\}$/, '$1');
}

function add(found: ReadResource[], block: SourcedBlock, resource: ReadResource): void {
  found.push(resource);
  if (found.length <= MAXIMUM_RESOURCES) return;
  throw faultAt(block.source, block.path, {
    code: 'FILE_TOO_LARGE',
    expected: `at most ${MAXIMUM_RESOURCES} resources, \`count\` and \`for_each\` written out`,
    fix: 'read the configuration in parts',
  });
}
