import type { KubernetesObject } from '#constructs/kubernetes/kubernetes-object';

/** Where weights lie: on each node's disk, or once for all replicas on storage that many nodes mount. */
export type WeightsVolume =
  | { readonly on: 'node' }
  /** A class that gives ReadWriteMany volumes: CephFS, Lustre, NFS, EFS. */
  | { readonly on: 'shared'; readonly storageClass: string };

const CLAIM = 'model-weights';

export function weightsVolume(sizeGib: number, weights: WeightsVolume): object {
  if (weights.on === 'shared') return { name: 'weights', persistentVolumeClaim: { claimName: CLAIM } };
  return { name: 'weights', emptyDir: { sizeLimit: `${sizeGib}Gi` } };
}

/** The claim behind shared weights; nothing where they lie on nodes. */
export function weightsClaims(
  namespace: string,
  labels: Readonly<Record<string, string>>,
  sizeGib: number,
  weights: WeightsVolume,
): readonly KubernetesObject[] {
  if (weights.on === 'node') return [];
  return [
    {
      apiVersion: 'v1',
      kind: 'PersistentVolumeClaim',
      metadata: { name: CLAIM, namespace, labels },
      spec: {
        accessModes: ['ReadWriteMany'],
        storageClassName: weights.storageClass,
        resources: { requests: { storage: `${sizeGib}Gi` } },
      },
    },
  ];
}
