import type { Facility, PhaseParts, PhysicalPlan } from '#lib/facility/facility';
import { column, unlessEmpty, type Screen, type Section, type Table } from '#lib/report/document-model';
import { fabricSections } from '#lib/report/screens/facility-fabric';
import { count, counted, days, percent, quantity } from '#lib/report/format';
import type { Band } from '#lib/units/band';

/** What `landfall facility` shows: from the servers to the utility, then time. */
export function facilityScreen(facility: Facility, path: string): Screen {
  const { physical, option, scenario } = facility;
  return [
    {
      kind: 'heading',
      level: 1,
      text: `${facility.environment} · ${scenario} on ${option} (${facility.target}): facility`,
      details: facility.provider.map((sentence) => sentence),
    },
    ...(physical === null ? [] : physicalSections(physical)),
    ...leadTimeSections(facility),
    ...phaseSections(facility),
    ...unlessEmpty({ kind: 'lines', heading: 'Notes', lines: facility.notes }),
    {
      kind: 'next',
      commands: [
        `landfall bom ${path} --option ${option} --scenario ${scenario}`,
        `landfall estimate ${path} --option ${option} --scenario ${scenario}`,
      ],
    },
  ];
}

function physicalSections(physical: PhysicalPlan): readonly Section[] {
  const { servers, racks, colocation, storageTb, cpuHosts } = physical;
  const rented =
    colocation === null
      ? []
      : [
          `rented: ${count(colocation.cabinets)} cabinets, ${quantity(colocation.committedKw)} kW committed (the bill: ${quantity(colocation.billedKw)}), ${count(colocation.crossConnects)} cross-connects`,
        ];
  return [
    {
      kind: 'lines',
      heading: 'Machines',
      lines: [
        `${count(servers.servers)} × ${servers.name}: ${count(servers.gpus)} GPUs, ${servers.rackUnits} U, ${servers.kwPerServer.base} kW${servers.kgPerServer === null ? '' : `, ${servers.kgPerServer} kg`} each`,
        `${count(cpuHosts)} CPU hosts · ${quantity(storageTb)} TB of shared storage for weights`,
      ],
    },
    {
      kind: 'lines',
      heading: 'Racks',
      lines: [
        `${count(racks.racks)} racks: ${count(racks.gpuRacks)} with GPUs (${counted(racks.serversPerRack, 'server')} each, limited by ${racks.limitedBy}), ${count(racks.networkRacks)} for network and hosts`,
        `a GPU rack: ${quantity(racks.kwPerRack)} kW${racks.kgPerRack === null ? '' : `, ${count(racks.kgPerRack)} kg`}, cooled by ${COOLING[racks.cooling]}`,
        `floor with aisles and plant: ${banded(racks.floorM2, 'm²')}`,
        ...rented,
      ],
    },
    rackTable(physical),
    ...powerSections(physical),
    ...fabricSections(physical.fabric),
    spareTable(physical),
  ];
}

const COOLING = { air: 'air', 'rear-door': 'a rear-door exchanger', liquid: 'liquid at the chips' } as const;

function rackTable({ racks: { choices } }: PhysicalPlan): Table {
  return {
    kind: 'table',
    columns: [
      column(''),
      column('servers/rack', 'right'),
      column('kW/rack', 'right'),
      column('cooling'),
      column('GPU racks', 'right'),
      column('floor m²', 'right'),
    ],
    rows: choices.map((choice) => [
      choice.chosen ? '*' : '',
      count(choice.serversPerRack),
      quantity(choice.kwPerRack),
      choice.cooling,
      count(choice.racks),
      count(choice.floorM2),
    ]),
  };
}

