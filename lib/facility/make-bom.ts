import type { PriceBook } from '#lib/catalog/prices';
import type { Catalog } from '#lib/catalog/catalog';
import { besideBill } from '#lib/facility/beside-bill';
import type { Bom, BomLine } from '#lib/facility/bom';
import { bomPhases } from '#lib/facility/bom-phases';
import type { Facility, PhysicalPlan } from '#lib/facility/facility';
import { networkParts } from '#lib/facility/network-parts';
import { physicalPlan } from '#lib/facility/physical-plan';
import { assumedPart, paidElsewhere, pricedPart, type Part } from '#lib/facility/part-price';
import { spareLines } from '#lib/facility/spare-lines';
import type { Plan } from '#lib/plan/plan';
import { knobsOf, type Option } from '#lib/spec/schema/option';
import { targets } from '#lib/targets/index';
import type { Plant } from '#lib/targets/port/premises';
import { serverPrice } from '#lib/targets/owned/owned-servers';
import type { Target } from '#lib/targets/target';
import { addBands, mapBand } from '#lib/units/band';
import { roundTo, roundUsd } from '#lib/units/money';

export interface BomRequest {
  readonly facility: Facility;
  readonly plan: Plan;
  readonly catalog: Catalog;
  readonly prices: PriceBook;
  readonly option: Option;
}

/** Power strips of a rack, one on each side. */
const STRIPS_PER_RACK = 2;

/** The parts list of a facility, bought once: what has a price, what is assumed, what others pay, and what is unpriced. */
export function makeBom(request: BomRequest): Bom {
  const { facility, plan } = request;
  const linesOf = (physical: PhysicalPlan | null, servers?: number) =>
    physical === null ? providerLines(plan, servers) : physicalLines(physical, request);
  const lines = linesOf(facility.physical);
  const phases =
    facility.phases.length < 2
      ? []
      : bomPhases(facility.phases, (servers) => linesOf(physicalPlan(request, servers), servers));
  const totalUsd = mapBand(addBands(lines.flatMap(({ usd }) => usd ?? [])), roundUsd);
  const unpriced = lines.filter(({ state }) => state === 'unpriced').map(({ key }) => key);
  return {
    schema: 'landfall/bom/v1',
    environment: facility.environment,
    scenario: facility.scenario,
    option: facility.option,
    target: facility.target,
    lines,
    totalUsd,
    atLeast: unpriced.length > 0,
    unpriced,
    phases,
    horizonUsd:
      phases.length === 0 ? totalUsd : mapBand(addBands(phases.map((phase) => phase.totalUsd)), roundUsd),
    beside: facility.physical === null ? [] : besideBill(lines, plan, request.prices),
    notes: facility.provider,
  };
}

function physicalLines(physical: PhysicalPlan, request: BomRequest): BomLine[] {
  const { catalog, prices, plan } = request;
  const server = catalog.servers.get(physical.servers.shape);
  if (server === undefined) throw new Error(`no server ${physical.servers.shape}`);
  const { servers, racks, storageTb } = physical;
  return [
    pricedPart(
      {
        key: 'servers.gpu',
        label: servers.name,
        group: 'servers',
        quantity: servers.servers,
        unit: 'unit',
        basis: `${servers.servers} servers, ${servers.gpus} GPUs`,
      },
      serverPrice(server, prices),
      prices,
    ),
    ...hostLines(plan, physical, prices),
    ...networkParts(physical, catalog, prices),
    assumedPart(
      {
        key: 'racks.rack',
        label: 'Racks',
        group: 'racks',
        quantity: racks.racks,
        unit: 'unit',
        basis: `${racks.gpuRacks} with GPUs, ${racks.networkRacks} for network and hosts`,
      },
      'rack.usd',
      prices,
    ),
    assumedPart(
      {
        key: 'racks.power-strip',
        label: 'Rack power strips',
        group: 'power',
        quantity: racks.racks * STRIPS_PER_RACK,
        unit: 'unit',
        basis: `${racks.racks} racks × ${STRIPS_PER_RACK} sides`,
      },
      'rack.power-strip-usd',
      prices,
    ),
    ...plantLines(physical, plantOf(request.option)),
    assumedPart(
      {
        key: 'storage.weights',
        label: 'Shared storage for weights',
        group: 'storage',
        quantity: storageTb,
        unit: 'TB',
        basis: 'this checkpoint and the next, two copies',
      },
      'storage.nvme.usd-per-tb',
      prices,
    ),
    ...spareLines(physical, server, catalog, prices),
  ];
}

function plantOf(option: Option): Plant {
  const target: Target = targets.get(option.target);
  return target.site(knobsOf(option)).premises?.plant ?? 'provider';
}

/** CPU hosts by the units that the plan buys: one vCPU with 8 GiB. */
function hostLines(plan: Plan, { cpuHosts }: PhysicalPlan, prices: PriceBook): BomLine[] {
  const bought = plan.purchases.find(({ key }) => key === 'cpu-hosts.purchase');
  if (cpuHosts === 0 || bought?.kind !== 'assumed') return [];
  return bought.assumptions.map((assumption) =>
    assumedPart(
      {
        key: 'servers.cpu',
        label: 'CPU hosts',
        group: 'servers',
        quantity: bought.quantity,
        unit: bought.unit,
        basis: bought.basis,
      },
      assumption,
      prices,
    ),
  );
}

/** What belongs to the building: supplied with it, by whoever builds it. */
function plantLines({ power, racks }: PhysicalPlan, plant: Plant): BomLine[] {
  const { ups, feeds } = power;
  const parts: Part[] = [
    {
      key: 'power.ups',
      label: `Uninterruptible supply, modules of ${ups.moduleKw} kW`,
      group: 'power',
      quantity: ups.modules,
      unit: 'module',
      basis: `${ups.needed} carry ${roundTo(power.itKw, 1)} kW, ${ups.redundancy === '2n' ? 'every path twice' : 'one more'}`,
    },
    ...(feeds === null
      ? []
      : [
          {
            key: 'power.circuits',
            label: `Circuits to GPU racks, ${feeds.circuit}`,
            group: 'power',
            quantity: racks.gpuRacks * feeds.perSide * feeds.sides,
            unit: 'circuit',
            basis: `${racks.gpuRacks} racks × ${feeds.sides} sides × ${feeds.perSide}`,
          } as const,
        ]),
    ...(racks.cooling === 'air'
      ? []
      : [
          {
            key: 'cooling.racks',
            label: racks.cooling === 'liquid' ? 'Liquid loops to racks' : 'Rear-door exchangers',
            group: 'cooling',
            quantity: racks.gpuRacks,
            unit: 'rack',
            basis: `${racks.gpuRacks} racks of ${racks.kwPerRack} kW`,
          } as const,
        ]),
  ];
  return parts.map((part) => paidElsewhere(part, plant));
}

/** Leased machines: counted, and the provider's. Those of the model server may be more than are deployed. */
function providerLines({ nodePools }: Plan, servers?: number): BomLine[] {
  const grows = nodePools.find(({ role }) => role === 'gpu');
  return nodePools.map((pool) => {
    const { id, role, shape, nodes, gpusPerNode } = pool;
    const quantity = pool === grows ? (servers ?? nodes.desired) : nodes.desired;
    return paidElsewhere(
      {
        key: `servers.${id}`,
        label: shape,
        group: 'servers',
        quantity,
        unit: 'unit',
        basis: role === 'gpu' ? `${quantity * gpusPerNode} GPUs, leased` : 'leased',
      },
      'provider',
    );
  });
}
