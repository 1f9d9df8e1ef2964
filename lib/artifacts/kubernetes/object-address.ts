import { own, ownObject } from '#lib/artifacts/json';
import { partOf } from '#lib/artifacts/part-of';
import type { ReadResource } from '#lib/artifacts/unresolved';

/** `Serving/Deployment/support/model-server`; `null` where the object's name is unknown. */
export function objectAddress(stack: string, kind: string, object: unknown): string | null {
  const metadata = ownObject(object, 'metadata');
  const names = [own(metadata, 'namespace'), own(metadata, 'name')].filter((name) => name !== undefined);
  const areKnown = names.length > 0 && names.every((name) => typeof name === 'string');
  return areKnown ? [stack, kind, ...names].join('/') : null;
}

/** Two clusters of one app may hold objects of one name: the second is `…#2`. */
export function withUniqueAddresses(resources: readonly ReadResource[]): ReadResource[] {
  const taken = new Set<string>();
  return resources.map((resource) => {
    let address = resource.address;
    for (let times = 2; taken.has(address); times += 1) address = `${resource.address}#${times}`;
    taken.add(address);
    if (address === resource.address) return resource;
    return partOf(resource, { properties: resource.properties, address });
  });
}
