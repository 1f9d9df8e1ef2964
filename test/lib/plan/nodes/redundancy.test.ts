import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { redundancyOf } from '#lib/plan/nodes/redundancy';
import type { Placement } from '#lib/plan/nodes/place';
import type { ServingSizing } from '#lib/sizing/sizing';
import { awsPlan } from '../../../_support/aws-plan';

const { sizing } = awsPlan();
if (sizing === null) throw new Error('a plan with a sizing');

function redundancy(changes: Partial<ServingSizing>, replicasPerNode: number, nodes: number) {
  const placement = { replicasPerNode, nodes: { low: nodes, base: nodes, high: nodes } } as Placement;
  return redundancyOf({ ...(sizing as ServingSizing), nodesPerReplica: 1, ...changes }, placement);
}

describe('redundancy', () => {
  it('keeps three quarters of 1.4 times the peak with one of four replicas down, half with one of two nodes', () => {
    const { withoutOneReplica, withoutOneNode } = redundancy({ replicas: 4, headroom: 0.4 }, 2, 2);
    expect(withoutOneReplica).toBeCloseTo(1.4 * 0.75 - 1, 9);
    expect(withoutOneNode).toBeCloseTo(1.4 * 0.5 - 1, 9);
  });

  it('keeps nothing where all replicas stand on one node', () => {
    expect(redundancy({ replicas: 3, headroom: 2 }, 8, 1).withoutOneNode).toBe(-1);
  });

  it('loses one replica with any of the nodes that it spans', () => {
    const { withoutOneReplica, withoutOneNode } = redundancy(
      { replicas: 3, headroom: 0.2, nodesPerReplica: 2 },
      0,
      6,
    );
    expect(withoutOneNode).toBe(withoutOneReplica);
  });

  it('is never better with a node down than with a replica down, nor than with everything up', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 64 }),
        fc.double({ min: 0, max: 5, noNaN: true }),
        fc.integer({ min: 1, max: 8 }),
        (replicas, headroom, perNode) => {
          const nodes = Math.ceil(replicas / perNode);
          const found = redundancy({ replicas, headroom }, perNode, nodes);
          expect(found.withoutOneNode).toBeLessThanOrEqual(found.withoutOneReplica);
          expect(found.withoutOneReplica).toBeLessThan(headroom);
        },
      ),
    );
  });
});
