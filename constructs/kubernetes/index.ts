export type {
  HelmChart,
  KubernetesCluster,
  KubernetesObject,
} from '#constructs/kubernetes/kubernetes-object';
export { bareMetalOf, checkInventory } from '#constructs/kubernetes/metal/site-inventory';
export type { SiteInventory, SiteValue } from '#constructs/kubernetes/metal/site-inventory';
export { metalObjects } from '#constructs/kubernetes/metal/metal-objects';
export { metalSlice } from '#constructs/kubernetes/metal/metal-slice';
export { modelServer } from '#constructs/kubernetes/model-server';
export { servingOperators } from '#constructs/kubernetes/model-server/operators';
export { readerServers } from '#constructs/kubernetes/reader-servers';
export { servingSlice } from '#constructs/kubernetes/serving-slice';
export { applyStore, storeObjects, storeOperator } from '#constructs/kubernetes/stores/store';
export { storeSlice } from '#constructs/kubernetes/stores/store-slice';
export { Verbatim } from '#constructs/kubernetes/verbatim';
export { YamlCluster } from '#constructs/kubernetes/yaml';
