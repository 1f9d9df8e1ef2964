import { Unresolved, type ArtifactValue } from '#lib/artifacts/resource';
import { pairs } from '#lib/artifacts/terraform/evaluate';
import { Failure, isList, number, setOf, text } from '#lib/artifacts/terraform/values';
import { dependencies, unresolvedIn } from '#lib/artifacts/unresolved';

/** One of what `count` or `for_each` makes. */
export interface Instance {
  /** `[0]` or `["name"]` after the address; empty for what stands once. */
  readonly suffix: string;
  readonly key: string | number | null;
  /** What `each.value` is. */
  readonly value: ArtifactValue;
  /** What decides how many there are; then this one stands for all. */
  readonly presence: Unresolved | null;
}

/** Of one resource or module. */
export const MAXIMUM_INSTANCES = 10_000;
const ONCE: Instance = { suffix: '', key: null, value: null, presence: null };

/** What a body with this `count`, if it is known one that is one, and `for_each` stands for; `undefined` where it has none. */
export function instancesOf(
  count: ArtifactValue | undefined,
  forEach: ArtifactValue | undefined,
): readonly Instance[] {
  if (count !== undefined && count !== null) return counted(count);
  return forEach === undefined || forEach === null ? [ONCE] : walked(forEach);
}

/** Whether a count that is known is one: Terraform refuses every other, and nobody means more. */
export function isCount(count: ArtifactValue): boolean {
  const found = attempt(() => number(count));
  return found !== null && Number.isInteger(found) && found >= 0 && found <= MAXIMUM_INSTANCES;
}

function counted(count: ArtifactValue): readonly Instance[] {
  if (count instanceof Unresolved) return [openly(count.dependsOn)];
  return Array.from({ length: number(count) }, (_, index) => ({
    suffix: `[${index}]`,
    key: index,
    value: null,
    presence: null,
  }));
}

function walked(collection: ArtifactValue): readonly Instance[] {
  if (collection instanceof Unresolved) return [openly(collection.dependsOn)];
  // The keys of a mapping are known where it is; those of a set are its values.
  const open = isList(collection) ? dependencies(collection.flatMap(unresolvedIn)) : '';
  if (open !== '') return [openly(open)];
  const set = isList(collection) ? attempt(() => setOf(collection.map(text))) : collection;
  const found = set === null ? null : attempt(() => pairs(set));
  if (found === null || found.length > MAXIMUM_INSTANCES) {
    return [openly(`a mapping or a set of at most ${MAXIMUM_INSTANCES}`)];
  }
  return found.map(([key, value]) => ({
    suffix: `[${JSON.stringify(key)}]`,
    key,
    value,
    presence: null,
  }));
}

function openly(dependsOn: string): Instance {
  const presence = new Unresolved(`how often: ${dependsOn}`);
  return { suffix: '', key: null, value: new Unresolved('each.value'), presence };
}

/** What a `dynamic` block walks: also lists, whose keys are places. */
export function walkedBlocks(
  collection: ArtifactValue,
): readonly (readonly [string | number, ArtifactValue])[] | Unresolved {
  if (collection === null) return [];
  const found = collection instanceof Unresolved ? collection : attempt(() => pairs(collection));
  if (found instanceof Unresolved) return new Unresolved(`how often: ${found.dependsOn}`);
  return found ?? new Unresolved('how often: a mapping, a set or a list');
}

function attempt<T>(act: () => T): T | null {
  try {
    return act();
  } catch (error) {
    if (error instanceof Failure) return null;
    throw error;
  }
}
