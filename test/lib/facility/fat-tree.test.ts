import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fatTree, leafPort, type FatTree } from '#lib/facility/fat-tree';

const demand = fc.record({
  hosts: fc.integer({ min: 2, max: 600 }),
  rails: fc.constantFrom(1, 2, 4, 8),
  planes: fc.constantFrom(1, 2),
  radix: fc.constantFrom(32, 64, 128),
});

function treeOf(asked: Parameters<typeof fatTree>[0]): FatTree {
  const tree = fatTree(asked);
  if (tree === null) throw new Error('beyond three tiers');
  return tree;
}

describe('the network between GPUs', () => {
  it('connects every port of every host to a port of its own, of a leaf that exists', () => {
    fc.assert(
      fc.property(demand, (asked) => {
        const tree = treeOf(asked);
        const taken = new Set<string>();
        for (let host = 0; host < asked.hosts; host += 1) {
          for (let rail = 0; rail < asked.rails; rail += 1) {
            for (let plane = 0; plane < asked.planes; plane += 1) {
              const { leaf, port } = leafPort(tree, host, rail, plane);
              expect(leaf).toBeLessThan(tree.leaves);
              expect(port).toBeLessThan(tree.tiers === 1 ? tree.radix : tree.radix / 2);
              taken.add(`${leaf}/${port}`);
            }
          }
        }
        expect(taken.size).toBe(tree.hostLinks);
      }),
      { numRuns: 40 },
    );
  });

  it('is not oversubscribed: a leaf has as many ports up as down, and no switch more than it has', () => {
    fc.assert(
      fc.property(demand, (asked) => {
        const tree = treeOf(asked);
        fc.pre(tree.tiers >= 2);
        const { leaves, spines, cores, leafSpineLinks, spineCoreLinks, radix, hostLinks } = tree;
        expect(leafSpineLinks).toBeGreaterThanOrEqual(hostLinks);
        expect(leafSpineLinks + spineCoreLinks).toBeLessThanOrEqual(spines * radix);
        expect(spineCoreLinks).toBeLessThanOrEqual(cores * radix);
        expect((leaves * radix) / 2).toBe(leafSpineLinks);
      }),
    );
  });

  it('never has fewer switches or links for more hosts', () => {
    fc.assert(
      fc.property(demand, fc.integer({ min: 1, max: 300 }), (asked, more) => {
        const [few, many] = [treeOf(asked), treeOf({ ...asked, hosts: asked.hosts + more })];
        expect(many.switches).toBeGreaterThanOrEqual(few.switches);
        expect(many.hostLinks).toBeGreaterThan(few.hostLinks);
        expect(many.leafSpineLinks).toBeGreaterThanOrEqual(few.leafSpineLinks);
      }),
    );
  });

  it('keeps the rails of a host on leaves of their own', () => {
    const tree = treeOf({ hosts: 64, rails: 8, planes: 1, radix: 64 });
    const leaves = new Set(Array.from({ length: 8 }, (_, rail) => leafPort(tree, 40, rail, 0).leaf));
    expect(leaves.size).toBe(8);
  });

  it('is nothing for one host, and one switch where that has ports enough', () => {
    expect(treeOf({ hosts: 1, rails: 8, planes: 1, radix: 64 })).toMatchObject({ tiers: 0, switches: 0 });
    expect(treeOf({ hosts: 8, rails: 8, planes: 1, radix: 64 })).toMatchObject({ tiers: 1, switches: 1 });
    expect(treeOf({ hosts: 9, rails: 8, planes: 1, radix: 64 })).toMatchObject({ tiers: 2, switches: 12 });
  });

  it('is absent beyond what three tiers can join: 64³ ÷ 4 ports', () => {
    expect(fatTree({ hosts: 8_192, rails: 8, planes: 1, radix: 64 })?.tiers).toBe(3);
    expect(fatTree({ hosts: 8_193, rails: 8, planes: 1, radix: 64 })).toBeNull();
  });
});
