import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nodesOfFleets, place } from '#lib/plan/nodes/place';
import type { ServingSizing } from '#lib/sizing/sizing';
import type { NodeOffering } from '#lib/targets/port/offering';
import { sizing } from '../../../_support/aws-plan';

const GPUS = 8;
const OFFERING = {
  gpus: GPUS,
  minimumNodes: 1,
  hourly: { state: 'priced', usd: { low: 1, base: 1, high: 1 } },
} as unknown as NodeOffering;

interface Fleet {
  readonly replicas: number;
  readonly gpusPerReplica: number;
}

const fleet = fc.record({
  replicas: fc.integer({ min: 1, max: 40 }),
  gpusPerReplica: fc.integer({ min: 1, max: GPUS }),
});

function nodes(answers: Fleet, prompts?: Fleet): number {
  const fleets = {
    ...sizing,
    ...answers,
    ...(prompts === undefined ? {} : { prompts: { ...prompts, nodesPerReplica: 1 } }),
  } as ServingSizing;
  return place(fleets, OFFERING).nodes.base;
}

/** The fewest nodes, by trying how many of the larger replicas stand on each kind of node. */
function fewest(one: Fleet, other: Fleet): number {
  for (let count = 1; ; count += 1) {
    const kinds = Array.from({ length: Math.floor(GPUS / one.gpusPerReplica) + 1 }, (_, ones) => ({
      ones,
      others: Math.floor((GPUS - ones * one.gpusPerReplica) / other.gpusPerReplica),
    }));
    let reached = new Map([[0, 0]]);
    for (let node = 0; node < count; node += 1) {
      const next = new Map<number, number>();
      for (const [ones, others] of reached)
        for (const kind of kinds) {
          const sum = Math.min(one.replicas, ones + kind.ones);
          next.set(sum, Math.max(next.get(sum) ?? 0, others + kind.others));
        }
      reached = next;
    }
    if ((reached.get(one.replicas) ?? -1) >= other.replicas) return count;
  }
}

describe('two fleets on nodes of one kind', () => {
  it('take as few as can hold them where sizes are powers of two', () => {
    const power = fc.record({
      replicas: fc.integer({ min: 1, max: 12 }),
      gpusPerReplica: fc.constantFrom(1, 2, 4, 8),
    });
    fc.assert(
      fc.property(power, power, (answers, prompts) => {
        expect(nodes(answers, prompts)).toBe(fewest(answers, prompts));
      }),
      { numRuns: 200 },
    );
  });

  it('never take more than apart, nor fewer than their GPUs', () => {
    fc.assert(
      fc.property(fleet, fleet, (answers, prompts) => {
        const together = nodes(answers, prompts);
        const gpus = answers.replicas * answers.gpusPerReplica + prompts.replicas * prompts.gpusPerReplica;
        expect(together).toBeLessThanOrEqual(nodes(answers) + nodes(prompts));
        expect(together).toBeGreaterThanOrEqual(Math.ceil(gpus / GPUS));
      }),
    );
  });
});

describe('any number of fleets on nodes of one kind', () => {
  const fleets = (gpusPerReplica: fc.Arbitrary<number>) =>
    fc.array(
      fc.record({
        replicas: fc.integer({ min: 1, max: 12 }),
        gpusPerReplica,
        nodesPerReplica: fc.constant(1),
      }),
      { minLength: 1, maxLength: 6 },
    );
  const gpusOf = (all: readonly Fleet[]) =>
    all.reduce((sum, { replicas, gpusPerReplica }) => sum + replicas * gpusPerReplica, 0);

  it('leave no room unused where sizes are powers of two', () => {
    fc.assert(
      fc.property(fleets(fc.constantFrom(1, 2, 4, 8)), (all) => {
        expect(nodesOfFleets(all, { gpus: GPUS })).toBe(Math.ceil(gpusOf(all) / GPUS));
      }),
      { numRuns: 200 },
    );
  });

  it('find room on every node that a larger one leaves it on', () => {
    // Two of three GPUs on each of two nodes leave two GPUs twice.
    const large = { replicas: 4, gpusPerReplica: 3, nodesPerReplica: 1 };
    const small = { replicas: 2, gpusPerReplica: 2, nodesPerReplica: 1 };
    expect(nodesOfFleets([small, large], { gpus: GPUS })).toBe(2);
  });

  it('never take more than apart, nor fewer than their GPUs', () => {
    fc.assert(
      fc.property(fleets(fc.integer({ min: 1, max: GPUS })), (all) => {
        const together = nodesOfFleets(all, { gpus: GPUS });
        const apart = all.reduce((sum, one) => sum + nodesOfFleets([one], { gpus: GPUS }), 0);
        expect(together).toBeLessThanOrEqual(apart);
        expect(together).toBeGreaterThanOrEqual(Math.ceil(gpusOf(all) / GPUS));
      }),
    );
  });
});
