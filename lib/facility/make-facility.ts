import type { Catalog } from '#lib/catalog/catalog';
import type { PriceBook } from '#lib/catalog/prices';
import type { Facility } from '#lib/facility/facility';
import { leadTime, type Work } from '#lib/facility/lead-time';
import { physicalNotes, providerSentences } from '#lib/facility/notes';
import { purchasePhases } from '#lib/facility/phases';
import { phaseParts, physicalPlan } from '#lib/facility/physical-plan';
import type { Plan } from '#lib/plan/plan';
import type { Finance } from '#lib/spec/schema/finance';
import { knobsOf, type Option } from '#lib/spec/schema/option';
import type { Scenario } from '#lib/spec/schema/scenario';
import { targets } from '#lib/targets/index';
import type { Target } from '#lib/targets/target';
import { roundTo } from '#lib/units/money';

export interface FacilityRequest {
  readonly plan: Plan;
  readonly scenario: Scenario;
  readonly option: Option;
  readonly finance: Finance;
  readonly catalog: Catalog;
  readonly prices: PriceBook;
}

/**
 * Everything physical that a plan implies, from its servers to the utility: racks, networks, power, cooling, spares,
 * lead time, phased purchase. `null` where the target shows no place: a cloud has no facility to plan.
 */
export function makeFacility(request: FacilityRequest): Facility | null {
  const { plan, option, scenario, finance, prices } = request;
  const target: Target = targets.get(option.target);
  const { premises } = target.site(knobsOf(option));
  if (premises === null) return null;
  const physical = physicalPlan(request);
  const work: Work = {
    premises,
    racks: physical?.racks.racks ?? 0,
    hasFabric: (physical?.fabric.hostLinks ?? 0) > 0,
    installs: target.operates.hardware === 'you',
  };
  const time = leadTime(work, prices);
  // What is bought later finds the place ready.
  const later = leadTime({ ...work, premises: { ...premises, preparation: [] } }, prices);
  const serversPerRack = plan.facility?.serversPerRack ?? 1;
  const phases = purchasePhases({
    plan,
    scenario,
    horizonMonths: finance.horizonMonths,
    serversPerRack,
    leadDays: { first: time.days.base, later: later.days.base },
    partsAt: (servers) => phaseParts(physicalPlan(request, servers)),
  });
  return {
    schema: 'landfall/facility/v1',
    environment: plan.environment,
    scenario: plan.scenario,
    option: plan.option,
    target: plan.target,
    operates: target.operates,
    physical,
    provider: providerSentences(target.operates, plan),
    leadTime: {
      days: time.days,
      billedDays: plan.leadTimeDays,
      steps: time.steps.map((step) => ({
        ...step,
        startDay: roundTo(step.startDay.base, 1),
        endDay: roundTo(step.endDay.base, 1),
        slackDays: roundTo(step.slackDays, 1),
      })),
    },
    phases,
    notes: physical === null ? [] : physicalNotes(physical),
  };
}
