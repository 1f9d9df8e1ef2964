import { Evaluation } from '#lib/artifacts/cloudformation/evaluate';
import { NO_VALUE, type Traced } from '#lib/artifacts/cloudformation/scope';
import { isNestedStack, Stack, type Declared } from '#lib/artifacts/cloudformation/stack';
import type { StackInput } from '#lib/artifacts/cloudformation/template';
import { Effort } from '#lib/artifacts/effort';
import { isList, isObject, own, ownObject, ownText, type JsonObject } from '#lib/artifacts/json';
import { Unresolved, type ArtifactResource, type ArtifactValue } from '#lib/artifacts/resource';
import { faultAt } from '#lib/artifacts/source';
import { bothDecide, brief, briefValue, type ReadResource } from '#lib/artifacts/unresolved';

/** CloudFormation allows 500 in a stack; an app of 200 such stacks has as many. */
const MAXIMUM_RESOURCES = 100_000;
const MAXIMUM_NESTED_STACKS = 16;

/**
 * The resources of stacks that belong together, nested stacks among them: what one exports, the others import.
 * Resources whose condition is false are left out; `presence` says what decides the others.
 *
 * @throws LandfallError where a template has another form, at file:line:column
 */
export function readStacks(inputs: readonly StackInput[]): ReadResource[] {
  const effort = new Effort();
  const stacks: Stack[] = [];
  const exports = new Exports(stacks);
  for (const input of inputs) {
    const address = input.name;
    const chain = [input.template.source.name];
    stacks.push(
      new Stack(input.template, {
        address,
        stackName: input.stackName ?? input.name,
        region: input.region,
        account: input.account ?? null,
        effort,
        paths: input.paths,
        parameters: new Map(
          [...(input.parameters ?? [])].map(([name, value]) => [name, { value, references: [] }]),
        ),
        imported: (name) => exports.imported(name, input),
        nested: (parent, logicalId) => nestedStack(parent, logicalId, chain),
      }),
    );
  }
  const found: ReadResource[] = [];
  for (const stack of stacks) collect(stack, null, found);
  return found;
}

/** Names under which the stacks of one app hand values to each other, by account and region. */
class Exports {
  private readonly stacks: readonly Stack[];
  private byName: Map<string, { stack: Stack; output: string }> | null = null;

  public constructor(stacks: readonly Stack[]) {
    this.stacks = stacks;
  }

  public imported(name: string, place: Pick<StackInput, 'region' | 'account'>): Traced {
    const found = this.index().get(keyOf(name, place));
    if (found !== undefined) return found.stack.output(found.output);
    return { value: new Unresolved(`export ${briefValue(name)}`), references: [] };
  }

  private index(): ReadonlyMap<string, { stack: Stack; output: string }> {
    if (this.byName !== null) return this.byName;
    // Set before it is filled: the name of an export may be made from an import.
    const byName = new Map<string, { stack: Stack; output: string }>();
    this.byName = byName;
    for (const stack of this.stacks) {
      for (const [name, output] of stack.exports()) byName.set(keyOf(name, stack.context), { stack, output });
    }
    return byName;
  }
}

function keyOf(name: string, { region, account }: Pick<StackInput, 'region' | 'account'>): string {
  return JSON.stringify([account ?? null, region, name]);
}

/** The stack behind an `AWS::CloudFormation::Stack`, with the values its parent hands down. */
function nestedStack(parent: Stack, logicalId: string, above: readonly string[]): Stack | null {
  const node = parent.resources.get(logicalId)?.node;
  if (!isObject(node) || above.length > MAXIMUM_NESTED_STACKS) return null;
  const template = parent.template.nested(logicalId, node);
  if (template === null || above.includes(template.source.name)) return null;
  const given = ownObject(ownObject(node, 'Properties'), 'Parameters');
  const parameters = new Map(
    Object.entries(given).map(([name, value]) => {
      const evaluation = new Evaluation(parent);
      const known = evaluation.value(value);
      return [name, { value: known, references: [...evaluation.references] }] as const;
    }),
  );
  const chain = [...above, template.source.name];
  return new Stack(template, {
    ...parent.context,
    address: parent.addressOf(logicalId),
    stackName: null,
    paths: undefined,
    parameters,
    nested: (stack, id) => nestedStack(stack, id, chain),
  });
}

function collect(stack: Stack, presence: Unresolved | null, found: ReadResource[]): void {
  // `forEach` makes no pair for each entry: an app may have a hundred thousand of them.
  stack.resources.forEach((declared, logicalId) => {
    const isStack = isNestedStack(declared.node);
    const nested = isStack ? stack.nestedStack(logicalId) : null;
    const resource = readResource(stack, logicalId, declared, presence, isStack && nested === null);
    if (resource === null) return;
    found.push(resource);
    if (found.length > MAXIMUM_RESOURCES) {
      throw faultAt(stack.template.source, ['Resources'], {
        code: 'FILE_TOO_LARGE',
        expected: `at most ${MAXIMUM_RESOURCES} resources, loops and nested stacks written out`,
        fix: 'read the app in parts',
      });
    }
    if (nested !== null) collect(nested, resource.presence, found);
  });
}

