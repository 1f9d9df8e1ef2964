import { committedBase, type CommitmentQuestion } from '#lib/plan/commitment';
import { nodesOfFleets } from '#lib/plan/place';
import type { Member } from '#lib/portfolio/member';
import type { ReplicaGroup } from '#lib/portfolio/replica-groups';
import { sharedHours } from '#lib/portfolio/shared-hours';
import { flatCurve } from '#lib/targets/node-curve';
import type { Site } from '#lib/targets/site';
import type { PlacedFleet } from '#lib/targets/target';

/** What an option must say for its members' fleets to be merged. */
export type SharingOption = CommitmentQuestion & { readonly site: Site };

type PlacedNodes = PlacedFleet['nodes'][number];

/** Nodes of one kind and the groups of replicas that stand on them. */
export interface NodePool {
  readonly groups: readonly ReplicaGroup[];
  readonly nodes: PlacedNodes;
}

/** Groups on the same kind of node stand on the same nodes where a cluster schedules them, else each on its own. */
export function poolsOf(groups: readonly ReplicaGroup[], option: SharingOption): NodePool[] {
  const together =
    option.site.kubernetesVersion === null ? groups.map((group) => [group]) : byKindOfNode(groups);
  return together.map((own) => ({ groups: own, nodes: withCommitment(nodesOf(own), option) }));
}

/** What stands around the models has its nodes to itself, and shares none. */
export function nodesBeside(members: readonly Member[]): PlacedNodes[] {
  return members.flatMap(({ fleet }) => fleet.nodes.slice(1));
}

function byKindOfNode(groups: readonly ReplicaGroup[]): ReplicaGroup[][] {
  const byKind = new Map<string, ReplicaGroup[]>();
  for (const group of groups) {
    const key = `${group.offering.id} ${partsPerGpu(group)}`;
    byKind.set(key, [...(byKind.get(key) ?? []), group]);
  }
  return [...byKind.values()];
}

/** The base load under the option's commitment, decided anew for what the members need together. */
function withCommitment(nodes: PlacedNodes, question: CommitmentQuestion): PlacedNodes {
  const curve = nodes.standing?.base ?? flatCurve(nodes.count);
  const committed = committedBase(question, nodes.offering, curve);
  return committed === null ? nodes : { ...nodes, committed: committed.nodes };
}

function nodesOf(groups: readonly ReplicaGroup[]): PlacedNodes {
  const offering = groups[0]?.offering;
  if (offering === undefined) throw new Error('nodes of no replicas');
  const at = (end: 'low' | 'base' | 'high') => nodesFor(groups, ({ replicas }) => replicas[end]);
  const count = Math.min(at('base'), nodesApart(groups));
  const curve = sharedHours(groups, { count, gpusPerNode: partsPerNode(groups) });
  return {
    offering,
    count,
    low: Math.min(count, at('low')),
    high: Math.max(count, at('high')),
    ...(curve === null ? {} : { standing: { low: curve, base: curve, high: curve } }),
  };
}

/** Nodes for so many replicas of each group; the prompts of each member keep replicas of their own. */
export function nodesFor(
  groups: readonly ReplicaGroup[],
  replicasOf: (group: ReplicaGroup) => number,
): number {
  const fleets = groups.flatMap((group) => [
    { ...group.sizing, replicas: replicasOf(group) },
    ...group.members.flatMap(({ plan }) => plan.sizing?.prompts ?? []),
  ]);
  const least = groups[0]?.offering.minimumNodes ?? 0;
  return Math.max(least, nodesOfFleets(fleets, { gpus: partsPerNode(groups) }));
}

/** Nodes if every member had its own. They could stay apart on them, so together they never take more. */
function nodesApart(groups: readonly ReplicaGroup[]): number {
  return groups
    .flatMap(({ members }) => members)
    .reduce((sum, { fleet }) => sum + (fleet.nodes[0]?.count ?? 0), 0);
}

/** What replicas are placed by: the GPUs of a node, or the parts that they are cut into. */
function partsPerNode(groups: readonly ReplicaGroup[]): number {
  return (groups[0]?.offering.gpus ?? 0) * Math.max(...groups.map(partsPerGpu));
}

/** Parts that each accelerator of the group's nodes is cut into; a replica's GPUs are then parts. */
export function partsPerGpu({ members }: ReplicaGroup): number {
  return members[0]?.plan.nodePools.find(({ role }) => role === 'gpu')?.slices?.perAccelerator ?? 1;
}
