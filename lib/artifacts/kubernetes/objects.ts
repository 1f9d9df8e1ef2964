import { isList, isObject, ownText } from '#lib/artifacts/json';
import { objectAddress, withUniqueAddresses } from '#lib/artifacts/kubernetes/object-address';
import { readPartlyKnownJson } from '#lib/artifacts/kubernetes/manifest-text';
import { fieldsOfTyped, typeOfTyped } from '#lib/artifacts/kubernetes/typed-resource';
import { partOf } from '#lib/artifacts/part-of';
import { Unresolved, type ArtifactResource, type ArtifactValue } from '#lib/artifacts/resource';
import type { ReadResource } from '#lib/artifacts/unresolved';

type Fields = ArtifactResource['properties'];

const CDK_MANIFEST = 'Custom::AWSCDK-EKS-KubernetesResource';

/**
 * The resources with each one that carries Kubernetes objects replaced by these: manifests of the CDK, and
 * `kubernetes_manifest` and typed resources of Terraform. A carrier that cannot be read stays as it is.
 */
export function withKubernetesObjects(resources: readonly ReadResource[]): ReadResource[] {
  if (!resources.some(isCarrier)) return [...resources];
  return withUniqueAddresses(resources.flatMap((resource) => kubernetesObjectsOf(resource) ?? [resource]));
}

function isCarrier({ type, format }: ReadResource): boolean {
  return type === CDK_MANIFEST || (format === 'terraform' && type.startsWith('kubernetes_'));
}

/** The objects that a resource carries, or `null` where it carries none, or none that can be read. */
function kubernetesObjectsOf(resource: ReadResource): ReadResource[] | null {
  const { type } = resource;
  if (type === CDK_MANIFEST) {
    const manifest = readPartlyKnownJson(resource.properties['Manifest']);
    const objects = isList(manifest) ? manifest : isFields(manifest) ? [manifest] : [];
    return all(objects.map((object, index) => fromObject(resource, object, index)));
  }
  if (type === 'kubernetes_manifest') return all([fromObject(resource, resource.properties['manifest'], 0)]);
  const typed = typeOfTyped(type);
  if (typed === null || resource.format !== 'terraform') return null;
  return [objectOf(resource, typed, fieldsOfTyped(resource.properties), 0)];
}

function fromObject(carrier: ReadResource, object: unknown, index: number): ReadResource | null {
  const [apiVersion, kind] = [ownText(object, 'apiVersion'), ownText(object, 'kind')];
  if (!isFields(object) || apiVersion === null || kind === null) return null;
  return objectOf(carrier, `${apiVersion}/${kind}`, object, index);
}

/** All or nothing: half of a carrier would hide the other half. */
function all(objects: readonly (ReadResource | null)[]): ReadResource[] | null {
  const read = objects.filter((object) => object !== null);
  return read.length > 0 && read.length === objects.length ? read : null;
}

function objectOf(carrier: ReadResource, type: string, properties: Fields, index: number): ReadResource {
  const kind = type.slice(type.lastIndexOf('/') + 1);
  const address = objectAddress(stackOf(carrier), kind, properties) ?? `${carrier.address}/${kind}/${index}`;
  return partOf(carrier, { address, format: 'kubernetes', type, properties });
}

/** What stands before the resource in its address: the stack, or the module of a configuration. */
function stackOf({ address, format, type }: ReadResource): string {
  if (format === 'cloudformation') return address.slice(0, address.lastIndexOf('/'));
  const start = address.slice(0, address.lastIndexOf(`${type}.`)).replace(/[./]$/, '');
  return start === '' ? 'terraform' : start;
}

function isFields(value: unknown): value is Fields & { readonly [key: string]: ArtifactValue } {
  return isObject(value) && !(value instanceof Unresolved);
}
