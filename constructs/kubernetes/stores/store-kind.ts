import type { HelmChart, KubernetesObject } from '#constructs/kubernetes/kubernetes-object';
import { labelsOf } from '#constructs/kubernetes/labels';
import type { PodSecurity } from '#constructs/kubernetes/namespace';
import type { StoreSlice } from '#constructs/kubernetes/stores/store-slice';

/** How one vector store is run in a cluster. */
export interface StoreKind {
  /** What its pods can be held to. */
  readonly podSecurity: PodSecurity;
  /** Chart that brings the definitions of its objects, and must be installed before them; `null` where none is needed. */
  readonly operator: HelmChart | null;
  /** Objects within the store's namespace, in the order in which they are applied. */
  objects(slice: StoreSlice): readonly KubernetesObject[];
}

export function storeLabels(slice: StoreSlice): Readonly<Record<string, string>> {
  return labelsOf({
    name: slice.store,
    environment: slice.environment,
    option: slice.option,
    component: 'vector-store',
  });
}

export function storeMetadata(slice: StoreSlice, suffix = ''): KubernetesObject['metadata'] {
  return { name: `${slice.store}${suffix}`, namespace: slice.namespace, labels: storeLabels(slice) };
}

/** Secret that holds the key of the store's clients under `api-key`; it is never written here. */
export const CLIENT_SECRET = 'vector-store';
