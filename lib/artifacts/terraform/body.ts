import { TOO_MUCH } from '#lib/artifacts/effort';
import { isList, isObject, own, ownText, type JsonObject } from '#lib/artifacts/json';
import { Unresolved, type ArtifactValue } from '#lib/artifacts/resource';
import { Evaluation } from '#lib/artifacts/terraform/evaluate';
import { blocksOf } from '#lib/artifacts/terraform/blocks';
import type { Names, Traced } from '#lib/artifacts/terraform/names';
import { parseTemplate } from '#lib/artifacts/terraform/parse-expression';
import { walkedBlocks } from '#lib/artifacts/terraform/repetition';
import { mappingOf, type Mapping } from '#lib/artifacts/terraform/values';

type Bindings = ReadonlyMap<string, ArtifactValue>;

/** Arguments of a resource that are not its own: they steer Terraform. */
const STEERING = [
  '//',
  'connection',
  'count',
  'depends_on',
  'for_each',
  'lifecycle',
  'provider',
  'provisioner',
];

/** Evaluates values of a configuration: texts are templates, in keys too. */
export class Body {
  private readonly evaluation: Evaluation;
  private readonly names: Names;
  private readonly bindings: Bindings;

  public constructor(names: Names, bindings: Bindings = new Map(), evaluation = new Evaluation(names)) {
    this.names = names;
    this.bindings = bindings;
    this.evaluation = evaluation;
  }

  public traced(node: unknown): Traced {
    const value = this.value(node);
    return { value, references: this.evaluation.references(value) };
  }

  /** The arguments of a resource or a module, but those that steer Terraform and those named. */
  public properties(body: JsonObject, without: readonly string[] = []): Mapping & object {
    const left = Object.entries(body).filter(([key]) => !STEERING.includes(key) && !without.includes(key));
    const value = this.block(Object.fromEntries(left));
    return value instanceof Unresolved || typeof value !== 'object' || value === null ? {} : value;
  }

  /** Of everything evaluated so far, and of this value. */
  public references(value: ArtifactValue): string[] {
    return this.evaluation.references(value);
  }

  public value(node: unknown): ArtifactValue {
    return this.names.effort.within<ArtifactValue>(
      () => {
        if (typeof node === 'string') return this.text(node);
        if (typeof node === 'number' || typeof node === 'boolean' || node === null) return node;
        if (isList(node)) return node.map((item) => this.value(item));
        return isObject(node) ? this.block(node) : new Unresolved(`a ${typeof node}`);
      },
      () => new Unresolved(TOO_MUCH),
    );
  }

  private text(text: string): ArtifactValue {
    // Most texts are plain.
    if (!text.includes('{')) return text;
    const parsed = parseTemplate(text);
    if (parsed === null) return new Unresolved('an expression that is not read');
    return this.evaluation.value(parsed, this.bindings);
  }

  private block(node: JsonObject): Mapping {
    const entries = new Map<string, ArtifactValue>();
    for (const [key, below] of Object.entries(node)) {
      if (key === '//') continue;
      if (key === 'dynamic' && isDynamic(below)) continue;
      const name = key.includes('{') ? this.text(key) : key;
      entries.set(typeof name === 'string' ? name : key, this.value(below));
    }
    const dynamic = own(node, 'dynamic');
    if (!isDynamic(dynamic)) return mappingOf(entries);
    for (const { labels, body } of blocksOf(dynamic, 1, [])) {
      const [name = ''] = labels;
      const before = entries.get(name);
      const made = this.repeated(name, body);
      entries.set(name, before === undefined || made instanceof Unresolved ? made : [before, made].flat());
    }
    return mappingOf(entries);
  }

  /** The blocks that a `dynamic` block stands for. */
  private repeated(name: string, body: JsonObject): ArtifactValue {
    const iterator = ownText(body, 'iterator') ?? name;
    const walked = walkedBlocks(this.value(own(body, 'for_each')));
    if (walked instanceof Unresolved) return walked;
    return walked.map(([key, value]) => {
      const bound = mappingOf([
        ['key', key],
        ['value', value],
      ]);
      const inner = new Map([...this.bindings, [iterator, bound]]);
      return new Body(this.names, inner, this.evaluation).value(own(body, 'content'));
    });
  }
}

/** `dynamic` is the name of a block only where each of them has its `content`. */
function isDynamic(node: unknown): boolean {
  const blocks = blocksOf(node, 1, []);
  return (
    blocks.length > 0 && blocks.every(({ body }) => isObject(body['content']) || isList(body['content']))
  );
}
