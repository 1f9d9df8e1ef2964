import type { DangerClass } from '#lib/spec/schema/review';

/** What a step from one plan to another may destroy, release, bind or interrupt. */
export interface Danger {
  readonly class: DangerClass;
  /** What it happens to, in the words of the plan. */
  readonly address: string;
  readonly before: string;
  readonly after: string;
  /** Path in the plan where the difference stands. */
  readonly path: string;
  /** `file:line:column` of what causes it in the environment; the path where no file is at hand. */
  readonly at: string;
}

export function danger(
  name: DangerClass,
  address: string,
  [before, after]: readonly [string | number, string | number],
  path: string,
): Danger {
  return { class: name, address, before: String(before), after: String(after), path, at: path };
}
