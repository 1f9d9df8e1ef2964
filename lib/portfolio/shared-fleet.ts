import type { PriceBook } from '#lib/catalog/prices';
import { committedBase, type CommitmentQuestion } from '#lib/plan/commitment';
import { fleetKey, type Member } from '#lib/portfolio/member';
import { sharedHours } from '#lib/portfolio/shared-hours';
import { flatCurve } from '#lib/targets/node-curve';
import { summed } from '#lib/plan/week';
import { replicaAvailability, sparesFor } from '#lib/sizing/availability';
import type { ServingSizing } from '#lib/sizing/sizing';
import type { NodeOffering } from '#lib/targets/offering';
import type { Site } from '#lib/targets/site';
import type { PlacedFleet } from '#lib/targets/target';

/** Replicas that several scenarios use together. */
export interface ReplicaGroup {
  readonly key: string;
  readonly members: readonly Member[];
  readonly offering: NodeOffering;
  readonly sizing: ServingSizing;
  /** Sum of the members' needs by kind of hour. */
  readonly needs: readonly number[];
  readonly spares: number;
  readonly replicas: { readonly low: number; readonly base: number; readonly high: number };
}

/** A quotient that is whole but for rounding must not cost one more replica: as in the sizing. */
const ROUNDING = 1e-9;

/** The replicas of an option's members: one group for each model that is served alike. */
export function replicaGroups(members: readonly Member[], prices: PriceBook): ReplicaGroup[] {
  return groupsOf(members, fleetKey, (key, own) => groupOf(key, own, prices));
}

/** The same for many sets of the same members, which have few different groups: each is made once. */
export function rememberedGroups(prices: PriceBook): (members: readonly Member[]) => ReplicaGroup[] {
  const keys = new Map<Member, string | null>();
  const known = new Map<string, ReplicaGroup[]>();
  const keyOf = (member: Member) => {
    const found = keys.get(member);
    if (found !== undefined) return found;
    const key = fleetKey(member);
    keys.set(member, key);
    return key;
  };
  return (members) =>
    groupsOf(members, keyOf, (key, own) => {
      const name = `${key} ${own.map(({ scenarioId }) => scenarioId).join(' ')}`;
      const groups = known.get(name) ?? groupOf(key, own, prices);
      known.set(name, groups);
      return groups;
    });
}

function groupsOf(
  members: readonly Member[],
  keyOf: (member: Member) => string | null,
  make: (key: string, own: readonly Member[]) => ReplicaGroup[],
): ReplicaGroup[] {
  const byKey = new Map<string, Member[]>();
  for (const member of members) {
    const key = keyOf(member);
    if (key === null) continue;
    const own = byKey.get(key);
    if (own === undefined) byKey.set(key, [member]);
    else own.push(member);
  }
  return [...byKey].flatMap(([key, own]) => make(key, own));
}

function groupOf(key: string, members: readonly Member[], prices: PriceBook): ReplicaGroup[] {
  const sizing = members[0]?.plan.sizing ?? null;
  const offering = members[0]?.fleet.nodes[0]?.offering;
  if (sizing === null || offering === undefined) return [];
  const needs =
    members.length === 1 ? (members[0]?.needs ?? []) : summed(members.map((member) => member.needs));
  const most = Math.max(...needs);
  const forLoad = Math.max(1, Math.ceil(most - ROUNDING));
  // What the sizing adds beyond the load, so that waiting requests meet the objectives; no more for a larger fleet.
  const forWaiting = Math.max(
    0,
    ...members.map(
      ({ plan, needs: own }) =>
        (plan.sizing?.replicasForLoad ?? 0) - Math.max(1, Math.ceil(Math.max(...own) - ROUNDING)),
    ),
  );
  const needed = forLoad + forWaiting;
  const each = replicaAvailability(
    prices.assumption('replica.mtbf-hours').base / sizing.nodesPerReplica,
    prices.assumption('replica.mttr-hours').base,
  );
  const asked = Math.max(...members.map(({ scenario }) => scenario.objectives.availability));
  const spares = sparesFor(needed, each, asked) ?? sizing.spares;
  const { low, base, high } = sizing.tokensPerSecondPerReplica;
  const at = (throughput: number) =>
    Math.max(1, Math.ceil((most * base) / throughput - ROUNDING)) + forWaiting + spares;
  return [
    {
      key,
      members,
      offering,
      sizing,
      needs,
      spares,
      replicas: {
        low: Math.min(needed + spares, at(high)),
        base: needed + spares,
        high: Math.max(needed + spares, at(low)),
      },
    },
  ];
}

/**
 * The fleet that an option needs for its members together: replicas shared where they can be, nodes shared where a
 * cluster schedules them, system hosts once, the stores of all.
 */
