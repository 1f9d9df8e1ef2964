import type { Effort } from '#lib/artifacts/effort';
import type { ArtifactValue, Unresolved } from '#lib/artifacts/resource';

/** What `AWS::NoValue` leaves behind: the property, or the item of a list, is absent. */
export const NO_VALUE: unique symbol = Symbol('AWS::NoValue');

export type Evaluated = ArtifactValue | typeof NO_VALUE;

/** A value with the addresses of the resources it was made from. */
export interface Traced {
  readonly value: Evaluated;
  readonly references: readonly string[];
}

/** What the names in one template mean. */
export interface Scope {
  readonly region: string | null;
  readonly effort: Effort;
  /** A parameter, a pseudo parameter or the id of a resource. */
  named(name: string): Traced;
  attributeOf(logicalId: string, attribute: string): Traced;
  /** @returns `true`, `false` or what decides it */
  condition(name: string): boolean | Unresolved;
  /** `undefined` where the template has no such entry. */
  mapping(map: string, first: string, second: string): unknown;
  /** What another stack of the same app exports under this name. */
  imported(exportName: string): Traced;
}

/** An intrinsic function at work: its arguments are evaluated one level down. */
export interface Call {
  readonly name: string;
  readonly scope: Scope;
  value(node: unknown): ArtifactValue;
  /** Like `value`, where the absence of a value has a meaning. */
  evaluated(node: unknown): Evaluated;
  truth(node: unknown): boolean | Unresolved;
  /** The value, with its references recorded on the resource at hand. */
  recorded(traced: Traced): Evaluated;
}

export type IntrinsicFunction = (argument: unknown, call: Call) => Evaluated;
