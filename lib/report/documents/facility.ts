import * as z from 'zod';
import type { Facility, PhysicalPlan } from '#lib/facility/facility';
import { physicalPowerSchema } from '#lib/report/documents/facility-power';
import { band, count, described, figure, flag, orNull, text, texts } from '#lib/report/documents/figure';
import { LAYERS } from '#lib/targets/target';

const COOLING = z.enum(['air', 'rear-door', 'liquid']);
const m2 = 'm²';

const servers = z.strictObject({
  shape: text('Id of the server shape'),
  name: z.string(),
  servers: count('Servers'),
  gpus: count('GPUs'),
  kwPerServer: band('Nameplate of one server', 'kW'),
  kgPerServer: orNull(figure('Weight of one server', 'kg')),
  rackUnits: figure('Height of one server', 'U'),
});

const rackChoice = z.strictObject({
  rackKw: figure('Power that a rack gets', 'kW'),
  cooling: COOLING,
  serversPerRack: count('Servers in one rack'),
  racks: count('Racks with GPUs'),
  kwPerRack: figure('Drawn by a full rack', 'kW'),
  floorM2: figure('Floor of these racks with aisles and plant', m2),
  chosen: flag('The filling of the plan'),
});

const racks = z.strictObject({
  gpuRacks: count('Racks with GPUs'),
  networkRacks: count('Racks with switches, CPU hosts and storage'),
  racks: count('All racks'),
  serversPerRack: count('Servers in one rack'),
  kwPerRack: figure('Drawn by a full GPU rack', 'kW'),
  kgPerRack: orNull(figure('Weight of a full GPU rack', 'kg')),
  limitedBy: described(z.enum(['power', 'height', 'weight']), 'What keeps more servers out of a rack'),
  cooling: COOLING,
  choices: described(z.array(rackChoice), 'What other rack powers would ask for'),
  floorM2: band('Floor with aisles and plant', m2),
});

const fabric = z.strictObject({
  tiers: orNull(count('0 for one host, 1 for one switch; `null` where three tiers are not enough')),
  rails: count('Rails of a host, one leaf each'),
  planes: count('Independent networks that a rail is split over'),
  radix: count('Ports of a switch at the speed of a link'),
  linkGbps: figure('Speed of a link', 'Gb/s'),
  hostLinks: count('Links from hosts to leaves'),
  leafSpineLinks: count('Links from leaves to spines'),
  spineCoreLinks: count('Links from spines to cores'),
  transceivers: count('Transceivers of the network between GPUs'),
  fibres: count('Fibres of the network between GPUs'),
  switches: z.array(
    z.strictObject({
      role: z.enum(['compute-leaf', 'compute-spine', 'compute-core', 'front-end', 'out-of-band']),
      shape: text('Id of the switch'),
      name: z.string(),
      switches: count('Switches'),
    }),
  ),
  frontEndCables: count('Cables of the front-end network'),
  outOfBandCables: count('Cables of the management network'),
  idleForServing: flag('No replica spans servers: serving alone does not use it'),
});

const spare = z.strictObject({
  part: z.enum(['servers', 'compute-trays', 'link-switch-trays', 'links', 'switches']),
  units: count('Installed'),
  expectedFailures: band('Failures while a used spare is on order', 'count'),
  spares: band('Spares so that one is there with the wanted chance', 'count'),
});

const colocation = z.strictObject({
  cabinets: count('Cabinets'),
  committedKw: figure('All machines at nameplate', 'kW'),
  billedKw: figure('What the bill commits to: the GPU servers', 'kW'),
  crossConnects: count('Cross-connects to carriers'),
});

const physical = z.strictObject({
  servers,
  racks,
  fabric,
  power: physicalPowerSchema,
  storageTb: figure('Shared storage for weights', 'TB'),
  cpuHosts: count('CPU hosts'),
  spares: z.array(spare),
  colocation: described(colocation.nullable(), 'Where the space is rented'),
}) satisfies z.ZodType<PhysicalPlan>;

const step = z.strictObject({
  id: z.string(),
  label: z.string(),
  days: band('Duration', 'days'),
  after: texts('Steps that it waits for'),
  startDay: figure('Earliest start at base durations', 'days from the decision'),
  endDay: figure('Earliest end at base durations', 'days from the decision'),
  critical: flag('Its delay delays everything'),
  slackDays: figure('By which it may slip', 'days'),
});

const phaseParts = z.strictObject({
  racks: count('Racks, those for network and hosts too'),
  switches: count('Switches of all networks'),
  optics: count('Transceivers of the network between GPUs'),
  circuits: described(
    z.int().meta({ unit: 'circuits' }).nullable(),
    'Feeds to the GPU racks, both sides; `null` where no circuit carries a rack',
  ),
  upsKw: figure('Modules of the uninterruptible supply', 'kW'),
  itKw: figure('All machines at nameplate', 'kW'),
});

const phase = z.strictObject({
  month: count('Month of service in which they are needed, from 1'),
  peakRequestsPerSecond: figure('Peak of that month', 'requests/s'),
  servers: count('Servers needed'),
  added: count('Servers to add'),
  racks: count('Racks with GPUs then'),
  orderMonth: described(
    z.int().meta({ unit: 'month' }),
    'Month of the order; 0 and below is before the start',
  ),
  parts: described(
    phaseParts.nullable(),
    'What then stands around the servers; `null` where the hardware is the provider’s',
  ),
  addedParts: described(phaseParts.nullable(), 'What of it is added'),
});

/** `landfall/facility/v1`. */
export const facilitySchema = z.strictObject({
  schema: z.literal('landfall/facility/v1'),
  environment: z.string(),
  scenario: z.string(),
  option: z.string(),
  target: z.string(),
  operates: described(z.record(z.enum(LAYERS), z.enum(['you', 'provider'])), 'Who runs each layer'),
  physical: described(physical.nullable(), 'Hardware that you place; `null` where it is the provider’s'),
  provider: texts('What the provider answers for'),
  leadTime: z.strictObject({
    days: band('From the decision to the first request, by these steps', 'days'),
    billedDays: band('What the bill counts', 'days'),
    steps: z.array(step),
  }),
  phases: described(z.array(phase), 'Months in which the growing peak needs more servers'),
  notes: texts('Assumed or risky, and where this plan counts otherwise than the bill'),
}) satisfies z.ZodType<Facility>;
