import type { Purchase } from '#lib/catalog/purchase';
import type { FleetCourse } from '#lib/cash/fleet-course';
import type { CommittedRates } from '#lib/plan/nodes/commitment';
import { fleetCourses } from '#lib/plan/growth/fleet-courses';
import { fleetGrowth } from '#lib/plan/growth/fleet-growth';
import { ownAdaptersGb } from '#lib/plan/sizing/own-adapters';
import { idleGpus, withNodes, type Placement } from '#lib/plan/nodes/place';
import { boughtHours, fleetOf, type BoughtHours } from '#lib/plan/placed-fleet';
import type { ScalingPlan } from '#lib/plan/plan';
import type { Context } from '#lib/plan/plan-request';
import { retrievalModels, retrievalWith } from '#lib/plan/retrieval/retrieval-models';
import type { PlannedRetrieval } from '#lib/plan/retrieval/retrieval-plan';
import { scaledFleet, type ScalingQuestion } from '#lib/plan/scaling/scaling';
import { lateMisfit } from '#lib/plan/scaling/scaling-fit';
import type { Sized } from '#lib/plan/nodes/sized';
import type { PlacedFleet } from '#lib/targets/target';

/** What all candidates of an option have in common. */
export interface Surroundings {
  readonly context: Context;
  /** The store, as it is planned before anything is sized; `null` without retrieval. */
  readonly retrieval: PlannedRetrieval | null;
  readonly systemNodes: PlacedFleet['cpuNodes'];
  /** How the fleet is to follow its load; `null` where it stands. */
  readonly scaling: ScalingQuestion | null;
  readonly rates: CommittedRates;
}

/** A sized fleet with everything that is bought for it. */
export interface CompleteFleet {
  /** With the nodes that models around the served one add. */
  readonly placement: Placement;
  readonly cpuNodes: PlacedFleet['cpuNodes'];
  readonly bought: BoughtHours & { readonly scaling: ScalingPlan | undefined };
  readonly retrieval: ReturnType<typeof retrievalWith>;
  readonly fleet: PlacedFleet;
  readonly purchases: readonly Purchase[];
  /** Its nodes over the months; `null` where it stays as it is deployed. */
  readonly course: FleetCourse | null;
}

/** The fleet of a sized candidate, or why it cannot be completed. */
export function completeFleet(
  { context, retrieval: store, systemNodes, scaling, rates }: Surroundings,
  { model, accelerator, sizing, placement: served }: Sized,
): CompleteFleet | { readonly reasons: readonly string[] } {
  const { scenario, option, target, knobs, market } = context;
  const scaled = scaling === null ? null : scaledFleet(scaling, sizing, served);
  const late = scaled === null ? null : lateMisfit(scaled.plan, scenario);
  if (late !== null) return { reasons: [late] };
  const readers = retrievalModels(context, store, {
    firstTokenMs: sizing.ttftMs,
    placement: served,
    accelerator,
    idle: scaled === null && sizing.nodesPerReplica === 1 ? idleGpus(served, sizing) : null,
    cpuNodes: systemNodes,
  });
  if (readers !== null && 'reasons' in readers) return readers;
  const { addedNodes = 0, gpus = 0, loads = [] } = readers?.shared ?? {};
  const placement = withNodes(served, addedNodes, gpus);
  const cpuNodes = { ...systemNodes, count: systemNodes.count + (readers?.cpuNodes ?? 0) };
  const growth = fleetGrowth(context, sizing, placement, loads) ?? undefined;
  const bought = {
    ...boughtHours(context, placement, scaled?.curves, rates),
    scaling: scaled?.plan,
    growth,
    readers: readers?.own ?? [],
    adaptersGb: ownAdaptersGb(model, option.serving),
    storeCacheGib: store?.plan.sizing.nodes?.cacheGib ?? 0,
  };
  const fleet = fleetOf(context, placement, sizing, cpuNodes, bought);
  const retrieval = retrievalWith(store, readers, sizing.ttftMs, scenario.objectives);
  return {
    placement,
    cpuNodes,
    bought,
    retrieval,
    fleet,
    purchases: [...target.purchases(fleet, knobs, market), ...retrieval.purchases],
    course: fleetCourses(growth)?.(scenario.traffic, market.horizonMonths) ?? null,
  };
}

/** Whether two fleets stand alike: as many nodes of one kind in the same hours and months, bought alike. */
export function standAlike(one: CompleteFleet, other: CompleteFleet): boolean {
  return standingOf(one) === standingOf(other);
}

function standingOf({
  placement: { offering, nodes },
  bought,
  course,
  fleet,
  cpuNodes,
}: CompleteFleet): string {
  const { standing, committed, readers = [] } = bought;
  return JSON.stringify([
    offering.id,
    nodes.base,
    standing?.base,
    committed?.nodes.count,
    committed?.nodes.offering.id,
    course?.nodes,
    fleet.gpus,
    readers.map((own) => [own.offering.id, own.count]),
    cpuNodes.count,
  ]);
}
