import { isList, isObject, own } from '#lib/artifacts/json';
import { TOO_MUCH } from '#lib/artifacts/effort';
import { Unresolved, type ArtifactValue } from '#lib/artifacts/resource';
import type { PlanModule, PlanReferences } from '#lib/artifacts/terraform/plan-references';
import { mappingOf } from '#lib/artifacts/terraform/values';
import { brief, ReferenceTo } from '#lib/artifacts/unresolved';

const MAXIMUM_DEPTH = 100;

/** The values that a plan gives a resource, with those that are known after the apply left open. */
export class PlanValues {
  private readonly references: PlanReferences;
  private readonly module: PlanModule;
  private readonly address: string;

  public constructor(references: PlanReferences, module: PlanModule, address: string) {
    this.references = references;
    this.module = module;
    this.address = address;
  }

  /**
   * @param unknown - `after_unknown` of the plan: `true` at what the apply will decide, else the same form as the value
   * @param expressions - what the configuration says at the same place; `undefined` where the plan does not show it.
   *   What it leaves unset is unset, though the provider will fill in a default that is known after the apply only:
   *   every new instance would else depend on a tenancy that nobody chose. So is what it hands down from a variable that
   *   is null, as modules do with most of their arguments.
   */
  public value(
    known: unknown,
    unknown: unknown,
    expressions: unknown,
    name: readonly string[] = [],
  ): ArtifactValue {
    if (name.length > MAXIMUM_DEPTH) return new Unresolved(TOO_MUCH);
    if (unknown === true) {
      const isUnset = expressions === UNSET || this.references.isNull(expressions, this.module);
      return isUnset ? null : this.open(expressions, name);
    }
    if (isList(known) || isList(unknown)) {
      const items = isList(known) ? known : [];
      const marks = isList(unknown) ? unknown : [];
      return Array.from({ length: Math.max(items.length, marks.length) }, (_, index) =>
        this.value(items[index], marks[index], below(expressions, index), [...name, String(index)]),
      );
    }
    if (isObject(known) || isObject(unknown)) {
      const fields = isObject(known) ? known : {};
      const marks = isObject(unknown) ? unknown : {};
      const keys = new Set([...Object.keys(fields), ...Object.keys(marks)]);
      return mappingOf(
        [...keys].map((key) => [
          key,
          this.value(own(fields, key), own(marks, key), below(expressions, key), [...name, key]),
        ]),
      );
    }
    const isScalar = typeof known === 'string' || typeof known === 'number' || typeof known === 'boolean';
    return isScalar ? known : null;
  }

  /** Where one other resource decides it alone, a reference to it. */
  private open(expressions: unknown, name: readonly string[]): Unresolved {
    const targets = this.references.of(expressions, this.module);
    const [only] = targets;
    if (only !== undefined && targets.length === 1) {
      return new ReferenceTo(only.address, only.attribute === 'id' ? null : only.attribute);
    }
    return new Unresolved(`${brief(name.join('.'))} of ${this.address}, known after the apply`);
  }
}

/** What the configuration could say at a place and does not. */
const UNSET = Symbol('unset');

/**
 * Nested blocks are lists in the configuration as in the values; an attribute is one expression for all below. Of the
 * blocks that `dynamic` makes a plan shows no expressions at all: below them nothing is known to be unset.
 */
function below(expressions: unknown, step: string | number): unknown {
  if (own(expressions, 'references') !== undefined) return expressions;
  if (typeof step === 'number') return isList(expressions) ? expressions[step] : expressions;
  if (!isObject(expressions)) return undefined;
  return Object.hasOwn(expressions, step) ? expressions[step] : UNSET;
}
