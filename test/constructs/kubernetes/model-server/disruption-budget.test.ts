import { describe, expect, it } from 'vitest';
import { disruptionBudgets } from '#constructs/kubernetes/model-server/disruption-budget';
import { fleetSlices } from '#constructs/kubernetes/model-server/fleet-slice';
import { servingSlice, type ServingSlice } from '#constructs/kubernetes/serving-slice';
import { drainBudget } from '#lib/plan/serving/drain-budget';
import { servingSliceOf } from '../../../_support/serving-plan';
import { shapedPlan } from '../../../_support/shapes';

const budgetsOf = (slice: ServingSlice) => fleetSlices(slice).flatMap(disruptionBudgets);

describe('what drains may take away at once', () => {
  it.each([
    ['a fleet that stands', { min: 2, desired: 2, max: 2 }, 1],
    ['one that may shrink to a replica', { min: 1, desired: 2, max: 3 }, 1],
    ['one that may be off', { min: 0, desired: 1, max: 2 }, 1],
    ['a replica that is always alone', { min: 1, desired: 1, max: 1 }, undefined],
  ])('of %s', (_, replicas, pods) => {
    expect(drainBudget(replicas).podsDrainedAtOnce).toBe(pods);
  });

  it('is counted from the replicas of the time, and never keeps what is not ready', () => {
    const [budget, ...others] = budgetsOf(
      servingSliceOf('vllm', { replicas: { min: 1, desired: 1, max: 3 } }),
    );
    expect(others).toEqual([]);
    expect(budget?.['spec']).toMatchObject({ maxUnavailable: 1, unhealthyPodEvictionPolicy: 'AlwaysAllow' });
  });

  it('has no object without a limit', () => {
    const { podsDrainedAtOnce: _, ...serving } = servingSliceOf().serving;
    expect(budgetsOf({ ...servingSliceOf(), serving })).toEqual([]);
  });

  it('counts the workers of groups too, so that no second group is broken while one starts', () => {
    const [spec] = budgetsOf(servingSlice(shapedPlan('wide', 'colo-rack'))).map((budget) => budget['spec']);
    const { selector } = spec as { selector: { matchLabels: Record<string, string> } };
    expect(Object.keys(selector.matchLabels)).not.toContain('leaderworkerset.sigs.k8s.io/worker-index');
  });
});
