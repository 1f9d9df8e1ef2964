import type { FleetStep } from '#lib/cost/estimate';
import { isEverPaid, type FleetCourse } from '#lib/cash/fleet-course';
import type { Plan } from '#lib/plan/plan';

/** A plan as if traffic stayed as it is described: the deployed fleet stays, and what only a larger one buys is left out. */
export function withoutGrowth(plan: Plan, horizonMonths: number): Plan {
  const { growth, ...rest } = plan;
  const demand = { ...plan.demand, growthPerMonth: 0 };
  if (growth === undefined) return { ...rest, demand };
  const { nodes, gpusPerNode } = growth;
  const deployed: FleetCourse = {
    deployed: nodes,
    gpusPerNode,
    nodes: Array.from({ length: horizonMonths + 1 }, () => nodes),
  };
  return {
    ...rest,
    demand,
    purchases: plan.purchases.filter(({ follows }) => isEverPaid(follows, deployed)),
  };
}

/** The months from which on another number of nodes stands. */
export function fleetSteps({ nodes, gpusPerNode }: FleetCourse): FleetStep[] {
  return nodes.flatMap((count, month) =>
    month === 0 || (month > 1 && count === nodes[month - 1])
      ? []
      : [{ month, nodes: count, gpus: count * gpusPerNode }],
  );
}
