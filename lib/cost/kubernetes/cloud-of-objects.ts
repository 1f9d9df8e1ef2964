import { isObject, own, ownObject, ownText } from '#lib/artifacts/json';
import type { ReadResource } from '#lib/artifacts/unresolved';
import { workloadsOf } from '#lib/cost/kubernetes/workloads';

/** Whose cluster the objects are written for. */
export type Cloud = 'aws' | 'gke' | 'aks';

/** How a cloud's own things are called: groups of objects, makers of volumes, keys of labels and annotations. */
const NAMES: readonly (readonly [RegExp, Cloud])[] = [
  [
    /(?:^|[./])(?:eks\.amazonaws\.com|k8s\.aws|aws-load-balancer|(?:ebs|efs|fsx)\.csi\.aws\.com|aws-ebs)/,
    'aws',
  ],
  [/(?:^|[./])(?:cloud\.google\.com|gke\.io|gke-[\w-]+|gce-pd)/, 'gke'],
  [/(?:^|[./])(?:azure\.com|azure\.workload\.identity|azure-(?:disk|file|load-balancer))/, 'aks'],
];

/** The first that objects name: most name none, and run anywhere. */
export function cloudOfObjects(resources: readonly ReadResource[]): Cloud | null {
  for (const resource of resources) {
    if (resource.format !== 'kubernetes') continue;
    const { type, properties } = resource;
    const metadata = own(properties, 'metadata');
    const words = [
      type,
      ownText(properties, 'provisioner') ?? ownText(properties, 'storageProvisioner') ?? '',
      ...keysOf(metadata, 'annotations'),
      ...(type === 'v1/Node' ? keysOf(metadata, 'labels') : []),
    ];
    const cloud = cloudOf(words);
    if (cloud !== null) return cloud;
  }
  return cloudOf(workloadsOf(resources).flatMap(({ pod }) => keysOf(pod, 'nodeSelector')));
}

function cloudOf(words: readonly string[]): Cloud | null {
  for (const word of words) {
    const found = NAMES.find(([pattern]) => pattern.test(word));
    if (found !== undefined) return found[1];
  }
  return null;
}

function keysOf(object: unknown, field: string): readonly string[] {
  return isObject(object) ? Object.keys(ownObject(object, field)) : [];
}
