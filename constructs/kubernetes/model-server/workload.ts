import type { KubernetesObject } from '#constructs/kubernetes/kubernetes-object';
import { labelsOf, selectorOf } from '#constructs/kubernetes/labels';
import { spansNodes, workloadKind, type FleetSlice } from '#constructs/kubernetes/model-server/fleet-slice';
import { modelServerPod } from '#constructs/kubernetes/model-server/pod';
import type { WeightsVolume } from '#constructs/kubernetes/model-server/weights';

/** GPUs for one more replica are seldom free. */
const ROLLING = { maxSurge: 0, maxUnavailable: 1 } as const;

/** What keeps the replicas of a fleet running. Without `replicas` an autoscaler owns their number. */
export function workload(slice: FleetSlice, weights: WeightsVolume): KubernetesObject {
  const { replicas } = slice.serving;
  const autoscaled = replicas.max > replicas.min;
  return {
    ...workloadKind(slice),
    metadata: {
      name: slice.name,
      namespace: slice.cluster.namespace,
      labels: { ...labelsOf({ ...slice, component: 'inference' }), ...slice.fleetLabels },
    },
    spec: {
      ...(autoscaled ? {} : { replicas: replicas.desired }),
      ...(spansNodes(slice) ? groupsOfPods(slice, weights) : singlePods(slice, weights)),
    },
  };
}

function singlePods(slice: FleetSlice, weights: WeightsVolume): object {
  return {
    selector: { matchLabels: selectorOf(slice) },
    strategy: { type: 'RollingUpdate', rollingUpdate: ROLLING },
    minReadySeconds: 10,
    revisionHistoryLimit: 3,
    // The image, some 10 GB, is pulled before the startup budget begins.
    progressDeadlineSeconds: slice.serving.startupBudgetSeconds + 900,
    template: modelServerPod(slice, weights),
  };
}

/** A leader and its workers stand and fall together. They meet while they start: the leader waits for its workers. */
function groupsOfPods(slice: FleetSlice, weights: WeightsVolume): object {
  return {
    startupPolicy: 'LeaderCreated',
    rolloutStrategy: { type: 'RollingUpdate', rollingUpdateConfiguration: ROLLING },
    leaderWorkerTemplate: {
      size: slice.serving.nodesPerReplica,
      restartPolicy: 'RecreateGroupOnPodRestart',
      leaderTemplate: modelServerPod(slice, weights, 'leader'),
      workerTemplate: modelServerPod(slice, weights, 'worker'),
    },
  };
}
