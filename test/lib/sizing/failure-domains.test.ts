import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { groupAvailability } from '#lib/sizing/availability';
import {
  failureDomains,
  fleetAvailability,
  sparesInDomains,
  withoutNodes,
} from '#lib/sizing/failure-domains';

const FAILURES = { mtbfHours: 1999, mttrHours: 1, nodeShare: 0.32 };
const server = failureDomains(FAILURES, { nodesPerReplica: 1, replicasPerNode: 8 });

/** Every state of every node and replica, added up: 2^(nodes + replicas) of them. */
function enumerated(needed: number, held: readonly number[], nodeUp: number, replicaUp: number): number {
  let sum = 0;
  const replicas = held.flatMap((count, node) => Array.from({ length: count }, () => node));
  for (let nodes = 0; nodes < 2 ** held.length; nodes += 1) {
    for (let state = 0; state < 2 ** replicas.length; state += 1) {
      const up = replicas.filter((node, one) => (nodes >> node) & 1 && (state >> one) & 1).length;
      if (up < needed) continue;
      const ofNodes = held.reduce((p, _, node) => p * ((nodes >> node) & 1 ? nodeUp : 1 - nodeUp), 1);
      const ofReplicas = replicas.reduce(
        (p, _, one) => p * ((state >> one) & 1 ? replicaUp : 1 - replicaUp),
        1,
      );
      sum += ofNodes * ofReplicas;
    }
  }
  return sum;
}

describe('replicas that fall with their node', () => {
  it('split the time in which one is down between itself and its node', () => {
    expect(server.replicaUp).toBeCloseTo(1 - 0.68 * 0.0005, 12);
    expect(server.nodeUp).toBeCloseTo(1 - 0.32 * 0.0005, 12);
  });

  it('are no better than their one node, however many they are', () => {
    expect(groupAvailability(4, 8, 0.9995)).toBeGreaterThan(0.99999999);
    expect(fleetAvailability(4, 8, server)).toBeCloseTo(server.nodeUp, 9);
  });

  it('need a second node where one node alone misses what is asked', () => {
    expect(sparesInDomains(4, server, 0.9998)).toBe(1);
    // Nine are the fewest that stand on two nodes: five and four, of which four are left.
    expect(sparesInDomains(4, server, 0.9999)).toBe(5);
    const spares = sparesInDomains(6, server, 0.9999) ?? Number.NaN;
    expect(fleetAvailability(6, 6 + spares, server)).toBeGreaterThanOrEqual(0.9999);
    expect(6 + spares - Math.ceil((6 + spares) / 2)).toBeGreaterThanOrEqual(6);
  });

  it('are independent where each has a node of its own, or several', () => {
    for (const layout of [
      { nodesPerReplica: 1, replicasPerNode: 1 },
      { nodesPerReplica: 2, replicasPerNode: 0.5 },
    ]) {
      const domains = failureDomains(FAILURES, layout);
      expect(domains.nodeUp).toBe(1);
      expect(fleetAvailability(4, 5, domains)).toBe(groupAvailability(4, 5, domains.replicaUp));
    }
  });

  it('are up as often as all states of all parts add up to', () => {
    const chance = fc.double({ min: 0.5, max: 0.999, noNaN: true });
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 7 }),
        fc.integer({ min: 0, max: 7 }),
        fc.integer({ min: 2, max: 4 }),
        chance,
        chance,
        (total, needed, replicasPerNode, nodeUp, replicaUp) => {
          const nodes = Math.ceil(total / replicasPerNode);
          const held = Array.from({ length: nodes }, (_, node) => Math.floor((total + node) / nodes));
          const asked = Math.min(needed, total);
          expect(fleetAvailability(asked, total, { replicaUp, nodeUp, replicasPerNode })).toBeCloseTo(
            enumerated(asked, held, nodeUp, replicaUp),
            9,
          );
        },
      ),
      { seed: 11, numRuns: 100 },
    );
  });

  it('are never up for longer than without what nodes take down', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 300 }),
        fc.integer({ min: 0, max: 40 }),
        fc.constantFrom(2, 4, 8, 72),
        (needed, spares, perNode) => {
          const domains = failureDomains(FAILURES, { nodesPerReplica: 1, replicasPerNode: perNode });
          const without = fleetAvailability(needed, needed + spares, withoutNodes(domains));
          expect(fleetAvailability(needed, needed + spares, domains)).toBeLessThanOrEqual(without + 1e-12);
        },
      ),
      { seed: 12, numRuns: 200 },
    );
  });

  it('fill no fewer nodes for more load', () => {
    for (const perNode of [2, 4, 8]) {
      for (const asked of [0.99, 0.995, 0.999, 0.9999]) {
        const domains = failureDomains(FAILURES, { nodesPerReplica: 1, replicasPerNode: perNode });
        let before = 0;
        for (let needed = 1; needed <= 250; needed += 1) {
          const nodes = Math.ceil((needed + (sparesInDomains(needed, domains, asked) ?? 0)) / perNode);
          expect(nodes).toBeGreaterThanOrEqual(before);
          before = nodes;
        }
      }
    }
  });
});
