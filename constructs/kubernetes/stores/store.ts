import type {
  HelmChart,
  KubernetesCluster,
  KubernetesObject,
} from '#constructs/kubernetes/kubernetes-object';
import { mirroredChart } from '#constructs/kubernetes/mirrored-chart';
import { guardedNamespace } from '#constructs/kubernetes/namespace';
import { cloudnativePgStore } from '#constructs/kubernetes/stores/cloudnative-pg';
import { indexSettings } from '#constructs/kubernetes/stores/index-settings';
import { milvusStore } from '#constructs/kubernetes/stores/milvus';
import { qdrantStore } from '#constructs/kubernetes/stores/qdrant';
import { storeLabels, type StoreKind } from '#constructs/kubernetes/stores/store-kind';
import { storeSlice, type StoreSlice } from '#constructs/kubernetes/stores/store-slice';
import { weaviateStore } from '#constructs/kubernetes/stores/weaviate';
import type { Plan } from '#lib/plan/plan';
import type { VectorStoreId } from '#lib/vector-stores/index';

/** Every store that runs in a cluster, by its id in the registry. */
export const STORE_KINDS = {
  qdrant: qdrantStore,
  weaviate: weaviateStore,
  'cloudnative-pg': cloudnativePgStore,
  milvus: milvusStore,
} satisfies Partial<Record<VectorStoreId, StoreKind>>;

/** The objects of a vector store, its namespace first, in the order in which they are applied. */
export function storeObjects(slice: StoreSlice): readonly KubernetesObject[] {
  const kind = kindOf(slice.store);
  const labels = storeLabels(slice);
  return [
    ...guardedNamespace({ name: slice.namespace, labels, podSecurity: kind.podSecurity }),
    indexSettings(slice),
    ...kind.objects(slice),
  ];
}

/** The chart that must be installed before a store's objects are applied; `null` where the store needs none. */
export function storeOperator(store: string): HelmChart | null {
  return kindOf(store).operator;
}

/** The operator and the objects of the plan's vector store; nothing where the plan has none in its cluster. */
export function applyStore(cluster: KubernetesCluster, plan: Plan): void {
  const slice = storeSlice(plan);
  if (slice === null) return;
  const operator = storeOperator(slice.store);
  if (operator !== null) cluster.install(mirroredChart(operator, slice.imageRegistry));
  for (const object of storeObjects(slice)) cluster.apply(object);
}

function kindOf(store: string): StoreKind {
  const kind = new Map<string, StoreKind>(Object.entries(STORE_KINDS)).get(store);
  if (kind === undefined) throw new Error(`no vector store ${store} in a cluster`);
  return kind;
}
