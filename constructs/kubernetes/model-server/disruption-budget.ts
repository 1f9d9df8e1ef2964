import type { KubernetesObject } from '#constructs/kubernetes/kubernetes-object';
import { labelsOf, selectorOf } from '#constructs/kubernetes/labels';
import type { FleetSlice } from '#constructs/kubernetes/model-server/fleet-slice';

/** With one replica a budget would block every drain of its node. */
export function disruptionBudgets(slice: FleetSlice): readonly KubernetesObject[] {
  if (slice.serving.replicas.min < 2) return [];
  return [
    {
      apiVersion: 'policy/v1',
      kind: 'PodDisruptionBudget',
      metadata: {
        name: slice.name,
        namespace: slice.cluster.namespace,
        labels: labelsOf({ ...slice, component: 'inference' }),
      },
      spec: {
        maxUnavailable: 1,
        selector: { matchLabels: selectorOf(slice) },
        // A pod that never became ready may always be evicted.
        unhealthyPodEvictionPolicy: 'AlwaysAllow',
      },
    },
  ];
}
