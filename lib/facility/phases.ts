import type { PhaseParts, PurchasePhase } from '#lib/facility/facility';
import { nodeCounter, nodesByMonth } from '#lib/plan/growth/nodes-by-month';
import type { Plan } from '#lib/plan/plan';
import { trafficMultiple } from '#lib/cash/traffic-path';
import type { Scenario } from '#lib/spec/schema/scenario';
import { roundTo } from '#lib/units/money';

const DAYS_PER_MONTH = 365 / 12;

export interface GrowthRequest {
  readonly plan: Plan;
  readonly scenario: Scenario;
  readonly horizonMonths: number;
  readonly serversPerRack: number;
  /** From an order to the first request, days: of the first servers, and of those added to a place that is ready. */
  readonly leadDays: { readonly first: number; readonly later: number };
  /** What so many servers need around them; `null` where the hardware is the provider's. */
  readonly partsAt: (servers: number) => PhaseParts | null;
}

/**
 * When servers are bought: those that are deployed for the launch, then as many as the bill adds, each for the month that
 * takes them. Month 1 is the first of service.
 */
export function purchasePhases({
  plan,
  scenario,
  horizonMonths,
  serversPerRack,
  leadDays,
  partsAt,
}: GrowthRequest): PurchasePhase[] {
  const servers = serversByMonth(plan, scenario, horizonMonths);
  let built: PhaseParts | null = null;
  return servers.flatMap((standing, index): PurchasePhase[] => {
    const month = index + 1;
    const before = servers[index - 1] ?? 0;
    if (standing === before) return [];
    const parts: PhaseParts | null = atLeast(partsAt(standing), built);
    const addedParts = beyond(parts, built);
    built = parts;
    const lead = before === 0 ? leadDays.first : leadDays.later;
    return [
      {
        month,
        peakRequestsPerSecond:
          scenario.traffic.requestsPerSecond.peak * trafficMultiple(scenario.traffic, month),
        servers: standing,
        added: standing - before,
        racks: Math.ceil(standing / serversPerRack),
        orderMonth: Math.floor(month - lead / DAYS_PER_MONTH),
        parts,
        addedParts,
      },
    ];
  });
}

/** A larger network may need fewer of a kind; what is there stays. */
function atLeast(parts: PhaseParts | null, built: PhaseParts | null): PhaseParts | null {
  return parts === null || built === null ? parts : paired(parts, built, Math.max);
}

function beyond(parts: PhaseParts | null, built: PhaseParts | null): PhaseParts | null {
  return parts === null || built === null ? parts : paired(parts, built, (now, before) => now - before);
}

function paired(
  now: PhaseParts,
  before: PhaseParts,
  of: (now: number, before: number) => number,
): PhaseParts {
  return {
    racks: of(now.racks, before.racks),
    switches: of(now.switches, before.switches),
    optics: of(now.optics, before.optics),
    circuits: now.circuits === null || before.circuits === null ? null : of(now.circuits, before.circuits),
    upsKw: of(now.upsKw, before.upsKw),
    itKw: roundTo(of(now.itKw, before.itKw), 3),
  };
}

function serversByMonth({ growth, nodePools }: Plan, { traffic }: Scenario, horizonMonths: number): number[] {
  if (growth !== undefined) {
    return nodesByMonth(nodeCounter(growth), growth, traffic, horizonMonths).slice(1);
  }
  const deployed = nodePools.find(({ role }) => role === 'gpu')?.nodes.desired;
  return deployed === undefined ? [] : [deployed];
}
