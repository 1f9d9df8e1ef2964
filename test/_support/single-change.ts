import type { DangerClass } from '#lib/spec/schema/review';

/** One change of a shipped environment, and what it does to what runs. */
export interface SingleChange {
  readonly environment: string;
  readonly option: string;
  /** What is set before on both sides. */
  readonly given?: readonly (readonly [path: string, value: unknown])[];
  readonly path: string;
  /** `undefined` takes it out. */
  readonly value: unknown;
  /** Why, where it is not plain: what CloudFormation, Kubernetes or the engine does. */
  readonly why: string;
  readonly classes: readonly DangerClass[];
}

export type Rest = Pick<SingleChange, 'given'>;
export function change(
  [environment, option]: readonly [string, string],
  path: string,
  value: unknown,
  classes: readonly DangerClass[],
  why: string,
  rest: Rest = {},
): SingleChange {
  return { environment, option, path, value, classes, why, ...rest };
}