export function mergedFleet(
  members: readonly Member[],
  groups: readonly ReplicaGroup[],
  option: CommitmentQuestion & { readonly site: Site },
): PlacedFleet | null {
  const { site } = option;
  const [first] = members;
  if (first === undefined) return null;
  if (members.length === 1) return first.fleet;
  const placed =
    site.kubernetesVersion === null ? groups.map((group) => ownNodes([group])) : clusterNodes(groups);
  // What stands around the models has its nodes to itself, and shares none.
  const beside = members.flatMap(({ fleet }) => fleet.nodes.slice(1));
  const nodes = [...placed.map((each) => withCommitment(each, option)), ...beside];
  const total = (pick: (fleet: PlacedFleet) => number) =>
    members.reduce((sum, { fleet }) => sum + pick(fleet), 0);
  const most = (pick: (fleet: PlacedFleet) => number) => Math.max(...members.map(({ fleet }) => pick(fleet)));
  return {
    nodes,
    cpuNodes: cpuNodes(members, site),
    gpus: nodes.reduce((sum, { offering, count }) => sum + count * offering.gpus, 0),
    availabilityZones: most(({ availabilityZones }) => availabilityZones),
    rootDiskGib: {
      gpu: most(({ rootDiskGib }) => rootDiskGib.gpu),
      cpu: most(({ rootDiskGib }) => rootDiskGib.cpu),
    },
    weightsGib: groups.reduce((sum, { sizing, replicas }) => sum + sizing.weightsGib * replicas.base, 0),
    tokens: {
      inputPerMonth: total(({ tokens }) => tokens.inputPerMonth),
      cachedInputPerMonth: total(({ tokens }) => tokens.cachedInputPerMonth),
      outputPerMonth: total(({ tokens }) => tokens.outputPerMonth),
      requestsPerMonth: total(({ tokens }) => tokens.requestsPerMonth),
      egressGbPerMonth: total(({ tokens }) => tokens.egressGbPerMonth),
    },
    token: first.fleet.token,
    retrieves: members.some(({ fleet }) => fleet.retrieves === true),
    corpusGb: total(({ corpusGb = 0 }) => corpusGb),
    adaptersGb: total(({ adaptersGb = 0 }) => adaptersGb),
  };
}

/** The base load under the option's commitment, decided anew for what the members need together. */
function withCommitment(
  nodes: PlacedFleet['nodes'][number],
  question: CommitmentQuestion,
): PlacedFleet['nodes'][number] {
  const curve = nodes.standing?.base ?? flatCurve(nodes.count);
  const committed = committedBase(question, nodes.offering, curve);
  return committed === null ? nodes : { ...nodes, committed: committed.nodes };
}

/** Groups on the same kind of node stand on the same nodes. */
function clusterNodes(groups: readonly ReplicaGroup[]): PlacedFleet['nodes'] {
  const byOffering = new Map<string, ReplicaGroup[]>();
  for (const group of groups) {
    const key = `${group.offering.id} ${partsPerGpu(group)}`;
    byOffering.set(key, [...(byOffering.get(key) ?? []), group]);
  }
  return [...byOffering.values()].map(ownNodes);
}

function ownNodes(groups: readonly ReplicaGroup[]): PlacedFleet['nodes'][number] {
  const offering = groups[0]?.offering;
  if (offering === undefined) throw new Error('nodes of no replicas');
  const at = (end: 'low' | 'base' | 'high') => nodesFor(groups, end, offering);
  const count = at('base');
  const gpusPerNode = offering.gpus * Math.max(...groups.map(partsPerGpu));
  const curve = sharedHours(groups, { count, gpusPerNode });
  return {
    offering,
    count,
    low: Math.min(count, at('low')),
    high: Math.max(count, at('high')),
    ...(curve === null ? {} : { standing: { low: curve, base: curve, high: curve } }),
  };
}

/** Replicas packed onto nodes, the largest first, each where it still fits; those larger than a node take whole ones. */
function nodesFor(
  groups: readonly ReplicaGroup[],
  end: 'low' | 'base' | 'high',
  offering: NodeOffering,
): number {
  const parts = offering.gpus * Math.max(...groups.map(partsPerGpu));
  let whole = 0;
  const free: number[] = [];
  for (const { sizing, replicas } of groups.toSorted(
    (a, b) => b.sizing.gpusPerReplica - a.sizing.gpusPerReplica,
  )) {
    const count = replicas[end];
    if (sizing.nodesPerReplica > 1) {
      whole += count * sizing.nodesPerReplica;
      continue;
    }
    for (let replica = 0; replica < count; replica += 1) {
      const node = free.findIndex((gpus) => gpus >= sizing.gpusPerReplica);
      if (node === -1) free.push(parts - sizing.gpusPerReplica);
      else free[node] = (free[node] ?? 0) - sizing.gpusPerReplica;
    }
  }
  return Math.max(offering.minimumNodes, whole + free.length);
}

/** Parts that each accelerator of the group's nodes is cut into; a replica's GPUs are then parts. */
export function partsPerGpu({ members }: ReplicaGroup): number {
  return members[0]?.plan.nodePools.find(({ role }) => role === 'gpu')?.slices?.perAccelerator ?? 1;
}

/** System hosts once, store hosts of all; every host as large as the largest. */
function cpuNodes(members: readonly Member[], site: Site): PlacedFleet['cpuNodes'] {
  const own = members.map(({ fleet }) => fleet.cpuNodes);
  const system = site.systemNodes?.count ?? 0;
  const stores = own.reduce((sum, { count }) => sum + Math.max(0, count - system), 0);
  const largest = own.reduce((a, b) => (b.vcpus > a.vcpus || b.memoryGib > a.memoryGib ? b : a));
  const any = own.some(({ count }) => count > 0);
  return {
    count: any ? system + stores : 0,
    vcpus: Math.max(...own.map(({ vcpus }) => vcpus)),
    memoryGib: Math.max(...own.map(({ memoryGib }) => memoryGib)),
    instanceType: largest.instanceType,
  };
}