function powerSections({ power }: PhysicalPlan): Section[] {
  const { feeds, ups } = power;
  return [
    {
      kind: 'lines',
      heading: 'Power and cooling',
      lines: [
        `IT ${quantity(power.itKw)} kW: servers ${quantity(power.serversKw)}, network ${quantity(power.networkKw)}, CPU hosts ${quantity(power.hostsKw)}`,
        `utility ${banded(power.utilityKw, 'kW')} at a PUE of ${power.pue.base}`,
        ...(feeds === null
          ? []
          : [
              `GPU rack: sides A and B, ${feeds.perSide} × ${feeds.circuit} each: ${quantity(feeds.sideKw)} kW at 80 %; one side alone is ${percent(feeds.failoverShare)} full`,
            ]),
        `uninterruptible supply ${ups.redundancy === '2n' ? '2N' : 'N+1'}: ${count(ups.modules)} modules of ${count(ups.moduleKw)} kW, ${count(ups.needed)} carry the load at ${percent(ups.failoverShare)}`,
        ...(power.coolantLitresPerMinute === null
          ? []
          : [`coolant ${banded(power.coolantLitresPerMinute, 'l/min')} through the GPU racks`]),
        `water evaporated: ${banded(power.waterCubicMetresPerYear, 'm³ a year')}`,
      ],
    },
  ];
}

function spareTable({ spares }: PhysicalPlan): Table {
  return {
    kind: 'table',
    columns: [
      column('spares'),
      column('installed', 'right'),
      column('failures while on order', 'right'),
      column('spares', 'right'),
      column('low – high', 'right'),
    ],
    rows: spares.map(({ part, units, expectedFailures, spares: kept }) => [
      part,
      count(units),
      quantity(expectedFailures.base),
      count(kept.base),
      `${count(kept.low)} – ${count(kept.high)}`,
    ]),
  };
}

function leadTimeSections({ leadTime }: Facility): readonly Section[] {
  return [
    {
      kind: 'lines',
      heading: 'Lead time',
      lines: [
        `${days(leadTime.days.base)} (${days(leadTime.days.low)} – ${days(leadTime.days.high)}) by these steps; the bill counts ${days(leadTime.billedDays.base)} (${days(leadTime.billedDays.low)} – ${days(leadTime.billedDays.high)})`,
      ],
    },
    {
      kind: 'table',
      columns: [
        column(''),
        column('step'),
        column('days', 'right'),
        column('low – high', 'right', 1),
        column('from', 'right'),
        column('to', 'right'),
        column('slack', 'right'),
        column('after', 'left', 2),
      ],
      rows: leadTime.steps.map((step) => [
        step.critical ? '*' : '',
        step.label,
        count(step.days.base),
        `${count(step.days.low)} – ${count(step.days.high)}`,
        count(step.startDay),
        count(step.endDay),
        step.critical ? 'critical' : count(step.slackDays),
        step.after.join(', '),
      ]),
    },
  ];
}

/** More phases than this are a slope: the first and the last ones say it. */
const PHASES_SHOWN = 8;

function phaseSections({ phases }: Facility): readonly Section[] {
  if (phases.length < 2) return [];
  const shown =
    phases.length <= PHASES_SHOWN
      ? phases
      : [...phases.slice(0, PHASES_SHOWN / 2), ...phases.slice(-PHASES_SHOWN / 2)];
  const left = phases.length - shown.length;
  return [
    {
      kind: 'lines',
      heading: 'Phased purchase by growth',
      lines: [
        'servers that each month needs at the same fill and availability, and all that then stands around them',
        ...(left === 0 ? [] : [`${count(left)} steps between are left out; --json has them`]),
      ],
    },
    {
      kind: 'table',
      columns: [
        column('month', 'right'),
        column('peak req/s', 'right'),
        column('servers', 'right'),
        column('added', 'right'),
        column('GPU racks', 'right'),
        column('racks', 'right', 3),
        column('kW', 'right', 1),
        column('switches', 'right', 2),
        column('optics', 'right', 1),
        column('feeds', 'right', 2),
        column('order in month', 'right'),
      ],
      rows: shown.map((phase) => [
        count(phase.month),
        quantity(phase.peakRequestsPerSecond),
        count(phase.servers),
        count(phase.added),
        count(phase.racks),
        ...partCells(phase.parts),
        count(phase.orderMonth),
      ]),
    },
  ];
}

function partCells(parts: PhaseParts | null): string[] {
  if (parts === null) return ['–', '–', '–', '–', '–'];
  const { racks, itKw, switches, optics, circuits } = parts;
  return [
    count(racks),
    quantity(itKw),
    count(switches),
    count(optics),
    circuits === null ? '–' : count(circuits),
  ];
}

function banded({ low, base, high }: Band, unit: string): string {
  const range = low === high ? '' : ` (${quantity(low)} – ${quantity(high)})`;
  return `${quantity(base)} ${unit}${range}`;
}
