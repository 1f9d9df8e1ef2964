import type { Catalog } from '#lib/catalog/catalog';
import type { ServerShape } from '#lib/catalog/instances';
import type { PriceBook } from '#lib/catalog/prices';
import { fabricPlan } from '#lib/facility/fabric-plan';
import type { PhaseParts, PhysicalPlan } from '#lib/facility/facility';
import { networksOf, type Networks } from '#lib/facility/networks';
import { powerPlan } from '#lib/facility/power-plan';
import { racksOf } from '#lib/facility/racks';
import { spareParts } from '#lib/facility/spare-parts';
import type { FacilityPlan, Plan } from '#lib/plan/plan';
import { knobsOf, type Option } from '#lib/spec/schema/option';
import { targets } from '#lib/targets/index';
import type { Target } from '#lib/targets/target';
import { GB, GIB } from '#lib/units/bytes';
import { roundTo } from '#lib/units/money';

/** Failure domains that hold a copy of the weights. */
const WEIGHT_COPIES = 2;
const GB_PER_TB = 1000;

export interface PhysicalRequest {
  readonly plan: Plan;
  readonly option: Option;
  readonly catalog: Catalog;
  readonly prices: PriceBook;
}

/**
 * Everything around so many servers of a plan, from their racks to the utility; `null` where the hardware is the
 * provider's.
 *
 * @param count - Servers that stand; those that are deployed without it
 */
export function physicalPlan(request: PhysicalRequest, count?: number): PhysicalPlan | null {
  const { plan, catalog, prices, option } = request;
  const target: Target = targets.get(option.target);
  const { premises } = target.site(knobsOf(option));
  const pool = plan.nodePools.find(({ role }) => role === 'gpu');
  const server = pool === undefined ? undefined : catalog.servers.get(pool.shape);
  if (premises === null || plan.facility === null || server === undefined) return null;
  const facility = count === undefined ? plan.facility : grownTo(count, plan.facility);
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

/** The same racks, more of them. */
function grownTo(servers: number, facility: FacilityPlan): FacilityPlan {
  return {
    ...facility,
    servers,
    itKw: (facility.itKw / facility.servers) * servers,
    racks: Math.ceil(servers / facility.serversPerRack),
  };
}

/** What of a place grows with its servers. */
export function phaseParts(physical: PhysicalPlan | null): PhaseParts | null {
  if (physical === null) return null;
  const { racks, fabric, power } = physical;
  const { feeds, ups } = power;
  return {
    racks: racks.racks,
    switches: fabric.switches.reduce((sum, { switches }) => sum + switches, 0),
    optics: fabric.transceivers,
    circuits: feeds === null ? null : racks.gpuRacks * feeds.perSide * feeds.sides,
    upsKw: ups.modules * ups.moduleKw,
    itKw: power.itKw,
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
    traysPerServer: server.fabric.hosts,
    linkSwitchTrays: facility.servers * (server.linkSwitchTrays ?? 0),
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
