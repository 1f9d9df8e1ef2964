import type { CoolingClass } from '#lib/plan/nodes/facility';
import type { FacilityPlan } from '#lib/plan/plan';
import type { Premises } from '#lib/targets/port/premises';
import type { Operates } from '#lib/targets/target';
import type { Band } from '#lib/units/band';

/** The GPU servers of the plan. */
export interface ServersPlan {
  readonly shape: string;
  readonly name: string;
  readonly servers: number;
  readonly gpus: number;
  readonly kwPerServer: Band;
  readonly kgPerServer: number | null;
  readonly rackUnits: number;
}

/** How many racks one class of cooling, or one power of a rack, would ask for. */
export interface RackChoice {
  readonly rackKw: number;
  readonly cooling: CoolingClass;
  readonly serversPerRack: number;
  readonly racks: number;
  readonly kwPerRack: number;
  readonly floorM2: number;
  readonly chosen: boolean;
}

export interface RacksPlan {
  readonly gpuRacks: number;
  /** Switches, CPU hosts and storage. */
  readonly networkRacks: number;
  readonly racks: number;
  readonly serversPerRack: number;
  readonly kwPerRack: number;
  /** Full GPU rack with its cables; `null` where no weight is published. */
  readonly kgPerRack: number | null;
  readonly limitedBy: FacilityPlan['limitedBy'];
  readonly cooling: CoolingClass;
  readonly choices: readonly RackChoice[];
  readonly floorM2: Band;
}

export interface SwitchCount {
  readonly role: 'compute-leaf' | 'compute-spine' | 'compute-core' | 'front-end' | 'out-of-band';
  readonly shape: string;
  readonly name: string;
  readonly switches: number;
}

export interface FabricPlan {
  /** 0: one host, no network between GPUs; `null`: more ports than three tiers can join. */
  readonly tiers: number | null;
  readonly rails: number;
  readonly planes: number;
  readonly radix: number;
  readonly linkGbps: number;
  readonly hostLinks: number;
  readonly leafSpineLinks: number;
  readonly spineCoreLinks: number;
  readonly transceivers: number;
  readonly fibres: number;
  readonly switches: readonly SwitchCount[];
  readonly frontEndCables: number;
  readonly outOfBandCables: number;
  /** No replica spans servers: the network between GPUs carries nothing while only this model is served. */
  readonly idleForServing: boolean;
}

export interface PowerPlan {
  /** All machines at nameplate, kW. */
  readonly itKw: number;
  /** Of them the GPU servers, which is what the bill counts. */
  readonly serversKw: number;
  readonly networkKw: number;
  readonly hostsKw: number;
  readonly pue: Band;
  /** What the utility must deliver, kW. */
  readonly utilityKw: Band;
  readonly feeds: {
    readonly circuit: string;
    readonly perSide: number;
    readonly sides: number;
    readonly sideKw: number;
    readonly failoverShare: number;
  } | null;
  readonly ups: {
    readonly redundancy: Premises['redundancy'];
    readonly moduleKw: number;
    readonly needed: number;
    readonly modules: number;
    readonly failoverShare: number;
  };
  /** Coolant through all GPU racks; `null` where none is cooled by liquid. */
  readonly coolantLitresPerMinute: Band | null;
  /** Evaporated, if the place cools by evaporation. */
  readonly waterCubicMetresPerYear: Band;
}

export interface SparePart {
  /** A tray is what is exchanged of a rack-scale system. */
  readonly part: 'servers' | 'compute-trays' | 'link-switch-trays' | 'links' | 'switches';
  readonly units: number;
  /** Failures while a used spare is on order. */
  readonly expectedFailures: Band;
  readonly spares: Band;
}

/** One month in which more servers are needed than stand there. */
export interface PurchasePhase {
  readonly month: number;
  readonly peakRequestsPerSecond: number;
  readonly servers: number;
  readonly added: number;
  /** Racks with GPUs. */
  readonly racks: number;
  /** Month of the order; 0 and below is before the start. */
  readonly orderMonth: number;
  /** What then stands around the servers, and what of it is added; `null` where the hardware is the provider's. */
  readonly parts: PhaseParts | null;
  readonly addedParts: PhaseParts | null;
}

/** What of a place grows with its servers. What was put up once stays. */
export interface PhaseParts {
  /** All of them, those for network and hosts too. */
  readonly racks: number;
  readonly switches: number;
  /** Transceivers of the network between GPUs. */
  readonly optics: number;
  /** Feeds to the GPU racks, both sides; `null` where no circuit carries a rack. */
  readonly circuits: number | null;
  /** Modules of the uninterruptible supply, kW of all of them. */
  readonly upsKw: number;
  /** All machines at nameplate, kW. */
  readonly itKw: number;
}

/** Cabinets that are rented. */
export interface ColocationPlan {
  readonly cabinets: number;
  readonly committedKw: number;
  /** What the bill commits to: the GPU servers alone. */
  readonly billedKw: number;
  readonly crossConnects: number;
}

/** Hardware that one places oneself. */
export interface PhysicalPlan {
  readonly servers: ServersPlan;
  readonly racks: RacksPlan;
  readonly fabric: FabricPlan;
  readonly power: PowerPlan;
  readonly storageTb: number;
  readonly cpuHosts: number;
  readonly spares: readonly SparePart[];
  /** Where the space is rented. */
  readonly colocation: ColocationPlan | null;
}

/** `landfall/facility/v1`. */
export interface Facility {
  readonly schema: 'landfall/facility/v1';
  readonly environment: string;
  readonly scenario: string;
  readonly option: string;
  readonly target: string;
  readonly operates: Operates;
  /** `null` where the hardware is the provider's. */
  readonly physical: PhysicalPlan | null;
  /** What the provider answers for, in sentences. */
  readonly provider: readonly string[];
  readonly leadTime: {
    readonly days: Band;
    /** What the bill counts. */
    readonly billedDays: Band;
    readonly steps: readonly {
      readonly id: string;
      readonly label: string;
      readonly days: Band;
      readonly after: readonly string[];
      readonly startDay: number;
      readonly endDay: number;
      readonly critical: boolean;
      readonly slackDays: number;
    }[];
  };
  readonly phases: readonly PurchasePhase[];
  readonly notes: readonly string[];
}
