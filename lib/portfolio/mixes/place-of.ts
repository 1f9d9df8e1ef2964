import type { Member } from '#lib/portfolio/member';

/** Where a member's replicas stand: what another must take to share them, or at least their nodes. */
export interface Place {
  readonly offering: string;
  readonly model: string;
  readonly tensorParallel: number;
}

/** `null` where there are no replicas, or two fleets of them (prompts and answers), which stay where they are. */
export function placeOf({ plan, fleet }: Member): Place | null {
  const offering = fleet.nodes[0]?.offering.id;
  if (offering === undefined || plan.sizing === null || plan.sizing.prompts !== undefined) return null;
  return { offering, model: plan.model.id, tensorParallel: plan.sizing.parallelism.tensor };
}

export function samePlace(one: Place, other: Place): boolean {
  return (
    one.offering === other.offering &&
    one.model === other.model &&
    one.tensorParallel === other.tensorParallel
  );
}
