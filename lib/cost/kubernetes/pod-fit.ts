import type { NodeSize } from '#lib/catalog/node-sizes';
import type { PodDemand } from '#lib/cost/kubernetes/pod-demand';

/** Part of a node that a pod keeps from others: the largest of its shares. */
export interface NodeShare {
  readonly nodeShare: number;
  readonly by: 'accelerators' | 'cpus' | 'memory' | null;
}

/** Whether a whole node could hold the pod; one whose size nobody knows may. */
export function canHold(size: NodeSize | null, { accelerators, maker, cpus, memoryGib }: PodDemand): boolean {
  if (size === null) return true;
  if (accelerators > 0 && ((size.gpus ?? 0) < accelerators || size.maker !== maker)) return false;
  return cpus <= size.vcpus && memoryGib <= size.memoryGib;
}

export function dominantShare(
  size: NodeSize | null,
  { accelerators, cpus, memoryGib }: PodDemand,
): NodeShare {
  if (size === null) return { nodeShare: 0, by: null };
  const gpus = size.gpus ?? 0;
  const shares = [
    ['accelerators', gpus > 0 ? accelerators / gpus : 0],
    ['cpus', cpus / size.vcpus],
    ['memory', memoryGib / size.memoryGib],
  ] as const;
  const [by, nodeShare] = shares.reduce((most, each) => (each[1] > most[1] ? each : most));
  return { nodeShare, by };
}
