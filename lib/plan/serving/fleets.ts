import { drainBudget } from '#lib/plan/serving/drain-budget';
import type { Plan, ServingPlan } from '#lib/plan/plan';
import type { ReaderPlan } from '#lib/plan/retrieval/reader-plan';
import type { FleetRole, PodGroup } from '#lib/engines/engine';

/** Label of the pods of a fleet where prompts and answers have one each. */
export const FLEET_LABEL = 'landfall/fleet';
export type FleetName = FleetRole['serves'];

/** Variable of the router's container that holds its namespace. */
export const NAMESPACE_VARIABLE = 'NAMESPACE';

/** How a router finds the pods of both fleets. */
export function fleetRole(serves: FleetName): FleetRole {
  return {
    serves,
    prompts: `${FLEET_LABEL}=prompts`,
    answers: `${FLEET_LABEL}=answers`,
    namespace: `$(${NAMESPACE_VARIABLE})`,
  };
}

/** The pods of one replica. Variables of a LeaderWorkerSet, which Kubernetes puts into arguments. */
export function podGroup(pods: number): PodGroup | undefined {
  if (pods === 1) return undefined;
  return { pods, index: '$(LWS_WORKER_INDEX)', leader: '$(LWS_LEADER_ADDRESS)' };
}

/** The fleet of a model that only reads, as the fleet of a model server; `null` where the provider runs it. */
export function fleetOfReader({ serving }: Plan, { fleet, model }: ReaderPlan): ServingPlan | null {
  if (fleet === null || serving === null) return null;
  const { replicas: count, ...rest } = fleet;
  const replicas = { min: count, desired: count, max: count };
  const { engine, precision, kvPrecision } = serving;
  return {
    engine,
    precision,
    kvPrecision,
    ...rest,
    servedName: model,
    replicas,
    ...drainBudget(replicas),
    nodesPerReplica: 1,
    scaleAtWaiting: 1,
  };
}
