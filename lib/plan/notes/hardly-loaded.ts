import type { ScalingPlan } from '#lib/plan/plan';
import type { ServingSizing } from '#lib/sizing/sizing';

/** Below this share of a replica at the peak a load is as good as none. */
const AS_GOOD_AS_NONE = 0.01;

/** True of what the peak takes of the replicas that stand for it. */
export function isHardlyLoaded(shareOfReplica: number): boolean {
  return shareOfReplica < AS_GOOD_AS_NONE;
}

/**
 * A fleet without load keeps what its availability takes, one replica at least: who describes a scenario wants it served.
 * That is said, since nobody would expect the bill of nothing. Nodes that go when nobody asks need no such word.
 */
export function hardlyLoadedNotes(
  { replicas, headroom }: Pick<ServingSizing, 'replicas' | 'headroom'>,
  scaling: ScalingPlan | undefined,
): string[] {
  if (scaling !== undefined || !isHardlyLoaded(replicas / (1 + headroom))) return [];
  return [
    `the peak takes less than 1 % of a replica, and ${replicas === 1 ? 'one stands' : `${replicas} stand`} all month to be there when somebody asks: what is paid by use costs next to nothing at such a load`,
  ];
}