function readResource(
  stack: Stack,
  logicalId: string,
  declared: Declared,
  above: Unresolved | null,
  isUnread: boolean,
): ReadResource | null {
  const { node } = declared;
  const type = ownText(node, 'Type');
  if (!isObject(node) || type === null) throw withoutType(stack, logicalId, node);
  const condition = own(node, 'Condition');
  const holds = typeof condition === 'string' ? stack.condition(condition) : true;
  if (holds === false) return null;
  const decided = holds === true ? null : holds;
  return new StackResource(stack, node, {
    address: stack.addressOf(logicalId),
    path: ownText(ownObject(node, 'Metadata'), 'aws:cdk:path') ?? stack.context.paths?.get(logicalId) ?? null,
    type,
    presence: bothDecide(bothDecide(above, declared.presence), decided),
    isUnread: isUnread ? isUnread : undefined,
  });
}

/**
 * Most resources have no charge, and of the others few properties decide it: what nobody asks for is not followed. A class,
 * since an app may have a hundred thousand of these, and an object with getters of its own takes ten times as much.
 */
class StackResource implements ReadResource {
  public readonly format = 'cloudformation' as const;
  public readonly address: string;
  public readonly path: string | null;
  public readonly type: string;
  public readonly region: string | null;
  public readonly presence: Unresolved | null;
  public readonly isUnread: true | undefined;
  private readonly stack: Stack;
  private readonly node: JsonObject;
  private followed: ArtifactResource['properties'] | null = null;
  private pointedTo: readonly string[] | null = null;

  public constructor(
    stack: Stack,
    node: JsonObject,
    {
      address,
      path,
      type,
      presence,
      isUnread,
    }: Pick<ReadResource, 'address' | 'path' | 'type' | 'presence' | 'isUnread'>,
  ) {
    this.address = address;
    this.path = path;
    this.type = type;
    this.region = stack.region;
    this.presence = presence;
    this.isUnread = isUnread;
    this.stack = stack;
    this.node = node;
  }

  public get properties(): ArtifactResource['properties'] {
    return (this.followed ??= propertiesOf(this.node, new Evaluation(this.stack)));
  }

  public get references(): readonly string[] {
    return (this.pointedTo ??= referencesOf(this.node, new Evaluation(this.stack), this.address));
  }
}

function propertiesOf(node: JsonObject, evaluation: Evaluation): ArtifactResource['properties'] {
  const declared = ownObject(node, 'Properties');
  const keys = Object.keys(declared);
  if (keys.some(isFunction)) return propertiesByFunction(declared, evaluation);
  const properties: Record<string, ArtifactValue> = {};
  for (const key of keys) {
    const below = declared[key];
    if (isStructure(below)) defineFollowed(properties, key, () => evaluation.value(below));
    else {
      const value = evaluation.evaluated(below);
      if (value === NO_VALUE) continue;
      // Assigned, this name would set the prototype.
      if (key === '__proto__') defineFollowed(properties, key, () => value);
      else properties[key] = value;
    }
  }
  return properties;
}

/** Where one function, a loop or a macro makes some properties or all. */
function propertiesByFunction(declared: JsonObject, evaluation: Evaluation): ArtifactResource['properties'] {
  const value = evaluation.value(declared);
  const isMapping = typeof value === 'object' && value !== null && !isList(value);
  if (isMapping && !(value instanceof Unresolved)) return value;
  return { [Object.keys(declared)[0] ?? '']: value };
}

/** Lists and mappings always have a value; a function may take its property away. */
function isStructure(node: unknown): boolean {
  if (isList(node)) return true;
  return isObject(node) && !(Object.keys(node).length === 1 && Object.keys(node).some(isFunction));
}

function isFunction(key: string): boolean {
  return key === 'Ref' || key.startsWith('Fn::');
}

/** A property that is followed once, when somebody asks for it. */
function defineFollowed(
  properties: Record<string, ArtifactValue>,
  key: string,
  follow: () => ArtifactValue,
): void {
  let value: ArtifactValue | undefined;
  Object.defineProperty(properties, key, {
    enumerable: true,
    configurable: true,
    get: () => (value ??= follow()),
  });
}

function referencesOf(node: JsonObject, evaluation: Evaluation, address: string): readonly string[] {
  evaluation.value(ownObject(node, 'Properties'));
  evaluation.references.delete(address);
  return [...evaluation.references];
}

function withoutType(stack: Stack, logicalId: string, node: unknown): Error {
  const { root, source } = stack.template;
  const isWritten = own(ownObject(root, 'Resources'), logicalId) !== undefined;
  return faultAt(source, isWritten ? ['Resources', logicalId] : ['Resources'], {
    code: isObject(node) ? 'MISSING_KEY' : 'WRONG_TYPE',
    expected: `a resource with a text \`Type\` as ${brief(logicalId)}`,
    fix: 'write it as { "Type": "AWS::…", "Properties": { … } }',
  });
}
