import { fleetCourses, type FleetCourse } from '#lib/cost/fleet-course';
import { trafficPathOf } from '#lib/plan/demand';
import { peakMultiple, trafficMultiples } from '#lib/plan/traffic-path';
import { KINDS_OF_HOUR } from '#lib/plan/week';
import type { Member } from '#lib/portfolio/member';
import type { ReplicaGroup } from '#lib/portfolio/replica-groups';
import { fleetOfPools } from '#lib/portfolio/shared-fleet';
import {
  nodesBeside,
  nodesFor,
  poolsOf,
  type NodePool,
  type SharingOption,
} from '#lib/portfolio/shared-nodes';
import type { PlacedFleet } from '#lib/targets/target';

/** A fleet whose purchases count, with its course where it grows; -1 takes away what another one counts too. */
export interface BilledFleet {
  readonly fleet: PlacedFleet;
  readonly course: FleetCourse | null;
  readonly times: 1 | -1;
}

/**
 * The fleets whose purchases add up to what members share over the horizon: the merged one as it is deployed, and what
 * growth adds to each kind of node, priced as if nodes of that kind stood alone. One member has its own fleet and course.
 */
export function billedFleets(
  members: readonly Member[],
  groups: readonly ReplicaGroup[],
  option: SharingOption,
  horizonMonths: number,
): BilledFleet[] {
  const [first, ...others] = members;
  if (first === undefined) return [];
  if (others.length === 0) {
    return [{ fleet: first.fleet, course: ownCourse(first, horizonMonths), times: 1 }];
  }
  const pools = poolsOf(groups, option);
  const merged: PlacedFleet = { ...fleetOfPools(members, groups, pools, option), grows: false };
  const grown = pools.flatMap((pool): BilledFleet[] => {
    const course = sharedCourse(pool, horizonMonths);
    if (course === null) return [];
    const nodes = [pool.nodes, ...nodesBeside(pool.groups.flatMap((group) => group.members))];
    const gpus = nodes.reduce((sum, { offering, count }) => sum + count * offering.gpus, 0);
    const fleet = { ...merged, nodes, gpus };
    return [
      { fleet: { ...fleet, grows: true }, course, times: 1 },
      { fleet, course: null, times: -1 },
    ];
  });
  const [whole] = grown;
  // Where all nodes are of one kind, the fleet is counted once, with its course.
  if (pools.length === 1 && whole !== undefined) return [whole];
  return [{ fleet: merged, course: null, times: 1 }, ...grown];
}

/** Thousands of sets have the same few members: what each has alone is counted once. */
const ownCourses = new WeakMap<Member, FleetCourse | null>();

function ownCourse(member: Member, horizonMonths: number): FleetCourse | null {
  const found = ownCourses.get(member);
  if (found === null || found?.nodes.length === horizonMonths + 1) return found;
  const course = fleetCourses(member.plan.growth)?.(trafficPathOf(member.plan), horizonMonths) ?? null;
  ownCourses.set(member, course);
  return course;
}

/**
 * Nodes by month of what a pool's members ask for together: every hour's need of each month, a fleet that does not grow
 * as it is deployed; never fewer than the month before, and never more than each would have alone. `null` where no node
 * is added.
 */
export function sharedCourse({ groups, nodes }: NodePool, horizonMonths: number): FleetCourse | null {
  const members = groups.flatMap((group) => group.members);
  if (members.every(({ plan }) => plan.growth === undefined)) return null;
  const alone = members.map((member) => ownCourse(member, horizonMonths)?.nodes ?? null);
  const apartIn = (month: number) =>
    members.reduce((sum, { fleet }, index) => sum + (alone[index]?.[month] ?? fleet.nodes[0]?.count ?? 0), 0);
  const replicas = new Map(groups.map((group) => [group, replicasByMonth(group, horizonMonths)]));
  const byMonth = [nodes.count];
  for (let month = 1; month <= horizonMonths; month += 1) {
    const needed = nodesFor(groups, (group) => replicas.get(group)?.[month] ?? group.replicas.base);
    byMonth.push(Math.max(byMonth[month - 1] ?? 0, Math.min(needed, apartIn(month))));
  }
  if (byMonth.at(-1) === nodes.count) return null;
  return { deployed: nodes.count, gpusPerNode: nodes.offering.gpus, nodes: byMonth };
}

/** Replicas of each month, index 1 the first, by the busiest hour that the members have together in it. */
function replicasByMonth({ members, replicasFor }: ReplicaGroup, horizonMonths: number): number[] {
  const ratios = members.map((member) => multiplesOfDeployed(member, horizonMonths));
  const busiestIn = (month: number) => {
    const loads = new Float64Array(KINDS_OF_HOUR);
    for (const [index, { needs }] of members.entries()) {
      const ratio = ratios[index]?.[month] ?? 1;
      for (let kind = 0; kind < loads.length; kind += 1)
        loads[kind] = (loads[kind] ?? 0) + (needs[kind] ?? 0) * ratio;
    }
    return Math.max(...loads);
  };
  return Array.from({ length: horizonMonths + 1 }, (_, month) => replicasFor(busiestIn(month)));
}

/** Load of each month as a multiple of the one that the deployed fleet carries; 1 where the fleet does not follow it. */
function multiplesOfDeployed({ plan }: Member, horizonMonths: number): readonly number[] {
  if (plan.growth === undefined) return [];
  const path = trafficPathOf(plan);
  const deployed = peakMultiple(path, plan.growth.sizeForMonth);
  return trafficMultiples(path, horizonMonths).map((multiple) => multiple / deployed);
}
