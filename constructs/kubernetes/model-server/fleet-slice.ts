import { MODEL_SERVER, PROMPT_SERVER } from '#constructs/kubernetes/model-server/names';
import type { ServingSlice } from '#constructs/kubernetes/serving-slice';
import { FLEET_LABEL, type FleetName } from '#lib/plan/serving/fleets';

/** One fleet of a model server: its workload, and what goes with it, are made from this alone. */
export interface FleetSlice extends ServingSlice {
  /** Of the workload and everything that belongs to it. */
  readonly name: string;
  /** Tells its pods from those of the other fleet; none where one fleet does both. */
  readonly fleetLabels: Readonly<Record<string, string>>;
}

/** The fleet that answers first; it keeps the name whether or not prompts have one of their own. */
export function fleetSlices(slice: ServingSlice): readonly FleetSlice[] {
  const { prompts } = slice.serving;
  const labelled = (fleet: FleetName) => ({ [FLEET_LABEL]: fleet });
  if (prompts === undefined) return [{ ...slice, name: MODEL_SERVER, fleetLabels: {} }];
  return [
    { ...slice, name: MODEL_SERVER, fleetLabels: labelled('answers') },
    {
      ...slice,
      serving: { ...slice.serving, ...prompts },
      name: PROMPT_SERVER,
      fleetLabels: labelled('prompts'),
    },
  ];
}

/** Label of the pods of a LeaderWorkerSet that lead their group. */
export const LEADER = { 'leaderworkerset.sigs.k8s.io/worker-index': '0' } as const;

/** True where a replica is several pods, one to a node. */
export function spansNodes({ serving }: FleetSlice): boolean {
  return serving.nodesPerReplica > 1;
}

/** What scales the replicas of a fleet. */
export function workloadKind(slice: FleetSlice): { readonly apiVersion: string; readonly kind: string } {
  return spansNodes(slice)
    ? { apiVersion: 'leaderworkerset.x-k8s.io/v1', kind: 'LeaderWorkerSet' }
    : { apiVersion: 'apps/v1', kind: 'Deployment' };
}
