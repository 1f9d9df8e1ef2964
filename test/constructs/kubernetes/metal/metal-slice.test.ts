import { describe, expect, it } from 'vitest';
import { hostNames, metalSlice } from '#constructs/kubernetes/metal/metal-slice';
import type { Plan } from '#lib/plan/plan';
import { plannedFor } from '../../../_support/planned';

const [planned] = plannedFor('colo');
const withNodes = (role: string, desired: number): Plan => {
  if (planned === undefined) throw new Error('nothing was planned');
  return {
    ...planned,
    nodePools: planned.nodePools.map((pool) =>
      pool.role === role ? { ...pool, nodes: { min: desired, desired, max: desired } } : pool,
    ),
  };
};

describe('metalSlice', () => {
  it('puts the control plane on three CPU hosts and makes workers of the rest', () => {
    const { groups } = metalSlice(withNodes('cpu', 5));
    expect(groups.map(({ id, hosts }) => [id, hosts]).slice(0, 2)).toEqual([
      ['control-plane', 3],
      ['cpu', 2],
    ]);
  });

  it('has no CPU workers where the control plane takes all CPU hosts', () => {
    expect(metalSlice(withNodes('cpu', 3)).groups.map(({ id }) => id)).toEqual(['control-plane', 'gpu']);
  });

  it('counts the GPU servers that the plan buys', () => {
    const slice = metalSlice(withNodes('gpu', 4));
    expect(slice.groups.filter(({ gpus }) => gpus).flatMap(hostNames)).toEqual([
      'gpu-0',
      'gpu-1',
      'gpu-2',
      'gpu-3',
    ]);
  });

  it('agrees with the facility on the number of servers', () => {
    const plan = withNodes('cpu', 3);
    const gpu = metalSlice(plan).groups.filter(({ gpus }) => gpus);
    expect(gpu.reduce((sum, { hosts }) => sum + hosts, 0)).toBe(plan.facility?.servers);
  });

  it('refuses a plan without servers of one’s own', () => {
    expect(() => metalSlice({ ...withNodes('cpu', 3), facility: null })).toThrow('NOT_SYNTHESIZABLE');
  });

  it('refuses fewer CPU hosts than a control plane needs', () => {
    expect(() => metalSlice(withNodes('cpu', 2))).toThrow(/got 2 CPU hosts.*NOT_SYNTHESIZABLE/);
  });
});
