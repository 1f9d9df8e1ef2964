import type { Estimate } from '#lib/cost/estimate';
import type { PlacedPlan } from '#lib/plan/plan';
import type { OptionCost } from '#lib/portfolio/fleets/priced-fleet';
import type { Scenario } from '#lib/spec/schema/scenario';

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
  /** This is the base of the scenario; what exceeds it is served here. @default - this is all of it */
  readonly overflow?: Overflow;
}

/** What of a scenario exceeds its base, on another option. */
export interface Overflow {
  /** All of the scenario where its base stands. */
  readonly whole: Member;
  readonly member: Member;
  /** Of its bill what is paid once for all that is on that option; `null` for a fleet, which stands apart. */
  readonly paidOnce: OptionCost | null;
  /** Of the scenario's tokens, served by the base. */
  readonly baseShare: number;
}

/** What a member is billed where it shares nothing, base money; with its overflow. */
export function billOf({ estimate: { totals }, overflow }: Member): OptionCost {
  const beyond = overflow?.member.estimate.totals;
  return {
    monthlyUsd: totals.monthlyUsd.base + (beyond?.monthlyUsd.base ?? 0),
    upfrontUsd: totals.oneOffUsd + (beyond?.oneOffUsd ?? 0),
  };
}

/** The bill of a scenario that shares nothing, USD/month: on the nodes that it takes alone, split if it is. */
export function aloneUsd(member: Member): number {
  return billOf(member.overflow === undefined ? (member.own ?? member) : member).monthlyUsd;
}

/** All that serves: the members, and after each what takes its overflow. */
export function servingMembers(members: readonly Member[]): Member[] {
  return members.flatMap((member) => [
    member,
    ...(member.overflow === undefined ? [] : [member.overflow.member]),
  ]);
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
