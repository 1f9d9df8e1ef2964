import { TOO_MUCH } from '#lib/artifacts/effort';
import { Unresolved, type ArtifactValue } from '#lib/artifacts/resource';
import { bounded, reused } from '#lib/artifacts/size';
import { SPLAT_ITEM, type Expression } from '#lib/artifacts/terraform/expression';
import { callFunction } from '#lib/artifacts/terraform/functions';
import {
  ModuleObject,
  ResourceObject,
  stepFrom,
  type Names,
  type Traced,
} from '#lib/artifacts/terraform/names';
import { operate } from '#lib/artifacts/terraform/operators';
import {
  entriesOf,
  Excess,
  Failed,
  Failure,
  isList,
  isMapping,
  item,
  mappingOf,
  numberText,
  text,
  truth,
  ValueSet,
} from '#lib/artifacts/terraform/values';
import {
  briefValue,
  dependencies,
  lengthOf,
  ReferenceTo,
  textOf,
  unresolvedIn,
} from '#lib/artifacts/unresolved';

type Bindings = ReadonlyMap<string, ArtifactValue>;

/** Follows expressions as far as they go, and notes to which resources they point. */
export class Evaluation {
  private readonly names: Names;
  private readonly found = new Set<string>();

  public constructor(names: Names) {
    this.names = names;
  }

  /** Addresses of the resources that were asked for an attribute, or that stand in the values given here. */
  public references(...values: readonly ArtifactValue[]): string[] {
    for (const value of values.flatMap(unresolvedIn)) {
      if (value instanceof ReferenceTo) this.found.add(value.address);
    }
    return [...this.found];
  }

  public value(expression: Expression, bindings: Bindings = new Map()): ArtifactValue {
    return this.names.effort.within<ArtifactValue>(
      () => {
        try {
          return this.follow(expression, bindings);
        } catch (error) {
          if (error instanceof Failure) return new Failed(error.message);
          if (error instanceof Excess) return new Unresolved(TOO_MUCH);
          throw error;
        }
      },
      () => new Unresolved(TOO_MUCH),
    );
  }

  private follow(expression: Expression, bindings: Bindings): ArtifactValue {
    switch (expression.kind) {
      case 'literal':
        return expression.value;
      case 'name':
      case 'attribute':
        return this.traversal(expression, bindings);
      case 'index':
        return this.index(this.value(expression.of, bindings), this.value(expression.key, bindings));
      case 'splat':
        return this.splat(expression, bindings);
      case 'unary':
      case 'binary':
        return operate(expression, (operand) => this.value(operand, bindings));
      case 'conditional':
        return this.conditional(expression, bindings);
      case 'template':
        return this.template(expression.parts, bindings);
      case 'list':
        return expression.items.map((each) => this.value(each, bindings));
      case 'mapping':
        return this.mapping(expression.entries, bindings);
      case 'call':
        return bounded(callFunction(expression, (operand) => this.value(operand, bindings)));
      default:
        return bounded(this.comprehension(expression, bindings));
    }
  }

  private traversal(expression: Expression, bindings: Bindings): ArtifactValue {
    const attributes: string[] = [];
    let of = expression;
    while (of.kind === 'attribute') {
      attributes.unshift(of.name);
      of = of.of;
    }
    if (of.kind !== 'name') return this.steps(this.value(of, bindings), attributes);
    const bound = bindings.get(of.name);
    const { effort } = this.names;
    if (bound !== undefined) return reused(this.steps(bound, attributes), effort);
    const resolved = this.names.resolve(of.name, attributes);
    return reused(this.steps(this.recorded(resolved), attributes.slice(resolved.used)), effort);
  }

  private steps(start: ArtifactValue, attributes: readonly string[]): ArtifactValue {
    return attributes.reduce<ArtifactValue>((value, name) => this.at(value, name), start);
  }

  private index(of: ArtifactValue, key: ArtifactValue): ArtifactValue {
    const isObject = of instanceof ResourceObject || of instanceof ModuleObject;
    // Any of them: it is not known how many there are.
    return isObject && !of.isOne ? of : this.at(of, key);
  }

  private at(of: ArtifactValue, key: ArtifactValue): ArtifactValue {
    if (key instanceof Unresolved) {
      return new Unresolved(of instanceof Unresolved ? dependencies([of, key]) : key.dependsOn);
    }
    if (of instanceof Failed) return of;
    if (of instanceof ResourceObject || of instanceof ModuleObject) return this.recorded(of.at(text(key)));
    if (!(of instanceof Unresolved)) return item(of, key);
    return stepFrom(of, typeof key === 'number' ? `[${numberText(key)}]` : `.${text(key)}`);
  }

