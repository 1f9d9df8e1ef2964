import { clusterObjects } from '#bin/synthesis/cluster-objects';
import { plannedFor, type PlanRequest, type PlannedScenario } from '#bin/synthesis/plans-for';
import type { Catalog } from '#lib/catalog/catalog';
import { busiestMinute } from '#lib/plan/demand';
import type { Deployment } from '#lib/preflight/deployment';
import { provisionerOf } from '#bin/synthesis/assemblies';

/** What an environment deploys, with the objects of its clusters. */
export function deploymentsFor(request: PlanRequest): {
  readonly deployments: readonly Deployment[];
  readonly catalog: Catalog;
} {
  const planned = plannedFor(request);
  const [first] = planned;
  if (first === undefined) throw new Error('an environment without a deployment was planned');
  return { deployments: planned.map(deploymentOf), catalog: first.catalog };
}

function deploymentOf({ plan, scenario }: PlannedScenario): Deployment {
  const cluster = plan.cluster === null ? null : clusterObjects(plan);
  return {
    plan,
    provisioner: provisionerOf(plan),
    peak: busiestMinute(scenario),
    objects: cluster?.objects ?? [],
    charts: (cluster?.charts ?? []).map(({ release, version }) => ({ release, version })),
  };
}
