import type { Effort } from '#lib/artifacts/effort';
import { own, type JsonObject } from '#lib/artifacts/json';
import { Unresolved, type ArtifactValue } from '#lib/artifacts/resource';
import type { LandfallError } from '#lib/errors/landfall-error';
import { Body } from '#lib/artifacts/terraform/body';
import type { Configuration, SourcedBlock } from '#lib/artifacts/terraform/configuration';
import { asInput, defaultOf } from '#lib/artifacts/terraform/inputs';
import { ModuleObject, ResourceObject, type Names, type Traced } from '#lib/artifacts/terraform/names';
import { instancesOf, isCount, MAXIMUM_INSTANCES, type Instance } from '#lib/artifacts/terraform/repetition';
import { isList, mappingOf } from '#lib/artifacts/terraform/values';
import { brief, briefValue, ReferenceTo } from '#lib/artifacts/unresolved';
import { faultAt } from '#lib/artifacts/source';

/** What a module shares with the others, and what its caller hands down. */
export interface ModuleContext {
  readonly effort: Effort;
  /** `module.network[0].` before the addresses of its resources; empty for the root. */
  readonly prefix: string;
  /** A value for a variable; `undefined` where the caller gives none. */
  input(name: string, variable: JsonObject): Traced | undefined;
  /** Region of a provider that the module does not configure itself, such as `aws` or `aws.west`. */
  providerRegion(reference: string): string | null;
  /** The module behind a call; `null` where its folder is not at hand. */
  child(parent: Module, name: string, instance: Instance): Module | null;
}

/** Given like a variable: `--parameter terraform.workspace=prod`. */
export const WORKSPACE = 'terraform.workspace';

/** One module, in one of its instances: names are looked up when they are needed, and each once. */
export class Module implements Names {
  public readonly configuration: Configuration;
  public readonly context: ModuleContext;
  private readonly known = new Map<string, Traced>();
  private readonly instances = new Map<string, readonly Instance[]>();
  private readonly children = new Map<string, Module | null>();

  public constructor(configuration: Configuration, context: ModuleContext) {
    this.configuration = configuration;
    this.context = context;
  }

  public get effort(): Effort {
    return this.context.effort;
  }

  public resolve(root: string, attributes: readonly string[]): Traced & { used: number } {
    const [name = '', second = ''] = attributes;
    if (root === 'var') return { ...this.variable(name), used: 1 };
    if (root === 'local') return { ...this.local(name), used: 1 };
    if (root === 'module') return { ...this.moduleCall(name), used: 1 };
    if (root === 'data') return { ...open(`${root}.${name}.${second}`), used: 2 };
    const key = `${root}.${name}`;
    if (key === WORKSPACE) return { ...this.workspace(), used: 1 };
    const block = this.configuration.resources.get(key);
    if (block !== undefined) return { ...this.resource(key, block), used: 1 };
    const isGiven = ['each', 'count', 'path', 'terraform', 'self'].includes(root);
    return { ...open(isGiven ? key : `${key}, which the configuration does not declare`), used: 1 };
  }

  public output(name: string): Traced {
    const block = this.configuration.outputs.get(name);
    if (block === undefined) return open(`output ${name}, which ${this.context.prefix} does not declare`);
    return this.once(`output ${name}`, () => new Body(this).traced(own(block.body, 'value')));
  }

  /** What `count` and `for_each` of a resource or a module call make of it. */
  public instancesOf(key: string, block: SourcedBlock): readonly Instance[] {
    const known = this.instances.get(key);
    if (known !== undefined) return known;
    // While they are computed, they may be asked for by what they depend on.
    this.instances.set(key, [
      { suffix: '', key: null, value: null, presence: new Unresolved(`how often: ${key} depends on itself`) },
    ]);
    const argument = (name: string): ArtifactValue | undefined =>
      own(block.body, name) === undefined ? undefined : new Body(this).value(own(block.body, name));
    const count = argument('count') ?? null;
    if (count !== null && !(count instanceof Unresolved) && !isCount(count)) throw noCount(block, count);
    const found = instancesOf(count, argument('for_each'));
    this.instances.set(key, found);
    return found;
  }

  /** What `each` and `count` are in the body of an instance. */
  public bodyOf(instance: Instance): Body {
    return new Body(this, bindingsOf(instance));
  }

  public childOf(name: string, instance: Instance): Module | null {
    const key = name + instance.suffix;
    const known = this.children.get(key);
    if (known !== undefined) return known;
    const child = this.context.child(this, name, instance);
    this.children.set(key, child);
    return child;
  }

  /** Region of a provider by its name in this module, with its alias: `aws.west`. */
  public regionOf(reference: string): string | null {
    const [type = '', alias] = reference.split('.');
    const block = this.configuration.providers.find(
      ({ labels, body }) => labels[0] === type && own(body, 'alias') === alias,
    );
    if (block === undefined) return this.context.providerRegion(reference);
    const region = new Body(this).value(own(block.body, 'region') ?? null);
    return typeof region === 'string' ? region : null;
  }

