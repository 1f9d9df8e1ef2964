import { resourcesByType } from '#lib/artifacts/by-type';
import type { ReadResource } from '#lib/artifacts/unresolved';
import { podsOf, type Pod } from '#lib/policy/pods';

/** What the rules look at: every resource of one synthesis, and the pods that its objects make. */
export interface Infrastructure {
  readonly resources: readonly ReadResource[];
  readonly pods: readonly Pod[];
  /** Of a type by its whole name, or of a kind of Kubernetes in any version, as `kind:Deployment`. */
  ofType(type: string): readonly ReadResource[];
  find(address: string): ReadResource | undefined;
}

const KIND = 'kind:';

export function infrastructureOf(resources: readonly ReadResource[]): Infrastructure {
  const byType = resourcesByType(resources);
  const byAddress = new Map(resources.map((resource) => [resource.address, resource]));
  return {
    resources,
    pods: resources.flatMap(podsOf),
    ofType: (type) =>
      type.startsWith(KIND)
        ? [...byType].flatMap(([name, found]) => (name.endsWith(`/${type.slice(KIND.length)}`) ? found : []))
        : (byType.get(type) ?? []),
    find: (address) => byAddress.get(address),
  };
}
