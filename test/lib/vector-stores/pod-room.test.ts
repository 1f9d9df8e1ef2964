import { describe, expect, it } from 'vitest';
import { loadCatalog } from '#lib/catalog/load';
import { AGENTS, podRoom } from '#lib/vector-stores/pod-room';
import { CLUSTER_NODES } from '#lib/vector-stores/nodes';

/** Memory-heavy virtual machines of several generations: 8 GiB per vCPU. */
const MEMORY_HEAVY = [...loadCatalog().nodeSizes().values()].filter(
  ({ id, vcpus, memoryGib }) => /^r\d[ai]?\./.test(id) && vcpus >= 4 && memoryGib === 8 * vcpus,
);

/** What a node of EKS gives to pods, in GiB: 7.5 % are the machine's, 255 MiB + 11 MiB × pods the kubelet's. */
function allocatableGib(memoryGib: number, pods: number): number {
  return memoryGib * (1 - 0.075) - (255 + 11 * pods + 100) / 1024;
}

describe('the room of a pod', () => {
  it('is 3 vCPUs and 27 GiB of a node with 4 and 32', () => {
    expect(podRoom({ vcpus: 4, memoryGib: 32 })).toEqual({ vcpus: 3, memoryGib: 27 });
  });

  it.each(MEMORY_HEAVY)('leaves the agents of $id theirs of what EKS gives to pods', (size) => {
    const room = podRoom(size);
    expect(size.allocatableGib - room.memoryGib).toBeGreaterThan(AGENTS.memoryGib);
    expect(size.allocatableCpus - room.vcpus).toBeGreaterThan(AGENTS.vcpus);
  });

  it.each(MEMORY_HEAVY)('of $id rests on a list that follows the formula of EKS', (size) => {
    expect(size.allocatableCpus).toBeCloseTo(size.vcpus - 0.07 - 0.0025 * size.vcpus, 2);
    expect(size.allocatableGib).toBeCloseTo(allocatableGib(size.memoryGib, size.pods), 2);
  });

  it('holds the index that a store is sized for, below the tenth of it that Weaviate keeps from its heap', () => {
    for (const node of CLUSTER_NODES) {
      expect(node.memoryGib * node.indexShare).toBeLessThanOrEqual(0.9 * podRoom(node).memoryGib);
    }
  });
});
