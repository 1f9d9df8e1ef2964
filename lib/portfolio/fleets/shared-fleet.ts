import type { Member } from '#lib/portfolio/member';
import type { ReplicaGroup } from '#lib/portfolio/fleets/replica-groups';
import { nodesBeside, poolsOf, type NodePool, type SharingOption } from '#lib/portfolio/fleets/shared-nodes';
import type { Site } from '#lib/targets/port/site';
import type { PlacedFleet } from '#lib/targets/target';

/**
 * The fleet that an option needs for its members together as it is deployed: replicas shared where they can be, nodes
 * shared where a cluster schedules them, system hosts once, the stores of all.
 */
export function mergedFleet(
  members: readonly Member[],
  groups: readonly ReplicaGroup[],
  option: SharingOption,
): PlacedFleet | null {
  const [first] = members;
  if (first === undefined) return null;
  return members.length === 1 ? first.fleet : fleetOfPools(members, groups, poolsOf(groups, option), option);
}

/** The same of two members or more, whose nodes are known. */
export function fleetOfPools(
  members: readonly Member[],
  groups: readonly ReplicaGroup[],
  pools: readonly NodePool[],
  { site }: SharingOption,
): PlacedFleet {
  const nodes = [...pools.map((pool) => pool.nodes), ...nodesBeside(members)];
  const policy = members[0]?.fleet.policy;
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
      texts: members.flatMap(({ fleet }) => fleet.tokens.texts),
    },
    token: members[0]?.fleet.token ?? null,
    ...(policy === undefined ? {} : { policy }),
    retrieves: members.some(({ fleet }) => fleet.retrieves === true),
    corpusGb: total(({ corpusGb = 0 }) => corpusGb),
    adaptersGb: total(({ adaptersGb = 0 }) => adaptersGb),
  };
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
