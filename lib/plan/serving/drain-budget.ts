import type { FleetPlan } from '#lib/plan/plan';

/**
 * One pod at a time, whatever the fleet has shrunk to: that never keeps a node from being drained. Of a group of pods the
 * first takes the whole group down, and its other pods, not ready, may follow. A replica that is always alone has no budget,
 * as nothing could stand in for it.
 */
export function drainBudget({ max }: FleetPlan['replicas']): Pick<FleetPlan, 'podsDrainedAtOnce'> {
  return max > 1 ? { podsDrainedAtOnce: 1 } : {};
}