  private variable(name: string): Traced {
    const body = this.configuration.variables.get(name)?.body;
    if (body === undefined) return open(`variable ${name}, which is not declared`);
    return this.once(`variable ${name}`, () => {
      const given = this.context.input(name, body);
      if (given !== undefined && (given.value !== null || own(body, 'nullable') !== false)) {
        return { ...given, value: asInput(given.value, body) };
      }
      const value = defaultOf(body);
      const of = this.context.prefix === '' ? '' : ` of ${this.context.prefix.replace(/[./]$/, '')}`;
      return value === undefined ? open(`variable ${name}${of}`) : { value, references: [] };
    });
  }

  /** The workspace is chosen where Terraform runs: its name is known where a user states it. */
  private workspace(): Traced {
    return this.context.input(WORKSPACE, {}) ?? open(WORKSPACE);
  }

  private local(name: string): Traced {
    if (!this.configuration.locals.has(name)) return open(`local ${name}, which is not declared`);
    return this.once(`local ${name}`, () => new Body(this).traced(this.configuration.locals.get(name)));
  }

  private resource(key: string, block: SourcedBlock): Traced {
    const object = (instance: Instance): ArtifactValue => {
      const address = `${this.context.prefix}${key}${instance.suffix}`;
      const isOne = instance.presence === null;
      return new ResourceObject(address, isOne, (name) => this.attribute(address, block, instance, name));
    };
    return { value: arranged(this.instancesOf(key, block), object), references: [] };
  }

  /**
   * An attribute of a resource, as others read it. A plain argument has the value it was given; what the provider
   * makes of blocks and mappings is its own affair.
   */
  private attribute(address: string, { body }: SourcedBlock, instance: Instance, name: string): Traced {
    const reference = {
      value: new ReferenceTo(address, name === 'id' ? null : brief(name)),
      references: [address],
    };
    const argument = own(body, name);
    if (argument === undefined || argument === null) return reference;
    return this.once(`${address}.${name}`, () => {
      const { value, references } = this.bodyOf(instance).traced(argument);
      const isPlain = (each: ArtifactValue) => each !== null && typeof each !== 'object';
      if (!isPlain(value) && !(isList(value) && value.every(isPlain))) return reference;
      return { value, references: [address, ...references] };
    });
  }

  private moduleCall(name: string): Traced {
    const block = this.configuration.modules.get(name);
    if (block === undefined) return open(`module ${name}, which is not declared`);
    const object = (instance: Instance): ArtifactValue => {
      const address = `${this.context.prefix}module.${name}${instance.suffix}`;
      const output = (of: string): Traced =>
        this.childOf(name, instance)?.output(of) ?? open(`output ${brief(of)} of ${address}`);
      return new ModuleObject(address, instance.presence === null, output);
    };
    return { value: arranged(this.instancesOf(`module.${name}`, block), object), references: [] };
  }

  private once(key: string, act: () => Traced): Traced {
    const known = this.known.get(key);
    if (known !== undefined) return known;
    this.known.set(key, open(`${key}, which depends on itself`));
    const traced = act();
    this.known.set(key, traced);
    return traced;
  }
}

function bindingsOf({ key, value, presence }: Instance): ReadonlyMap<string, ArtifactValue> {
  if (key === null && presence === null) return new Map();
  const unknown = (name: string) =>
    new Unresolved(presence === null ? name : `${name}, ${presence.dependsOn}`);
  const each = mappingOf([
    ['key', key ?? unknown('each.key')],
    ['value', presence === null ? value : unknown('each.value')],
  ]);
  return new Map([
    ['each', each],
    ['count', mappingOf([['index', key ?? unknown('count.index')]])],
  ]);
}

/** One thing, or a list or a mapping of it, as `count` and `for_each` have it. */
function arranged(
  instances: readonly Instance[],
  object: (instance: Instance) => ArtifactValue,
): ArtifactValue {
  const [first] = instances;
  if (first?.suffix === '') return object(first);
  const isCounted = instances.every(({ key }) => typeof key === 'number');
  if (isCounted) return instances.map(object);
  return mappingOf(instances.map((instance) => [String(instance.key), object(instance)]));
}

function open(dependsOn: string): Traced {
  return { value: new Unresolved(brief(dependsOn)), references: [] };
}

function noCount({ source, path }: SourcedBlock, count: ArtifactValue): LandfallError {
  return faultAt(source, [...path, 'count'], {
    code: 'OUT_OF_RANGE',
    got: briefValue(count),
    expected: `a whole number between 0 and ${MAXIMUM_INSTANCES}`,
    fix: 'Terraform refuses what is no such number; split what is to stand more often',
  });
}
