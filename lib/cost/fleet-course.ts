import type { FollowsFleet } from '#lib/catalog/purchase';
import { nodeCounter, nodesByMonth } from '#lib/plan/nodes-by-month';
import type { Plan } from '#lib/plan/plan';
import type { TrafficPath } from '#lib/plan/traffic-path';

/** Nodes of a fleet over the months of a horizon. */
export interface FleetCourse {
  /** Nodes that quantities of purchases are stated for. */
  readonly deployed: number;
  readonly gpusPerNode: number;
  /** Nodes that stand; index 0 at the launch, index t in month t. Never fewer than the month before. */
  readonly nodes: readonly number[];
}

/** Makes the course of a plan's fleet; `null` where it stays as it is deployed. What was counted once is remembered. */
export function fleetCourses(
  growth: Plan['growth'],
): ((path: TrafficPath, horizonMonths: number) => FleetCourse) | null {
  if (growth === undefined) return null;
  const nodesAt = nodeCounter(growth);
  return (path, horizonMonths) => ({
    deployed: growth.nodes,
    gpusPerNode: growth.gpusPerNode,
    nodes: nodesByMonth(nodesAt, growth, path, horizonMonths),
  });
}

/** What a purchase is in each month as a multiple of its quantity; index 0 at the launch, index t in month t. */
export function multiplesOf(follows: FollowsFleet, { deployed, gpusPerNode, nodes }: FleetCourse): number[] {
  switch (follows.by) {
    case 'nodes':
      return nodes.map((count) => count / deployed);
    case 'root-of-nodes':
      return nodes.map((count) => Math.sqrt(count / deployed));
    case 'nodes-of-the-year':
      return nodes.map((_, month) => (nodes[endOfYear(month, nodes.length - 1)] ?? 0) / deployed);
  }
  const { from, upTo } = follows;
  return nodes.map((count) => {
    const gpus = count * gpusPerNode;
    return gpus >= from && (upTo === null || gpus <= upTo) ? 1 : 0;
  });
}

const MONTHS_PER_YEAR = 12;

function endOfYear(month: number, horizonMonths: number): number {
  return Math.min(horizonMonths, MONTHS_PER_YEAR * Math.max(1, Math.ceil(month / MONTHS_PER_YEAR)));
}

/** What is added at one time, as a multiple of the purchase's quantity. */
export interface Tranche {
  /** End of this month, so that it stands in the next; 0 is the launch. */
  readonly month: number;
  readonly share: number;
}

/** The additions that a purchase pays for, the deployed quantity first. They add up to the multiple of the last month. */
export function tranchesOf(follows: FollowsFleet, course: FleetCourse): Tranche[] {
  const multiples = multiplesOf(follows, course);
  const { monthsLeft, additionsOnly = false } = follows.by === 'nodes' ? follows : {};
  const horizonMonths = multiples.length - 1;
  const tranches: Tranche[] = [];
  // The deployed fleet is never bought later; where it is another than quantities are stated for, so is the first share.
  const first = (multiples[1] ?? multiples[0] ?? 1) - (additionsOnly ? 1 : 0);
  if (first !== 0) tranches.push({ month: 0, share: first });
  for (let month = 1; month < horizonMonths; month += 1) {
    const share = (multiples[month + 1] ?? 0) - (multiples[month] ?? 0);
    const left = horizonMonths - month;
    const isOurs = left >= (monthsLeft?.atLeast ?? 0) && left < (monthsLeft?.lessThan ?? Infinity);
    if (share !== 0 && isOurs) tranches.push({ month, share });
  }
  return tranches;
}

/** False of a purchase that this course of the fleet never asks for: a step of people that it does not reach. */
export function isEverPaid(follows: FollowsFleet | undefined, fleet: FleetCourse | null): boolean {
  if (follows === undefined || fleet === null) return true;
  const tranches = tranchesOf(follows, fleet);
  const term = follows.by === 'nodes' ? follows.leftOfTerm : undefined;
  const horizonMonths = fleet.nodes.length - 1;
  return tranches.some(({ month }) => term === undefined || term.termMonths > horizonMonths - month);
}

/** What becomes of the deployed quantity, for the basis of a line; nothing where it stays. */
export function growthWords(
  follows: FollowsFleet | undefined,
  fleet: FleetCourse | null | undefined,
): string {
  if (follows === undefined || fleet === null || fleet === undefined) return '';
  const last = fleet.nodes.at(-1) ?? fleet.deployed;
  if (last === fleet.deployed) return '';
  const months = fleet.nodes.length - 1;
  if (follows.by === 'gpus-between') {
    const paid = multiplesOf(follows, fleet)
      .slice(1)
      .filter((multiple) => multiple > 0).length;
    return paid === months ? '' : `; in ${paid} of ${months} months`;
  }
  return `; from ${fleet.deployed} to ${last} nodes by month ${months}`;
}
