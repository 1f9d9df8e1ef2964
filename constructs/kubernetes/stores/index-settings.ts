import type { KubernetesObject } from '#constructs/kubernetes/kubernetes-object';
import { storeLabels } from '#constructs/kubernetes/stores/store-kind';
import type { StoreSlice } from '#constructs/kubernetes/stores/store-slice';
import { vectorStores } from '#lib/vector-stores/index';

/**
 * What a client must create its collection or table with. The store was sized for it, and most of it can be set
 * nowhere but in that call.
 */
export function indexSettings(slice: StoreSlice): KubernetesObject {
  const { knobs } = vectorStores.entries.find(({ id }) => id === slice.store) ?? {};
  if (knobs === undefined) throw new Error(`no vector store ${slice.store}`);
  const settings = { dimensions: slice.dimensions, copies: slice.copies, ...knobs.parse(slice.knobs) };
  return {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'vector-index', namespace: slice.namespace, labels: storeLabels(slice) },
    data: Object.fromEntries(Object.entries(settings).map(([name, value]) => [name, String(value)])),
  };
}
