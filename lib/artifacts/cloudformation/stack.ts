import { expandedEntries } from '#lib/artifacts/cloudformation/for-each';
import { Evaluation } from '#lib/artifacts/cloudformation/evaluate';
import { parameterValue } from '#lib/artifacts/cloudformation/parameters';
import { pseudoParameter, type StackPlace } from '#lib/artifacts/cloudformation/pseudo-parameters';
import type { Scope, Traced } from '#lib/artifacts/cloudformation/scope';
import { serverlessEntries } from '#lib/artifacts/cloudformation/serverless';
import { templateObject, type Template } from '#lib/artifacts/cloudformation/template';
import type { Effort } from '#lib/artifacts/effort';
import { isObject, own, ownObject, ownText, type JsonObject } from '#lib/artifacts/json';
import { Unresolved } from '#lib/artifacts/resource';
import { brief, ReferenceTo } from '#lib/artifacts/unresolved';

/** A resource of the template after its loops were written out. */
export interface Declared {
  readonly node: unknown;
  readonly presence: Unresolved | null;
}

/** What a stack shares with those read together with it. */
export interface StackContext extends StackPlace {
  readonly address: string;
  readonly effort: Effort;
  readonly parameters: ReadonlyMap<string, Traced>;
  /** Construct paths by logical id. */
  readonly paths?: ReadonlyMap<string, string> | undefined;
  imported(exportName: string): Traced;
  /** The nested stack of this logical id, or `null` where its template is not at hand. */
  nested(parent: Stack, logicalId: string): Stack | null;
}

const NESTED_STACKS: ReadonlySet<string> = new Set([
  'AWS::CloudFormation::Stack',
  'AWS::Serverless::Application',
]);

/** Whether resources of a type hold the resources of another template. */
export function isNestedStack(type: string): boolean {
  return NESTED_STACKS.has(type);
}

/** One stack: names are looked up when they are needed, and each once. */
export class Stack implements Scope {
  public readonly template: Template;
  public readonly context: StackContext;
  private readonly root: JsonObject;
  // Empty until their section is written out: a loop may look names up before that.
  private declarations: ReadonlyMap<string, Declared> = new Map();
  private conditionNodes: ReadonlyMap<string, unknown> = new Map();
  private outputNodes: ReadonlyMap<string, unknown> = new Map();
  private readonly conditions = new Map<string, boolean | Unresolved>();
  private readonly parameters = new Map<string, Traced>();
  private readonly outputs = new Map<string, Traced>();
  private readonly nestedStacks = new Map<string, Stack | null>();

  /** @throws LandfallError where the template has another form */
  public constructor(template: Template, context: StackContext) {
    this.template = template;
    this.context = context;
    this.root = templateObject(template);
    this.conditionNodes = this.section('Conditions', ({ node, presence }) => presence ?? node);
    this.outputNodes = this.section('Outputs', ({ node, presence }) => presence ?? node);
    this.declarations = serverlessEntries(
      this.root,
      this.section('Resources', (entry) => entry),
    );
  }

  public get region(): string | null {
    return this.context.region;
  }

  public get effort(): Effort {
    return this.context.effort;
  }

  /** Resources by logical id, whether or not their condition holds. */
  public get resources(): ReadonlyMap<string, Declared> {
    return this.declarations;
  }

  /** Names of the exports, each with the output that gives it. A name that is not known is left out. */
  public exports(): (readonly [string, string])[] {
    return [...this.outputNodes].flatMap(([output, node]) => {
      const name = new Evaluation(this).value(own(ownObject(node, 'Export'), 'Name'));
      return typeof name === 'string' ? [[name, output] as const] : [];
    });
  }

  public addressOf(logicalId: string): string {
    return `${this.context.address}/${logicalId}`;
  }

  public named(name: string): Traced {
    const pseudo = pseudoParameter(name, this.context);
    if (pseudo !== undefined) return { value: pseudo, references: [] };
    const declaration = own(ownObject(this.root, 'Parameters'), name);
    if (declaration === undefined) return this.reference(name, null);
    const known = this.parameters.get(name);
    const traced = known ?? parameterValue(name, declaration, this.context.parameters.get(name));
    this.parameters.set(name, traced);
    return traced;
  }

  public attributeOf(logicalId: string, attribute: string): Traced {
    if (attribute.startsWith('Outputs.')) {
      const nested = this.nestedStack(logicalId);
      if (nested !== null) return nested.output(attribute.slice('Outputs.'.length));
    }
    return this.reference(logicalId, attribute);
  }

  public condition(name: string): boolean | Unresolved {
    const known = this.conditions.get(name);
    if (known !== undefined) return known;
    const node = this.conditionNodes.get(name);
    if (node === undefined) return new Unresolved(`condition ${brief(name)}, which is not declared`);
    this.conditions.set(name, new Unresolved(`condition ${brief(name)}, which depends on itself`));
    const holds = node instanceof Unresolved ? node : new Evaluation(this).truth(node);
    this.conditions.set(name, holds);
    return holds;
  }

  public mapping(map: string, first: string, second: string): unknown {
    return own(own(own(ownObject(this.root, 'Mappings'), map), first), second);
  }

  public imported(exportName: string): Traced {
    return this.context.imported(exportName);
  }

  public output(name: string): Traced {
    const known = this.outputs.get(name);
    if (known !== undefined) return known;
    const circle = new Unresolved(`output ${brief(name)}, which depends on itself`);
    this.outputs.set(name, { value: circle, references: [] });
    const node = this.outputNodes.get(name);
    const evaluation = new Evaluation(this);
    const absent = new Unresolved(`output ${brief(name)}, which is not declared`);
    const value = isObject(node) ? evaluation.value(node['Value']) : absent;
    const traced = { value, references: [...evaluation.references] };
    this.outputs.set(name, traced);
    return traced;
  }

  public nestedStack(logicalId: string): Stack | null {
    const known = this.nestedStacks.get(logicalId);
    if (known !== undefined) return known;
    const node = this.declarations.get(logicalId)?.node;
    const isStack = isNestedStack(ownText(node, 'Type') ?? '');
    // A parameter may lead back here; the stack is then one of which nothing is known.
    this.nestedStacks.set(logicalId, null);
    const nested = isStack ? this.context.nested(this, logicalId) : null;
    this.nestedStacks.set(logicalId, nested);
    return nested;
  }

  private reference(logicalId: string, attribute: string | null): Traced {
    if (!this.declarations.has(logicalId)) {
      const value = new Unresolved(`${brief(logicalId)}, which the template does not declare`);
      return { value, references: [] };
    }
    const address = this.addressOf(logicalId);
    return { value: new ReferenceTo(address, attribute), references: [address] };
  }

  private section<T>(
    name: string,
    entry: (expanded: { node: unknown; presence: Unresolved | null }) => T,
  ): ReadonlyMap<string, T> {
    const evaluation = new Evaluation(this);
    const entries = new Map<string, T>();
    for (const each of expandedEntries(ownObject(this.root, name), evaluation.call('Fn::ForEach'))) {
      entries.set(each.key, entry(each));
    }
    return entries;
  }
}
