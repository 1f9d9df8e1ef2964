import type { OwnLoad } from '#lib/catalog/purchase';
import { weekOfLoad } from '#lib/plan/scaling/hourly-replicas';
import type { FleetGrowth, GrowingReplicas } from '#lib/plan/growth/nodes-by-month';
import type { Placement } from '#lib/plan/nodes/place';
import type { Context } from '#lib/plan/plan-request';
import { replicaFailures } from '#lib/plan/sizing/replica-failures';
import { whole } from '#lib/plan/nodes/slices';
import { peakMultiple } from '#lib/cash/traffic-path';
import { failureDomains } from '#lib/sizing/failure-domains';
import { wholeReplicas } from '#lib/sizing/replicas';
import type { ServingSizing } from '#lib/sizing/sizing';

/** Why nothing is added to the fleet, whatever the demand; `null` where it grows. */
export function whyItStays({ option, site }: Pick<Context, 'option' | 'site'>): string | null {
  return option.growth === 'none' ? '`growth: none` keeps the fleet as it is' : site.cannotGrow;
}

/** How the fleet follows a demand that grows; `null` where it does not grow, or the fleet cannot. */
export function fleetGrowth(
  context: Context,
  sizing: ServingSizing,
  placement: Placement,
  readers: readonly OwnLoad[],
): FleetGrowth | null {
  const { scenario, option } = context;
  const { traffic } = scenario;
  if (traffic.growthPerMonth <= 0 || whyItStays(context) !== null) return null;
  const { offering, nodes, takenGpus } = placement;
  const multiple = peakMultiple(traffic, traffic.sizeForMonth);
  const peak = traffic.requestsPerSecond.peak * multiple;
  const { plannedEach } = weekOfLoad(scenario, sizing, option.serving.fill);
  const { prompts } = sizing;
  return {
    nodes: nodes.base,
    gpusPerNode: whole(offering).gpus,
    partsPerNode: offering.gpus,
    minimumNodes: offering.minimumNodes,
    ...(takenGpus === undefined ? {} : { takenParts: takenGpus }),
    ...(readers.length === 0 ? {} : { readers }),
    sizeForMonth: traffic.sizeForMonth,
    replicas: [
      growing(sizing, { atPeak: peak / plannedEach, forLoad: sizing.replicasForLoad }),
      ...(prompts === undefined
        ? []
        : [
            growing(prompts, {
              atPeak: prompts.replicas / (1 + prompts.headroom),
              forLoad: prompts.replicas - prompts.spares,
            }),
          ]),
    ],
  };

  function growing(
    { gpusPerReplica, nodesPerReplica }: Pick<ServingSizing, 'gpusPerReplica' | 'nodesPerReplica'>,
    { atPeak, forLoad }: { readonly atPeak: number; readonly forLoad: number },
  ): GrowingReplicas {
    const { availability } = scenario.objectives;
    return {
      perDescribedPeak: atPeak / multiple,
      beyondLoad: forLoad - wholeReplicas(atPeak),
      // Of two fleets both must be up: each has to reach the root.
      availability: prompts === undefined ? availability : Math.sqrt(availability),
      domains: failureDomains(replicaFailures(context.prices), {
        nodesPerReplica,
        replicasPerNode: offering.gpus / gpusPerReplica,
      }),
      gpusPerReplica,
      nodesPerReplica,
    };
  }
}

/** What a reader must know of a fleet that traffic outgrows and that stays. */
export function growthNotes(context: Context): string[] {
  const why = whyItStays(context);
  if (context.scenario.traffic.growthPerMonth <= 0 || why === null) return [];
  return [`traffic grows and no node is added: ${why}; the bill is that of the deployed fleet`];
}
