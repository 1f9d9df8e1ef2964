import { Evaluation } from '#lib/artifacts/cloudformation/evaluate';
import type { Traced } from '#lib/artifacts/cloudformation/scope';
import { isNestedStack, Stack, type Declared } from '#lib/artifacts/cloudformation/stack';
import { StackResource } from '#lib/artifacts/cloudformation/stack-resource';
import { refuseValues } from '#lib/artifacts/cloudformation/stated-parameters';
import type { StackInput } from '#lib/artifacts/cloudformation/template';
import { Effort } from '#lib/artifacts/effort';
import { isObject, own, ownObject, ownText, type JsonObject } from '#lib/artifacts/json';
import { Unresolved } from '#lib/artifacts/resource';
import { faultAt } from '#lib/artifacts/source';
import { bothDecide, brief, briefValue, type ReadResource } from '#lib/artifacts/unresolved';

/** CloudFormation allows 500 in a stack; an app of 200 such stacks has as many. */
const MAXIMUM_RESOURCES = 100_000;
const MAXIMUM_NESTED_STACKS = 16;

/**
 * The resources of stacks that belong together, nested stacks among them: what one exports, the others import.
 * Resources whose condition is false are left out; `presence` says what decides the others.
 *
 * @throws LandfallError where a template has another form, at file:line:column, or refuses a value of its parameters
 */
export function readStacks(inputs: readonly StackInput[]): ReadResource[] {
  const effort = new Effort();
  const stacks: Stack[] = [];
  const exports = new Exports(stacks);
  for (const input of inputs) {
    refuseValues(input);
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
    const { node } = declared;
    const type = ownText(node, 'Type');
    if (!isObject(node) || type === null) throw withoutType(stack, logicalId, node);
    const nested = isNestedStack(type) ? stack.nestedStack(logicalId) : null;
    const isUnread = isNestedStack(type) && nested === null;
    const resource = readResource(stack, logicalId, { node, type, declared, above: presence, isUnread });
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
  {
    node,
    type,
    declared,
    above,
    isUnread,
  }: {
    readonly node: JsonObject;
    readonly type: string;
    readonly declared: Declared;
    readonly above: Unresolved | null;
    readonly isUnread: boolean;
  },
): ReadResource | null {
  const condition = own(node, 'Condition');
  const holds = typeof condition === 'string' ? stack.condition(condition) : true;
  if (holds === false) return null;
  const decided = holds === true ? null : holds;
  return new StackResource(stack, node, {
    address: stack.addressOf(logicalId),
    path: ownText(own(node, 'Metadata'), 'aws:cdk:path') ?? stack.context.paths?.get(logicalId) ?? null,
    type,
    presence: bothDecide(bothDecide(above, declared.presence), decided),
    isUnread: isUnread ? isUnread : undefined,
  });
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
