import type { ReadResource } from '#lib/artifacts/unresolved';

/** Of lists of resources, which never change once they are read. */
const known = new WeakMap<readonly ReadResource[], ReadonlyMap<string, readonly ReadResource[]>>();

/**
 * The resources by their type, in their order. An app of ten thousand resources has a few dozen types: who looks for some
 * asks which there are, and not every resource.
 */
export function resourcesByType(
  resources: readonly ReadResource[],
): ReadonlyMap<string, readonly ReadResource[]> {
  const before = known.get(resources);
  if (before !== undefined) return before;
  const byType = new Map<string, ReadResource[]>();
  for (const resource of resources) {
    const ofType = byType.get(resource.type);
    if (ofType === undefined) byType.set(resource.type, [resource]);
    else ofType.push(resource);
  }
  known.set(resources, byType);
  return byType;
}

/** Those of some types, in their order. */
export function resourcesOf(
  resources: readonly ReadResource[],
  isAmong: (type: string) => boolean,
): readonly ReadResource[] {
  const byType = resourcesByType(resources);
  const types = new Set([...byType.keys()].filter(isAmong));
  const [only] = types;
  if (only === undefined) return [];
  return types.size === 1 ? (byType.get(only) ?? []) : resources.filter(({ type }) => types.has(type));
}
