import { HOURS_PER_MONTH } from '#lib/units/money';

/** So many nodes stand for so many hours of a month. */
export interface NodeStep {
  readonly nodes: number;
  readonly hoursPerMonth: number;
}

/** The hours of a month by the number of nodes that stand: each number once, most first; 730 hours together. */
export type NodeCurve = readonly NodeStep[];

/** Nodes that stand all month. */
export function flatCurve(nodes: number): NodeCurve {
  return [{ nodes, hoursPerMonth: HOURS_PER_MONTH }];
}

/** The curve of steps in any order. */
export function curveOf(steps: Iterable<NodeStep>): NodeCurve {
  const hours = new Map<number, number>();
  for (const { nodes, hoursPerMonth } of steps) {
    if (hoursPerMonth > 0) hours.set(nodes, (hours.get(nodes) ?? 0) + hoursPerMonth);
  }
  return [...hours]
    .map(([nodes, hoursPerMonth]) => ({ nodes, hoursPerMonth }))
    .toSorted((a, b) => b.nodes - a.nodes);
}

/** Node-hours a month beyond the first `base` nodes; all of them with 0. */
export function hoursAbove(curve: NodeCurve, base: number): number {
  return curve.reduce((sum, { nodes, hoursPerMonth }) => sum + hoursPerMonth * Math.max(0, nodes - base), 0);
}

/** Node-hours a month in which the first `base` nodes are not needed. */
export function hoursUnused(curve: NodeCurve, base: number): number {
  return curve.reduce((sum, { nodes, hoursPerMonth }) => sum + hoursPerMonth * Math.max(0, base - nodes), 0);
}

export function mostNodes(curve: NodeCurve): number {
  return curve.reduce((most, { nodes }) => Math.max(most, nodes), 0);
}

/** A base load and what it and the hours above it cost, USD a month. */
export interface CommittedBase {
  readonly committedNodes: number;
  readonly mixedUsd: number;
}

/**
 * The number of committed nodes at which they and the hours of the others cost least. The cost is convex in it: a node
 * is committed to if it is needed in a larger share of the hours than its commitment costs of the hourly price.
 */
export function cheapestBase(
  curve: NodeCurve,
  committedUsdPerHour: number,
  hourlyUsdPerHour: number,
): CommittedBase {
  const costOf = (base: number) =>
    base * HOURS_PER_MONTH * committedUsdPerHour + hoursAbove(curve, base) * hourlyUsdPerHour;
  // Between two counts of the curve the cost is a straight line, so that its least is at one of them.
  return [0, ...curve.map(({ nodes }) => nodes).toReversed()].reduce<CommittedBase>(
    (best, committedNodes) => {
      const mixedUsd = costOf(committedNodes);
      return mixedUsd < best.mixedUsd ? { committedNodes, mixedUsd } : best;
    },
    { committedNodes: 0, mixedUsd: costOf(0) },
  );
}
