import { isList, isObject, own, type JsonObject } from '#lib/artifacts/json';
import { canonicalJson } from '#lib/lifecycle/digest';

/** Most grants that are compared; a document with more of them is compared by its statements. */
const MAXIMUM_GRANTS = 5000;

/**
 * Whether policy documents anywhere in the properties of a resource allow something that none of them did. By what is
 * written: `s3:*` in the place of `s3:GetObject` is more, and the other way round too.
 */
export function allowsMore(before: JsonObject, after: JsonObject): boolean {
  const old = new Set(grantsIn(before));
  return grantsIn(after).some((grant) => !old.has(grant));
}

/** Each pair of action and resource that a statement allows, with whom and under which conditions. */
function grantsIn(value: unknown): string[] {
  if (isList(value)) return value.flatMap(grantsIn);
  if (!isObject(value)) return [];
  if (own(value, 'Effect') !== 'Allow') return Object.values(value).flatMap(grantsIn);
  const { Action, NotAction, Resource, NotResource, Principal, Condition } = value;
  const rest = { NotAction, NotResource, Principal, Condition };
  const [actions, resources] = [listOf(Action), listOf(Resource)];
  if (actions.length * resources.length > MAXIMUM_GRANTS) return [canonicalJson(value)];
  return actions.flatMap((action) =>
    resources.map((resource) => canonicalJson({ action, resource, ...rest })),
  );
}

function listOf(value: unknown): readonly unknown[] {
  return isList(value) ? value : [value ?? null];
}
