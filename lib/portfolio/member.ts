import type { Estimate } from '#lib/cost/estimate';
import type { PlacedPlan } from '#lib/plan/plan';
import type { Scenario } from '#lib/spec/scenario';

/** A scenario on an option that carries it, planned and billed alone. */
export interface Member extends PlacedPlan {
  readonly scenarioId: string;
  readonly scenario: Scenario;
  readonly estimate: Estimate;
  /** Share of a replica's throughput that the peak may use. */
  readonly fill: number;
  /** Replicas by kind of hour, not rounded; empty where the provider runs the model. */
  readonly needs: readonly number[];
  /** The same scenario on nodes that others of the option stand on, planned and billed alone. @default - none */
  readonly elsewhere?: readonly Member[];
  /** The same on the nodes that it takes alone. @default - this one */
  readonly own?: Member;
}

/** The bill of a scenario that shares nothing, USD/month: on the nodes that it takes alone. */
export function aloneUsd({ own, estimate }: Member): number {
  return (own?.estimate ?? estimate).totals.monthlyUsd.base;
}

/**
 * Members with the same key can be served by the same replicas: one model in one format on one engine and kind of node,
 * held to the same latency. `null` where there is no replica to share.
 */
export function fleetKey({ plan, scenario, fleet }: Member): string | null {
  const { serving, sizing, model } = plan;
  const offering = fleet.nodes[0]?.offering;
  if (serving === null || sizing === null || offering === undefined) return null;
  const { ttftMs, tpotMs } = scenario.objectives;
  return [
    model.id,
    serving.precision,
    serving.kvPrecision,
    serving.engine,
    offering.id,
    sizing.gpusPerReplica,
    ttftMs ?? 'any',
    tpotMs ?? 'any',
  ].join(' ');
}
