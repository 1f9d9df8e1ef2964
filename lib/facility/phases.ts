import type { PriceBook } from '#lib/catalog/prices';
import type { PurchasePhase } from '#lib/facility/facility';
import { sizedPeak } from '#lib/plan/demand';
import type { Plan } from '#lib/plan/plan';
import { trafficMultiple } from '#lib/plan/traffic-path';
import { replicaAvailability, sparesFor } from '#lib/sizing/availability';
import { replicasForLoad } from '#lib/sizing/replicas';
import type { Option } from '#lib/spec/option';
import type { Scenario } from '#lib/spec/scenario';

const DAYS_PER_MONTH = 365 / 12;

export interface GrowthRequest {
  readonly plan: Plan;
  readonly scenario: Scenario;
  readonly option: Option;
  readonly prices: PriceBook;
  readonly horizonMonths: number;
  readonly serversPerRack: number;
  /** From an order to the first request, days: of the first servers, and of those added to a place that is ready. */
  readonly leadDays: { readonly first: number; readonly later: number };
}

/**
 * Months in which the growing peak needs more servers, by the same throughput, fill and availability that the fleet of
 * the plan was sized with. Month 1 is the first of service; a shrinking demand needs no second purchase.
 */
export function purchasePhases(request: GrowthRequest): PurchasePhase[] {
  const { scenario, horizonMonths, leadDays, serversPerRack } = request;
  const { requestsPerSecond } = scenario.traffic;
  const phases: PurchasePhase[] = [];
  let standing = 0;
  for (let month = 1; month <= horizonMonths; month += 1) {
    const peak = requestsPerSecond.peak * trafficMultiple(scenario.traffic, month);
    const servers = serversFor(peak, request);
    if (servers === null || servers <= standing) continue;
    phases.push({
      month,
      peakRequestsPerSecond: peak,
      servers,
      added: servers - standing,
      racks: Math.ceil(servers / serversPerRack),
      orderMonth: Math.floor(month - (standing === 0 ? leadDays.first : leadDays.later) / DAYS_PER_MONTH),
    });
    standing = servers;
  }
  return phases;
}

/** Servers that carry a peak; `null` where the plan sizes none. */
export function serversFor(
  peakRequestsPerSecond: number,
  { plan, scenario, option, prices }: GrowthRequest,
): number | null {
  const { sizing } = plan;
  const pool = plan.nodePools.find(({ role }) => role === 'gpu');
  if (sizing === null || pool === undefined) return null;
  const forLoad = (peak: number) =>
    replicasForLoad({
      peakRequestsPerSecond: peak,
      outputTokens: scenario.traffic.outputTokens.mean,
      tokensPerSecond: sizing.tokensPerSecondPerReplica.base,
      fill: option.serving.fill,
    });
  // What the sizing adds beyond the load, so that waiting requests meet the objectives.
  const forWaiting = Math.max(0, sizing.replicasForLoad - forLoad(sizedPeak(scenario)));
  const needed = forLoad(peakRequestsPerSecond) + forWaiting;
  const each = replicaAvailability(
    prices.assumption('replica.mtbf-hours').base / sizing.nodesPerReplica,
    prices.assumption('replica.mttr-hours').base,
  );
  const spares = sparesFor(needed, each, scenario.objectives.availability) ?? sizing.spares;
  const replicas = needed + spares;
  const perNode = Math.floor(pool.gpusPerNode / sizing.gpusPerReplica);
  return perNode === 0 ? replicas * sizing.nodesPerReplica : Math.ceil(replicas / perNode);
}