  private splat(expression: Expression & { kind: 'splat' }, bindings: Bindings): ArtifactValue {
    const of = this.value(expression.of, bindings);
    const each = (found: ArtifactValue): ArtifactValue =>
      this.value(expression.each, new Map([...bindings, [SPLAT_ITEM, found]]));
    if (of === null) return [];
    if (isList(of)) return Array.from(of, each);
    if (of instanceof ResourceObject || of instanceof ModuleObject) return of.isOne ? [each(of)] : each(of);
    return of instanceof Unresolved ? stepFrom(of, '[*]') : [each(of)];
  }

  private conditional(
    { condition, whenTrue, whenFalse }: Expression & { kind: 'conditional' },
    bindings: Bindings,
  ): ArtifactValue {
    const holds = this.value(condition, bindings);
    if (holds instanceof Unresolved) {
      // Both are walked for the resources they point to.
      this.references(this.value(whenTrue, bindings), this.value(whenFalse, bindings));
      return new Unresolved(holds.dependsOn);
    }
    const [taken, other] = truth(holds) ? [whenTrue, whenFalse] : [whenFalse, whenTrue];
    const value = this.value(taken, bindings);
    const isText = other.kind === 'literal' && typeof other.value === 'string';
    // Both sides have one type: a number beside a text becomes one.
    return isText && (typeof value === 'number' || typeof value === 'boolean') ? text(value) : value;
  }

  private template(parts: readonly Expression[], bindings: Bindings): ArtifactValue {
    const pieces = parts.map((part) => {
      const value = this.value(part, bindings);
      return value instanceof Unresolved ? value : text(value);
    });
    const length = pieces.reduce((sum, piece) => sum + lengthOf(piece), 0);
    return this.names.effort.affords(length) ? textOf(pieces) : new Unresolved(TOO_MUCH);
  }

  private mapping(
    entries: readonly (readonly [Expression, Expression])[],
    bindings: Bindings,
  ): ArtifactValue {
    const known: [string, ArtifactValue][] = [];
    for (const [key, value] of entries) {
      const name = this.value(key, bindings);
      if (name instanceof Unresolved) return new Unresolved(`a key, ${name.dependsOn}`);
      known.push([text(name), this.value(value, bindings)]);
    }
    return mappingOf(known);
  }

  private comprehension(expression: Expression & { kind: 'for' }, bindings: Bindings): ArtifactValue {
    const { keyName, valueName } = expression;
    const collection = this.value(expression.collection, bindings);
    if (collection instanceof Unresolved) return collection;
    const results: [string, ArtifactValue][] = [];
    for (const [key, value] of pairs(collection)) {
      // Loops in loops multiply.
      if (!this.names.effort.affordsCopy()) return new Unresolved(TOO_MUCH);
      const names = new Map([...bindings, [valueName, value]]);
      if (keyName !== null) names.set(keyName, key);
      const condition = expression.condition === null ? true : this.value(expression.condition, names);
      if (condition instanceof Unresolved) return new Unresolved(condition.dependsOn);
      if (!truth(condition)) continue;
      const name = expression.key === null ? '' : this.value(expression.key, names);
      if (name instanceof Unresolved) return new Unresolved(`a key, ${name.dependsOn}`);
      results.push([text(name), this.value(expression.value, names)]);
    }
    if (expression.key === null) return results.map(([, value]) => value);
    return expression.grouped ? grouped(results) : mappingOf(results);
  }

  private recorded(traced: Traced): ArtifactValue {
    for (const address of traced.references) this.found.add(address);
    return traced.value;
  }
}

/** What a loop walks: mappings in the order of their keys, sets with their values as keys. */
export function pairs(collection: ArtifactValue): [string | number, ArtifactValue][] {
  if (isMapping(collection)) return entriesOf(collection);
  if (!isList(collection)) throw new Failure(`nothing to walk: ${briefValue(collection)}`);
  const isSet = collection instanceof ValueSet;
  return Array.from(collection, (value, index) => [isSet ? text(value) : index, value]);
}

function grouped(results: readonly (readonly [string, ArtifactValue])[]): ArtifactValue {
  const groups = new Map<string, ArtifactValue[]>();
  for (const [name, value] of results) {
    const group = groups.get(name);
    if (group === undefined) groups.set(name, [value]);
    else group.push(value);
  }
  return mappingOf(groups);
}
