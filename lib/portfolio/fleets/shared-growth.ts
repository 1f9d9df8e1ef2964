import type { FleetCourse } from '#lib/cash/fleet-course';
import { fleetCourses } from '#lib/plan/growth/fleet-courses';
import { trafficPathOf } from '#lib/plan/demand';
import { peakMultiple, trafficMultiples } from '#lib/cash/traffic-path';
import { KINDS_OF_HOUR } from '#lib/plan/scaling/week';
import type { Member } from '#lib/portfolio/member';
import type { ReplicaGroup } from '#lib/portfolio/fleets/replica-groups';
import { nodeCounter, type NodePool } from '#lib/portfolio/fleets/shared-nodes';

/** Thousands of sets have the same few members: what each has alone is counted once. */
const ownCourses = new WeakMap<Member, FleetCourse | null>();

export function ownCourse(member: Member, horizonMonths: number): FleetCourse | null {
  const found = ownCourses.get(member);
  if (found === null || found?.nodes.length === horizonMonths + 1) return found;
  const course = fleetCourses(member.plan.growth)?.(trafficPathOf(member.plan), horizonMonths) ?? null;
  ownCourses.set(member, course);
  return course;
}

/**
 * Nodes by month of what a pool's members ask for together: every hour's need of each month, a fleet that does not grow
 * as it is deployed; never fewer than the month before or than one of them would have alone, and never more than all of
 * them would have apart. `null` where no node is added.
 */
export function sharedCourse({ groups, nodes }: NodePool, horizonMonths: number): FleetCourse | null {
  const members = groups.flatMap((group) => group.members);
  if (members.every(({ plan }) => plan.growth === undefined)) return null;
  const alone = members.map((member) => ownCourse(member, horizonMonths)?.nodes ?? null);
  const replicas = groups.map((group) => replicasByMonth(group, horizonMonths));
  const nodesOf = nodeCounter(groups);
  const byMonth = [nodes.count];
  for (let month = 1; month <= horizonMonths; month += 1) {
    let [most, apart] = [0, 0];
    for (const [index, { fleet }] of members.entries()) {
      const own = alone[index]?.[month] ?? fleet.nodes[0]?.count ?? 0;
      most = Math.max(most, own);
      apart += own;
    }
    const needed = nodesOf((index) => replicas[index]?.[month] ?? 0);
    byMonth.push(Math.max(byMonth[month - 1] ?? 0, Math.min(apart, Math.max(most, needed))));
  }
  if (byMonth.at(-1) === nodes.count) return null;
  return { deployed: nodes.count, gpusPerNode: nodes.offering.gpus, nodes: byMonth };
}

/** Groups are the same for many sets of members, and their months too. */
const replicasOfGroups = new WeakMap<ReplicaGroup, readonly number[]>();

/** Replicas of each month, index 1 the first, by the busiest hour that the members have together in it. */
function replicasByMonth(group: ReplicaGroup, horizonMonths: number): readonly number[] {
  const found = replicasOfGroups.get(group);
  if (found?.length === horizonMonths + 1) return found;
  const { members, replicasFor } = group;
  const busiest = new Float64Array(horizonMonths + 1);
  const loads = new Float64Array(KINDS_OF_HOUR);
  const paths = members.map((member) => ({
    needs: Float64Array.from(member.needs),
    ratios: multiplesOfDeployed(member, horizonMonths),
  }));
  for (let month = 0; month <= horizonMonths; month += 1) {
    loads.fill(0);
    for (const { needs, ratios } of paths) {
      const ratio = ratios[month] ?? 1;
      for (let kind = 0; kind < loads.length; kind += 1) {
        loads[kind] = (loads[kind] ?? 0) + (needs[kind] ?? 0) * ratio;
      }
    }
    let most = 0;
    for (let kind = 0; kind < loads.length; kind += 1) most = Math.max(most, loads[kind] ?? 0);
    busiest[month] = most;
  }
  const replicas = Array.from(busiest, replicasFor);
  replicasOfGroups.set(group, replicas);
  return replicas;
}

/** Load of each month as a multiple of the one that the deployed fleet carries; 1 where the fleet does not follow it. */
export function multiplesOfDeployed({ plan }: Member, horizonMonths: number): readonly number[] {
  if (plan.growth === undefined) return [];
  const path = trafficPathOf(plan);
  const deployed = peakMultiple(path, plan.growth.sizeForMonth);
  return trafficMultiples(path, horizonMonths).map((multiple) => multiple / deployed);
}
