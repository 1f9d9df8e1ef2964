import type { FollowsFleet, OwnLoad } from '#lib/catalog/purchase';
import { AT_LAUNCH, type Tranche } from '#lib/cash/tranche';

/** Nodes of a fleet over the months of a horizon. */
export interface FleetCourse {
  /** Nodes that quantities of purchases are stated for. */
  readonly deployed: number;
  readonly gpusPerNode: number;
  /** Nodes that stand; index 0 at the launch, index t in month t. Never fewer than the month before. */
  readonly nodes: readonly number[];
  /** The most that traffic has been of the described one, by the same months. @default - it stays as it is */
  readonly multiples?: readonly number[];
}

/** What a purchase asks of a fleet whose additions are stated one by one: that it grows. */
export const GROWING: FleetCourse = { deployed: 1, gpusPerNode: 1, nodes: [1] };

/** Servers that a load of their own asks for at a multiple of the described traffic. */
export function serversOf({ perDescribedPeak, beyondLoad }: OwnLoad, multiple: number): number {
  return Math.max(1, Math.ceil(multiple * perDescribedPeak - ROUNDING)) + beyondLoad;
}

/** A quotient that is whole but for rounding must not cost one more. */
const ROUNDING = 1e-9;

/** What a purchase is in a month as a multiple of its quantity. */
export function multipleOf(
  follows: FollowsFleet,
  { deployed, gpusPerNode, nodes, multiples }: FleetCourse,
  month: number,
): number {
  const count = nodes[month] ?? deployed;
  switch (follows.by) {
    case 'nodes':
      return count / deployed;
    case 'own-load':
      return Math.max(1, serversOf(follows, multiples?.[month] ?? 0) / follows.deployed);
    case 'root-of-nodes':
      return Math.sqrt(count / deployed);
    case 'nodes-of-the-year':
      return (nodes[endOfYear(month, nodes.length - 1)] ?? deployed) / deployed;
  }
  const gpus = count * gpusPerNode;
  return gpus >= follows.from && (follows.upTo === null || gpus <= follows.upTo) ? 1 : 0;
}

const MONTHS_PER_YEAR = 12;

function endOfYear(month: number, horizonMonths: number): number {
  return Math.min(horizonMonths, MONTHS_PER_YEAR * Math.max(1, Math.ceil(month / MONTHS_PER_YEAR)));
}

/** The additions that a purchase pays for, the deployed quantity first. They add up to the multiple of the last month. */
export function tranchesOf(follows: FollowsFleet, course: FleetCourse): readonly Tranche[] {
  if (follows.by !== 'nodes' || follows.monthsLeft !== undefined || follows.additionsOnly === true) {
    return additionsOf(follows, course);
  }
  const found = byNodes.get(course) ?? additionsOf({ by: 'nodes' }, course);
  byNodes.set(course, found);
  return found;
}

/** Most purchases of a fleet follow its nodes: these additions are made once for all of them. */
const byNodes = new WeakMap<FleetCourse, readonly Tranche[]>();

function additionsOf(follows: FollowsFleet, course: FleetCourse): readonly Tranche[] {
  const { nodes } = course;
  const horizonMonths = nodes.length - 1;
  const { monthsLeft, additionsOnly = false } = follows.by === 'nodes' ? follows : {};
  const tranches: Tranche[] = [];
  let before = multipleOf(follows, course, 1);
  // Another growth deploys another fleet. Beside a fixed base load that is the additions' line to say, else the other's.
  const deployedElsewhere = monthsLeft === undefined ? 1 : before;
  const first = before - (additionsOnly ? deployedElsewhere : 0);
  if (first !== 0) tranches.push({ month: 0, share: first });
  const isOfNodes = follows.by !== 'nodes-of-the-year' && follows.by !== 'own-load';
  for (let month = 1; month < horizonMonths; month += 1) {
    // Between two steps of the fleet nothing changes, but for what is built a year ahead or has a load of its own.
    if (isOfNodes && nodes[month + 1] === nodes[month]) continue;
    const multiple = multipleOf(follows, course, month + 1);
    const left = horizonMonths - month;
    const isOurs = left >= (monthsLeft?.atLeast ?? 0) && left < (monthsLeft?.lessThan ?? Infinity);
    if (multiple !== before && isOurs) tranches.push({ month, share: multiple - before });
    before = multiple;
  }
  return tranches;
}

/** What a purchase buys over the months: all of it at the launch where it does not follow a fleet that grows. */
export function tranchesIn(
  follows: FollowsFleet | undefined,
  context: { readonly fleet?: FleetCourse | null },
): readonly Tranche[] {
  // The fleet is asked for only here: what does not follow it does not depend on its growth.
  const fleet = follows === undefined ? null : context.fleet;
  return follows === undefined || fleet === undefined || fleet === null
    ? AT_LAUNCH
    : tranchesOf(follows, fleet);
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
  const months = fleet.nodes.length - 1;
  if (follows.by === 'own-load') {
    const servers = Math.round(follows.deployed * multipleOf(follows, fleet, months));
    return servers === follows.deployed
      ? ''
      : `; from ${follows.deployed} to ${servers} by month ${months}, by their own load`;
  }
  const last = fleet.nodes.at(-1) ?? fleet.deployed;
  if (last === fleet.deployed) return '';
  if (follows.by === 'gpus-between') {
    const paid = fleet.nodes.filter((_, month) => month > 0 && multipleOf(follows, fleet, month) > 0).length;
    return paid === months ? '' : `; in ${paid} of ${months} months`;
  }
  return `; from ${fleet.deployed} to ${last} nodes by month ${months}`;
}
