import { mirroredChart } from '#constructs/kubernetes/mirrored-chart';
import { modelServer } from '#constructs/kubernetes/model-server';
import { servingOperators } from '#constructs/kubernetes/model-server/operators';
import { readerServers } from '#constructs/kubernetes/reader-servers';
import { servingSlice } from '#constructs/kubernetes/serving-slice';
import { applyStore } from '#constructs/kubernetes/stores/store';
import { YamlCluster } from '#constructs/kubernetes/yaml';
import type { Plan } from '#lib/plan/plan';

/** The objects of a plan's cluster, and the charts that must be installed before them. */
export function clusterObjects(plan: Plan): YamlCluster {
  const cluster = new YamlCluster();
  const slice = servingSlice(plan);
  for (const chart of servingOperators(slice))
    cluster.install(mirroredChart(chart, slice.cluster.imageRegistry));
  for (const object of [...modelServer(slice), ...readerServers(plan)]) cluster.apply(object);
  if (plan.retrieval?.runsOn === 'kubernetes') applyStore(cluster, plan);
  return cluster;
}
