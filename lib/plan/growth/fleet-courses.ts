import type { FleetCourse } from '#lib/cash/fleet-course';
import type { TrafficPath } from '#lib/cash/traffic-path';
import { mostByMonth, nodeCounter, nodesByMonth } from '#lib/plan/growth/nodes-by-month';
import type { Plan } from '#lib/plan/plan';

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
    multiples: mostByMonth(growth, path, horizonMonths),
  });
}

/**
 * Nodes that a fleet has by the horizon if each month's traffic were so many times the planned; `null` where it stays as
 * it is deployed.
 */
export function nodesAtHorizon(
  growth: Plan['growth'],
  path: TrafficPath,
  horizonMonths: number,
): ((timesPlanned: number) => number) | null {
  if (growth === undefined) return null;
  const nodesAt = nodeCounter(growth);
  return (timesPlanned) =>
    nodesByMonth((multiple) => nodesAt(timesPlanned * multiple), growth, path, horizonMonths).at(-1) ??
    growth.nodes;
}
