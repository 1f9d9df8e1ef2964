import { committedBase, type CommitmentQuestion } from '#lib/plan/nodes/commitment';
import { nodesOfFleets } from '#lib/plan/nodes/place';
import type { Member } from '#lib/portfolio/member';
import { rememberedLists } from '#lib/portfolio/fleets/remembered-lists';
import type { ReplicaGroup } from '#lib/portfolio/fleets/replica-groups';
import { keptTogether, sharedHours } from '#lib/portfolio/fleets/shared-hours';
import type { Scaling } from '#lib/spec/schema/scaling';
import { flatCurve } from '#lib/targets/port/node-curve';
import type { Site } from '#lib/targets/port/site';
import type { PlacedFleet } from '#lib/targets/target';

/** What an option must say for its members' fleets to be merged. */
export type SharingOption = CommitmentQuestion & { readonly site: Site; readonly scaling: Scaling };

type PlacedNodes = PlacedFleet['nodes'][number];

/** Nodes of one kind and the groups of replicas that stand on them. */
export interface NodePool {
  readonly groups: readonly ReplicaGroup[];
  readonly nodes: PlacedNodes;
}

/** Groups on the same kind of node stand on the same nodes where a cluster schedules them, else each on its own. */
export function poolsOf(groups: readonly ReplicaGroup[], option: SharingOption): NodePool[] {
  return groupedByNodes(groups, option).map((own) => poolOf(own, option));
}

/** The same for many sets of groups, which have few different pools: each is made once. */
export function rememberedPools(option: SharingOption): (groups: readonly ReplicaGroup[]) => NodePool[] {
  const pool = rememberedLists((own: readonly ReplicaGroup[]) => poolOf(own, option));
  return (groups) => groupedByNodes(groups, option).map(pool);
}

function groupedByNodes(
  groups: readonly ReplicaGroup[],
  { site }: SharingOption,
): (readonly ReplicaGroup[])[] {
  return site.kubernetesVersion === null ? groups.map((group) => [group]) : byKindOfNode(groups);
}

function poolOf(groups: readonly ReplicaGroup[], option: SharingOption): NodePool {
  return { groups, nodes: withCommitment(nodesOf(groups, option), option) };
}

/** What stands around the models has its nodes to itself, and shares none. */
export function nodesBeside(members: readonly Member[]): PlacedNodes[] {
  return members.flatMap(({ fleet }) => fleet.nodes.slice(1));
}

function byKindOfNode(groups: readonly ReplicaGroup[]): ReplicaGroup[][] {
  if (groups.length === 1) return [[...groups]];
  const byKind = new Map<string, ReplicaGroup[]>();
  for (const group of groups) {
    const key = `${group.offering.id} ${partsPerGpu(group)}`;
    const own = byKind.get(key);
    if (own === undefined) byKind.set(key, [group]);
    else own.push(group);
  }
  return [...byKind.values()];
}

/** The base load under the option's commitment, decided anew for what the members need together. */
function withCommitment(nodes: PlacedNodes, question: CommitmentQuestion): PlacedNodes {
  const curve = nodes.standing?.base ?? flatCurve(nodes.count);
  const committed = committedBase(question, nodes.offering, curve);
  return committed === null ? nodes : { ...nodes, committed: committed.nodes };
}

function nodesOf(groups: readonly ReplicaGroup[], { scaling }: SharingOption): PlacedNodes {
  const offering = groups[0]?.offering;
  if (offering === undefined) throw new Error('nodes of no replicas');
  const nodesFor = nodeCounter(groups);
  const { most, sum } = nodesAlone(groups);
  const at = (end: 'low' | 'base' | 'high') => nodesFor((index) => groups[index]?.replicas[end] ?? 0);
  // They could stay apart, and what one needs alone it needs beside others too.
  const count = Math.min(sum, Math.max(most, at('base')));
  const curve = sharedHours(groups, { count, nodesFor, kept: keptTogether(scaling) });
  return {
    offering,
    count,
    low: Math.min(count, at('low')),
    high: Math.max(count, at('high')),
    ...(curve === null ? {} : { standing: { low: curve, base: curve, high: curve } }),
  };
}

/** Counts nodes for so many replicas of each group; each member's prompts and readers keep replicas of their own. */
export function nodeCounter(
  groups: readonly ReplicaGroup[],
): (replicasOf: (group: number) => number) => number {
  const served = groups.map(({ sizing }) => sizing);
  const besides = groups
    .flatMap(({ members }) =>
      members.flatMap((member) => [
        ...promptsOf(member),
        { replicas: readerGpus(member), gpusPerReplica: 1, nodesPerReplica: 1 },
      ]),
    )
    .filter(({ replicas }) => replicas > 0);
  const least = groups[0]?.offering.minimumNodes ?? 0;
  const node = { gpus: partsPerNode(groups) };
  return (replicasOf) => {
    const fleets = served.map(({ gpusPerReplica, nodesPerReplica }, index) => ({
      gpusPerReplica,
      nodesPerReplica,
      replicas: replicasOf(index),
    }));
    return Math.max(least, nodesOfFleets(besides.length === 0 ? fleets : [...fleets, ...besides], node));
  };
}

function promptsOf({ plan }: Member) {
  return plan.sizing?.prompts === undefined ? [] : [plan.sizing.prompts];
}

/** GPUs, or the parts they are cut into, that a member's embedding model and reranker take on the nodes of its model. */
export function readerGpus({ plan }: Member): number {
  const readers = [plan.retrieval?.embedding, plan.retrieval?.reranker];
  return readers.reduce((sum, reader) => {
    const fleet = reader?.fleet;
    if (fleet === null || fleet === undefined || fleet.nodePool !== plan.serving?.nodePool) return sum;
    return sum + fleet.replicas * fleet.gpusPerReplica;
  }, 0);
}

/** Nodes of each member alone: of the largest, and of all if every one had its own. */
function nodesAlone(groups: readonly ReplicaGroup[]): { readonly most: number; readonly sum: number } {
  let [most, sum] = [0, 0];
  for (const { members } of groups) {
    for (const { fleet } of members) {
      const own = fleet.nodes[0]?.count ?? 0;
      most = Math.max(most, own);
      sum += own;
    }
  }
  return { most, sum };
}

/** What replicas are placed by: the GPUs of a node, or the parts that they are cut into. */
function partsPerNode(groups: readonly ReplicaGroup[]): number {
  return (groups[0]?.offering.gpus ?? 0) * Math.max(...groups.map(partsPerGpu));
}

/** Parts that each accelerator of the members' nodes is cut into; a replica's GPUs are then parts. */
export function partsPerGpu({ members }: Pick<ReplicaGroup, 'members'>): number {
  return members[0]?.plan.nodePools.find(({ role }) => role === 'gpu')?.slices?.perAccelerator ?? 1;
}
