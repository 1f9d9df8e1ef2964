import type { KubernetesObject } from '#constructs/kubernetes/kubernetes-object';
import { labelsOf } from '#constructs/kubernetes/labels';
import { workloadKind, type FleetSlice } from '#constructs/kubernetes/model-server/fleet-slice';

/**
 * Scales on requests that wait; nothing where the number of replicas is fixed. The metrics adapter must serve the
 * engine's gauge with its colon as an underscore: `vllm_num_requests_waiting`.
 */
export function autoscalers(slice: FleetSlice): readonly KubernetesObject[] {
  const { replicas, launch, scaleAtWaiting, startupBudgetSeconds } = slice.serving;
  if (replicas.max <= replicas.min) return [];
  return [
    {
      apiVersion: 'autoscaling/v2',
      kind: 'HorizontalPodAutoscaler',
      metadata: {
        name: slice.name,
        namespace: slice.cluster.namespace,
        labels: labelsOf({ ...slice, component: 'inference' }),
      },
      spec: {
        scaleTargetRef: { ...workloadKind(slice), name: slice.name },
        minReplicas: replicas.min,
        maxReplicas: replicas.max,
        metrics: [
          {
            type: 'Pods',
            pods: {
              metric: { name: launch.waitingMetric.replaceAll(':', '_') },
              target: { type: 'AverageValue', averageValue: String(scaleAtWaiting) },
            },
          },
        ],
        behavior: {
          scaleUp: {
            stabilizationWindowSeconds: 0,
            selectPolicy: 'Max',
            policies: [
              { type: 'Pods', value: 1, periodSeconds: 60 },
              { type: 'Percent', value: 50, periodSeconds: 60 },
            ],
          },
          scaleDown: {
            // A replica that goes must not be wanted back before it could have started; the API allows an hour.
            stabilizationWindowSeconds: Math.min(3_600, Math.max(300, startupBudgetSeconds)),
            selectPolicy: 'Max',
            policies: [{ type: 'Pods', value: 1, periodSeconds: 300 }],
          },
        },
      },
    },
  ];
}
