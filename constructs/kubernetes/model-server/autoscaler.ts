import type { KubernetesObject } from '#constructs/kubernetes/kubernetes-object';
import { labelsOf } from '#constructs/kubernetes/labels';
import { workloadKind, type FleetSlice } from '#constructs/kubernetes/model-server/fleet-slice';
import { timetable } from '#constructs/kubernetes/model-server/timetable';

/** The API allows an hour; less than five minutes would chase every burst. */
const STABILISATION_SECONDS = { least: 300, most: 3_600 } as const;

/**
 * Scales by the plan's schedule where it has one, else on requests that wait; nothing where the number of replicas is
 * fixed. The metrics adapter must serve the engine's gauge with its colon as an underscore: `vllm_num_requests_waiting`.
 */
export function autoscalers(slice: FleetSlice): readonly KubernetesObject[] {
  const { replicas, launch, scaleAtWaiting, startupBudgetSeconds } = slice.serving;
  const { scaling } = slice;
  if (replicas.max <= replicas.min) return [];
  if (scaling !== undefined && scaling.schedule !== null) return [timetable(slice, scaling.schedule)];
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
            // A replica that goes must not be wanted back before it could have started.
            stabilizationWindowSeconds: Math.min(
              STABILISATION_SECONDS.most,
              scaling?.cooldownSeconds ?? Math.max(STABILISATION_SECONDS.least, startupBudgetSeconds),
            ),
            selectPolicy: 'Max',
            policies:
              scaling === undefined
                ? [{ type: 'Pods', value: 1, periodSeconds: 300 }]
                : // After the cooldown an idle replica costs as much as a busy one.
                  [{ type: 'Percent', value: 100, periodSeconds: 60 }],
          },
        },
      },
    },
  ];
}
