import type { Catalog } from '#lib/catalog/catalog';
import type { ServerShape } from '#lib/catalog/instances';
import type { PriceBook } from '#lib/catalog/prices';
import { fabricPlan } from '#lib/facility/fabric-plan';
import type { Facility, PhysicalPlan } from '#lib/facility/facility';
import { leadTime, type Work } from '#lib/facility/lead-time';
import { networksOf, type Networks } from '#lib/facility/networks';
import { physicalNotes, providerSentences } from '#lib/facility/notes';
import { purchasePhases } from '#lib/facility/phases';
import { powerPlan } from '#lib/facility/power-plan';
import { racksOf } from '#lib/facility/racks';
import { spareParts } from '#lib/facility/spare-parts';
import type { FacilityPlan, Plan } from '#lib/plan/plan';
import type { Finance } from '#lib/spec/finance';
import { knobsOf, type Option } from '#lib/spec/option';
import type { Scenario } from '#lib/spec/scenario';
import { targets } from '#lib/targets/index';
import type { Premises } from '#lib/targets/premises';
import type { Target } from '#lib/targets/target';
import { GB, GIB } from '#lib/units/bytes';
import { roundTo } from '#lib/units/money';

/** Failure domains that hold a copy of the weights. */
const WEIGHT_COPIES = 2;
const GB_PER_TB = 1000;

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
  const physical = physicalPlan(request, target, premises);
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

function physicalPlan(request: FacilityRequest, target: Target, premises: Premises): PhysicalPlan | null {
  const { plan, catalog, prices } = request;
  const { facility } = plan;
  const pool = plan.nodePools.find(({ role }) => role === 'gpu');
  const server = pool === undefined ? undefined : catalog.servers.get(pool.shape);
  if (facility === null || server === undefined) return null;
  const cpuHosts = plan.nodePools
    .filter(({ role }) => role === 'cpu')
    .reduce((sum, { nodes }) => sum + nodes.desired, 0);
  const hostsKw = cpuHosts * prices.assumption('cpu-host.kw').base;
  const networks = networksOf(
    { servers: facility.servers, fabric: server.fabric, cpuHosts, gpuRacks: facility.racks },
    catalog,
  );
  const racks = racksOf({ server, facility, networks, cpuHosts, hostsKw }, prices);
  const power = powerPlan({ facility, networks, hostsKw, premises, circuits: catalog.circuits() }, prices);
  return {
    servers: serversPlan(server, facility),
    racks,
    fabric: fabricPlan(networks, server.fabric, plan.sizing?.nodesPerReplica === 1),
    power,
    storageTb: weightsTb(plan),
    cpuHosts,
    spares: spareParts(installed(networks, server, facility), prices),
    colocation:
      target.operates.facility === 'provider'
        ? {
            cabinets: racks.racks,
            committedKw: power.itKw,
            billedKw: power.serversKw,
            crossConnects: premises.crossConnects,
          }
        : null,
  };
}

function serversPlan(server: ServerShape, { servers }: FacilityPlan) {
  return {
    shape: server.id,
    name: server.name,
    servers,
    gpus: servers * server.gpus,
    kwPerServer: server.powerKw,
    kgPerServer: server.weightKg,
    rackUnits: server.rackUnits,
  };
}

function installed({ compute, frontEnd, outOfBand }: Networks, server: ServerShape, facility: FacilityPlan) {
  return {
    servers: facility.servers,
    gpus: facility.servers * server.gpus,
    links: compute?.fibres ?? 0,
    switches: (compute?.switches ?? 0) + frontEnd.switches + outOfBand.switches,
  };
}

/** Shared storage for the checkpoint and the next one; disks of the vector store are in its hosts. */
function weightsTb({ serving }: Plan): number {
  const gib = (serving?.weightsVolumeGib ?? 0) * WEIGHT_COPIES;
  return roundTo((gib * GIB) / GB / GB_PER_TB, 3);
}
