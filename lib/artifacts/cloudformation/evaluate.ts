import { conditionOf, LOGIC } from '#lib/artifacts/cloudformation/logic-functions';
import { expandedEntries, isLoop } from '#lib/artifacts/cloudformation/for-each';
import { LISTS } from '#lib/artifacts/cloudformation/list-functions';
import { LOOKUPS } from '#lib/artifacts/cloudformation/lookup-functions';
import {
  NO_VALUE,
  type Call,
  type Evaluated,
  type IntrinsicFunction,
  type Scope,
  type Traced,
} from '#lib/artifacts/cloudformation/scope';
import { dynamicText, TEXTS } from '#lib/artifacts/cloudformation/text-functions';
import { TOO_MUCH } from '#lib/artifacts/effort';
import { isList, isObject, type JsonObject } from '#lib/artifacts/json';
import { Unresolved, type ArtifactValue } from '#lib/artifacts/resource';
import { reused } from '#lib/artifacts/size';
import { brief } from '#lib/artifacts/unresolved';

const FUNCTIONS: ReadonlyMap<string, IntrinsicFunction> = new Map(
  Object.entries({ ...LOOKUPS, ...TEXTS, ...LISTS, ...LOGIC }),
);

/** Follows the intrinsic functions of one value as far as they go, and notes which resources it points to. */
export class Evaluation {
  private pointedTo: Set<string> | null = null;
  private readonly scope: Scope;

  public constructor(scope: Scope) {
    this.scope = scope;
  }

  /** Made when it is first needed: most properties point to nothing. */
  public get references(): Set<string> {
    return (this.pointedTo ??= new Set());
  }

  public value(node: unknown): ArtifactValue {
    const value = this.evaluated(node);
    return value === NO_VALUE ? new Unresolved('AWS::NoValue in a place that needs a value') : value;
  }

  public truth(node: unknown): boolean | Unresolved {
    return this.scope.effort.within<boolean | Unresolved>(
      () => conditionOf(node, this.call('a condition')),
      () => new Unresolved(TOO_MUCH),
    );
  }

  public evaluated(node: unknown): Evaluated {
    const { effort } = this.scope;
    if (!effort.enter()) return new Unresolved(TOO_MUCH);
    try {
      return this.follow(node);
    } finally {
      effort.leave();
    }
  }

  private follow(node: unknown): Evaluated {
    if (typeof node === 'string') return dynamicText(node);
    if (typeof node === 'number' || typeof node === 'boolean' || node === null) return node;
    if (isList(node)) return node.map((item) => this.evaluated(item)).filter((item) => item !== NO_VALUE);
    if (!isObject(node)) return new Unresolved(`a ${typeof node}, which no template can hold`);
    const keys = Object.keys(node);
    const [only] = keys;
    if (keys.length === 1 && only !== undefined && isFunctionName(only)) return this.apply(only, node[only]);
    return keys.some(isLoop) ? this.expanded(node) : this.object(node, keys);
  }

  private apply(name: string, argument: unknown): Evaluated {
    const intrinsic = FUNCTIONS.get(name);
    if (intrinsic === undefined) return new Unresolved(`function ${brief(name)}`);
    return intrinsic(argument, this.call(name));
  }

  private object(node: JsonObject, keys: readonly string[]): ArtifactValue {
    const entries: [string, ArtifactValue][] = [];
    for (const key of keys) {
      const value = key === 'Fn::Transform' ? new Unresolved('macro') : this.evaluated(node[key]);
      if (value !== NO_VALUE) entries.push([key, value]);
    }
    return Object.fromEntries(entries);
  }

  /** With its loops written out. */
  private expanded(node: JsonObject): ArtifactValue {
    const entries: [string, ArtifactValue][] = [];
    for (const { key, node: below, presence } of expandedEntries(node, this.call('Fn::ForEach'))) {
      const value = presence ?? this.evaluated(below);
      if (value !== NO_VALUE) entries.push([key, value]);
    }
    return Object.fromEntries(entries);
  }

  public call(name: string): Call {
    return {
      name,
      scope: this.scope,
      value: (node) => this.value(node),
      evaluated: (node) => this.evaluated(node),
      truth: (node) => this.truth(node),
      recorded: (traced) => this.recorded(traced),
    };
  }

  private recorded(traced: Traced): Evaluated {
    for (const address of traced.references) this.references.add(address);
    return traced.value === NO_VALUE ? NO_VALUE : reused(traced.value, this.scope.effort);
  }
}

/** `Fn::ForEach` names a loop after its second `::`, and stands beside other keys. */
function isFunctionName(key: string): boolean {
  return key === 'Ref' || (key.startsWith('Fn::') && !isLoop(key));
}
