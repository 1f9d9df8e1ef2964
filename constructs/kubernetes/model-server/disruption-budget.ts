import type { KubernetesObject } from '#constructs/kubernetes/kubernetes-object';
import { labelsOf, selectorOf } from '#constructs/kubernetes/labels';
import type { FleetSlice } from '#constructs/kubernetes/model-server/fleet-slice';

/** What drains of nodes may take away, as the plan says. `maxUnavailable` counts from the replicas that are asked for at the time. */
export function disruptionBudgets(slice: FleetSlice): readonly KubernetesObject[] {
  const { podsDrainedAtOnce } = slice.serving;
  if (podsDrainedAtOnce === undefined) return [];
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
        maxUnavailable: podsDrainedAtOnce,
        selector: { matchLabels: selectorOf(slice) },
        // A pod that is not ready may always be evicted: one that never starts, and the rest of a group that has lost one.
        unhealthyPodEvictionPolicy: 'AlwaysAllow',
      },
    },
  ];
}
