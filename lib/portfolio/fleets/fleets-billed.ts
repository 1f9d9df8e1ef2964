import type { FollowsFleet } from '#lib/catalog/purchase';
import type { FleetCourse } from '#lib/cash/fleet-course';
import type { Member } from '#lib/portfolio/member';
import type { ReplicaGroup } from '#lib/portfolio/fleets/replica-groups';
import { fleetOfPools } from '#lib/portfolio/fleets/shared-fleet';
import { ownCourse, sharedCourse } from '#lib/portfolio/fleets/shared-growth';
import { rememberedPools, type NodePool, type SharingOption } from '#lib/portfolio/fleets/shared-nodes';
import type { PlacedFleet } from '#lib/targets/target';

/** A fleet whose purchases count, each by the course that it follows; -1 takes away what another one counts too. */
export interface BilledFleet {
  readonly fleet: PlacedFleet;
  readonly times: 1 | -1;
  /** Whether what does not follow the fleet counts here. */
  readonly standing: boolean;
  /** Course of what follows it so; `null` where that is counted elsewhere. @default - all of it as it is deployed */
  readonly courseOf?: (follows: FollowsFleet) => FleetCourse | null;
}

/** What members share over the horizon, as fleets whose purchases add up to it. */
export type FleetsBilled = (
  members: readonly Member[],
  groups: readonly ReplicaGroup[],
) => readonly BilledFleet[];

/**
 * One member has its own fleet and course. Of several the merged fleet is counted as it is deployed, with people by the
 * GPUs of all kinds of node in each month; and for each kind that grows what its nodes add, by the fleet of those who
 * stand on it.
 */
export function fleetsBilled(option: SharingOption, horizonMonths: number): FleetsBilled {
  const pools = rememberedPools(option);
  const known = new Map<NodePool, Additions | null>();
  const added = (pool: NodePool) => {
    const found = known.get(pool);
    if (found !== undefined) return found;
    const course = sharedCourse(pool, horizonMonths);
    const additions = course === null ? null : { course, billed: additionsOf(pool, course, option) };
    known.set(pool, additions);
    return additions;
  };
  return (members, groups) => {
    const [first, ...others] = members;
    if (first === undefined) return [];
    if (others.length === 0) return [aloneOf(first, horizonMonths)];
    const own = pools(groups);
    const merged = fleetOfPools(members, groups, own, option);
    const grown = own.flatMap((pool) => added(pool) ?? []);
    if (grown.length === 0) return [{ fleet: merged, times: 1, standing: true }];
    const together = coursesTogether(
      merged,
      own.map((pool) => added(pool)?.course ?? null),
      horizonMonths,
    );
    return [
      { fleet: { ...merged, grows: true }, times: 1, standing: true, courseOf: together },
      ...grown.flatMap(({ billed }) => billed),
    ];
  };
}

interface Additions {
  readonly course: FleetCourse;
  readonly billed: readonly BilledFleet[];
}

function aloneOf(member: Member, horizonMonths: number): BilledFleet {
  const course = ownCourse(member, horizonMonths);
  const head = { fleet: member.fleet, times: 1, standing: true } as const;
  return course === null ? head : { ...head, courseOf: () => course };
}

/** What one kind of node adds to what of it is deployed. */
function additionsOf(pool: NodePool, course: FleetCourse, option: SharingOption): BilledFleet[] {
  const members = pool.groups.flatMap((group) => group.members);
  const fleet = { ...fleetOfPools(members, pool.groups, [pool], option), grows: true };
  const deployed = staying(course.deployed, course.gpusPerNode, course.nodes.length);
  const counted = (of: FleetCourse) => (follows: FollowsFleet) => (isByKind(follows) ? of : null);
  return [
    { fleet, times: 1, standing: false, courseOf: counted(course) },
    { fleet, times: -1, standing: false, courseOf: counted(deployed) },
  ];
}

/** What follows each kind of node by itself, so that kinds add up; people follow all of them together. */
function isByKind({ by }: FollowsFleet): boolean {
  return by === 'nodes' || by === 'nodes-of-the-year';
}

/** Courses of a merged fleet: people by all nodes and GPUs of each month, what follows a kind of node as it is deployed. */
function coursesTogether(
  { nodes, gpus }: PlacedFleet,
  courses: readonly (FleetCourse | null)[],
  horizonMonths: number,
): (follows: FollowsFleet) => FleetCourse {
  const months = horizonMonths + 1;
  const count = nodes.reduce((sum, each) => sum + each.count, 0);
  const sumBy = (each: (course: FleetCourse) => number, deployed: number): FleetCourse => {
    const byMonth = Array.from({ length: months }, (_, month) =>
      courses.reduce(
        (sum, course) =>
          course === null ? sum : sum + ((course.nodes[month] ?? 0) - course.deployed) * each(course),
        deployed,
      ),
    );
    return { deployed, gpusPerNode: 1, nodes: byMonth };
  };
  const deployed = staying(count, 1, months);
  let [byNodes, byGpus]: (FleetCourse | null)[] = [null, null];
  return (follows) => {
    if (isByKind(follows)) return deployed;
    if (follows.by === 'gpus-between') return (byGpus ??= sumBy(({ gpusPerNode }) => gpusPerNode, gpus));
    return (byNodes ??= sumBy(() => 1, count));
  };
}

/** Thousands of merged fleets have few different counts. */
const stayingCourses = new Map<string, FleetCourse>();

function staying(deployed: number, gpusPerNode: number, months: number): FleetCourse {
  const key = `${deployed} ${gpusPerNode} ${months}`;
  const course = stayingCourses.get(key) ?? {
    deployed,
    gpusPerNode,
    nodes: Array.from({ length: months }, () => deployed),
  };
  stayingCourses.set(key, course);
  return course;
}
