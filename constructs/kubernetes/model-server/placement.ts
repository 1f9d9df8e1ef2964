import { selectorOf } from '#constructs/kubernetes/labels';
import { LEADER, spansNodes, type FleetSlice } from '#constructs/kubernetes/model-server/fleet-slice';

/** Who shares what a replica of several pods computes: LeaderWorkerSet gives it to the pods of one group. */
const GROUP_KEY = 'leaderworkerset.sigs.k8s.io/group-key';
const ZONE = 'topology.kubernetes.io/zone';
const HOST = 'kubernetes.io/hostname';

/** On the planned nodes: replicas spread as far as these allow, the pods of one replica together. */
export function placement(slice: FleetSlice): object {
  const { productLabel } = slice.nodePool;
  return {
    ...(productLabel === null ? {} : { nodeSelector: { 'nvidia.com/gpu.product': productLabel } }),
    // What needs no GPU must not take the processors of those that do.
    ...(slice.serving.gpusPerReplica === 0
      ? {}
      : { tolerations: [{ key: 'nvidia.com/gpu', operator: 'Exists', effect: 'NoSchedule' }] }),
    ...(spansNodes(slice)
      ? group(slice)
      : { topologySpreadConstraints: [spread(slice, HOST), spread(slice, ZONE)] }),
  };
}

function group(slice: FleetSlice): object {
  const joinedLabel = slice.serving.hostLinks?.joinedLabel ?? null;
  const together = (topologyKey: string) => ({
    topologyKey,
    labelSelector: { matchLabels: selectorOf(slice) },
    matchLabelKeys: [GROUP_KEY],
  });
  if (joinedLabel !== null) {
    return {
      affinity: { podAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [together(joinedLabel)] } },
      // Leaders over racks evenly, so that each finds hosts for its workers beside it.
      topologySpreadConstraints: [spread(slice, HOST), spread(slice, joinedLabel, LEADER)],
    };
  }
  return {
    // Every step of a replica crosses its nodes. Not required: nodes of one's own may have no zone. LeaderWorkerSet's
    // exclusive topology would leave a zone to a single replica.
    affinity: {
      podAffinity: {
        preferredDuringSchedulingIgnoredDuringExecution: [{ weight: 100, podAffinityTerm: together(ZONE) }],
      },
    },
    topologySpreadConstraints: [spread(slice, HOST)],
  };
}

function spread(
  slice: FleetSlice,
  topologyKey: string,
  among: Readonly<Record<string, string>> = {},
): object {
  return {
    maxSkew: 1,
    topologyKey,
    whenUnsatisfiable: 'ScheduleAnyway',
    labelSelector: { matchLabels: { ...selectorOf(slice), ...among } },
  };
}
