import type { NodeSize } from '#lib/catalog/node-sizes';
import type { PodDemand } from '#lib/cost/kubernetes/pod-demand';

export interface PodsToPack {
  readonly demand: PodDemand;
  readonly count: number;
}

/** Above this many pods nodes are counted by sums: to place each would take longer than it tells. */
const MOST_PLACED = 5000;

interface Room {
  cpus: number;
  memoryGib: number;
  accelerators: number;
  pods: number;
}

/**
 * Whole nodes of one size that pods take, each with the agents that stand on every node: the largest pods first, each on
 * the first node with room (first fit decreasing, which takes at most 11/9 of the fewest nodes; Dósa 2007).
 *
 * @returns `null` where a node cannot hold one of them
 */
export function nodesFor(
  pods: readonly PodsToPack[],
  agents: readonly PodDemand[],
  size: NodeSize,
): number | null {
  const empty: Room = {
    cpus: size.allocatableCpus,
    memoryGib: size.allocatableGib,
    accelerators: size.gpus ?? 0,
    pods: size.pods,
  };
  for (const agent of agents) take(empty, agent, 1);
  if (empty.cpus < 0 || empty.memoryGib < 0 || empty.accelerators < 0) return null;
  const running = pods.filter(({ count }) => count > 0);
  if (running.some(({ demand }) => !isHeldBy(size, demand) || room(empty, demand) < 1)) return null;
  const total = running.reduce((sum, { count }) => sum + count, 0);
  if (total > MOST_PLACED) return bySums(running, empty);
  const weight = ({ demand }: PodsToPack) =>
    Math.max(
      demand.cpus / size.vcpus,
      demand.memoryGib / size.memoryGib,
      demand.accelerators / (size.gpus || 1),
    );
  const nodes: Room[] = [];
  for (const each of running.toSorted((a, b) => weight(b) - weight(a))) {
    let left = each.count;
    for (const node of nodes) {
      if (left === 0) break;
      const placed = Math.min(left, room(node, each.demand));
      take(node, each.demand, placed);
      left -= placed;
    }
    while (left > 0) {
      const node = { ...empty };
      const placed = Math.min(left, room(node, each.demand));
      take(node, each.demand, placed);
      nodes.push(node);
      left -= placed;
    }
  }
  return nodes.length;
}

/** No fewer nodes than this hold the pods, however they are placed. */
export function leastNodes(pods: readonly PodsToPack[], size: NodeSize): number {
  const sum = (of: (demand: PodDemand) => number) =>
    pods.reduce((all, { demand, count }) => all + of(demand) * count, 0);
  const parts = [
    sum(({ cpus }) => cpus) / size.allocatableCpus,
    sum(({ memoryGib }) => memoryGib) / size.allocatableGib,
    sum(({ accelerators }) => accelerators) / (size.gpus || 1),
    sum(() => 1) / size.pods,
  ];
  return Math.ceil(Math.max(...parts) - 1e-9);
}

function isHeldBy({ maker }: NodeSize, demand: PodDemand): boolean {
  return demand.accelerators === 0 || demand.maker === maker;
}

/** Pods of one kind that still fit. */
function room(node: Room, { cpus, memoryGib, accelerators }: PodDemand): number {
  const parts = [
    node.pods,
    cpus > 0 ? node.cpus / cpus : Number.POSITIVE_INFINITY,
    memoryGib > 0 ? node.memoryGib / memoryGib : Number.POSITIVE_INFINITY,
    accelerators > 0 ? node.accelerators / accelerators : Number.POSITIVE_INFINITY,
  ];
  // Ten pods of a tenth must not be nine for the last bit of a division.
  return Math.max(0, Math.floor(Math.min(...parts) + 1e-9));
}

function take(node: Room, { cpus, memoryGib, accelerators }: PodDemand, count: number): void {
  node.cpus -= cpus * count;
  node.memoryGib -= memoryGib * count;
  node.accelerators -= accelerators * count;
  node.pods -= count;
}

function bySums(pods: readonly PodsToPack[], empty: Room): number {
  const nodes = pods.map(({ demand, count }) => count / room(empty, demand));
  return Math.ceil(nodes.reduce((sum, each) => sum + each, 0));
}
