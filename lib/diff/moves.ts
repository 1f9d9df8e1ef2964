import type { Plan } from '#lib/plan/plan';

/** A part of the place of a plan's resources that the other plan does not share. */
export interface Move {
  /** Path in the plan. */
  readonly at: string;
  readonly before: string;
  readonly after: string;
  /** Machines and volumes are others too; else only what describes them is named anew. */
  readonly isElsewhere: boolean;
}

/**
 * What moves everything from one plan to the other. Stacks are named by environment and option and stand in one region of
 * one target: where any of it differs, what is deployed next is other resources. What a cluster holds stays behind with it,
 * but for leased servers: their cluster is no part of the stacks.
 */
export function movesOf(from: Plan, to: Plan): Move[] {
  if (from.target !== to.target) {
    return [{ at: 'target', before: from.target, after: to.target, isElsewhere: true }];
  }
  const makesCluster = from.network.region !== null || from.facility !== null;
  const places: [string, string | null, string | null, boolean][] = [
    ['network.region', from.network.region, to.network.region, true],
    ['environment', from.environment, to.environment, makesCluster],
    ['option', from.option, to.option, makesCluster],
  ];
  return places.flatMap(([at, before, after, isElsewhere]) =>
    before === after ? [] : [{ at, before: before ?? 'none', after: after ?? 'none', isElsewhere }],
  );
}
