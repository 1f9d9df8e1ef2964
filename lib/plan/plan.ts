import type { KvPrecision, Precision } from '#lib/catalog/precision';
import type { Purchase } from '#lib/catalog/purchase';
import type { EngineLaunch } from '#lib/engines/engine';
import type { ServingSizing } from '#lib/sizing/sizing';
import type { StoreSearch } from '#lib/retrieval/store-search';
import type { CorpusPlan, ReaderPlan, RetrievalLatency } from '#lib/plan/retrieval/reader-plan';
import type { FleetGrowth } from '#lib/plan/growth/nodes-by-month';
import type { PlannedQuality } from '#lib/plan/models/planned-quality';
import type { ScheduleStep } from '#lib/plan/scaling/schedule';
import type { TrafficPath } from '#lib/cash/traffic-path';
import type { ScalingPolicyId } from '#lib/targets/port/scaling-support';
import type { PlacedFleet } from '#lib/targets/target';
import type { Band } from '#lib/units/band';
import type { StoreSizing } from '#lib/vector-stores/vector-store';

/** One homogeneous set of nodes. */
export interface NodePool {
  readonly id: string;
  readonly role: 'gpu' | 'cpu';
  /** Cloud instance type, or the id of a server shape where the metal is one's own or leased. */
  readonly shape: string;
  readonly accelerator: string | null;
  /** Value of the node label `nvidia.com/gpu.product`, where known. */
  readonly productLabel: string | null;
  readonly gpusPerNode: number;
  /** Hosts of each, where it is a rack of them: every one is a node of the cluster. @default 1 */
  readonly hostsPerNode?: number;
  /** Parts that each accelerator is cut into, where replicas stand on parts. @default - whole accelerators */
  readonly slices?: { readonly profile: string; readonly perAccelerator: number };
  readonly nodes: { readonly min: number; readonly desired: number; readonly max: number };
  readonly purchase: string;
  readonly zones: readonly string[];
  readonly rootDiskGib: number;
  /** Of the nodes' processors: decides the machine image. */
  readonly architecture: 'x86_64' | 'arm64';
  readonly efaInterfaces: number;
  /** Whether the first network card carries EFA too. */
  readonly efaOnPrimary: boolean;
  readonly localDiskGb: number;
}

/** Replicas that are alike. Decided to the last flag. */
export interface FleetPlan {
  readonly launch: EngineLaunch;
  readonly replicas: { readonly min: number; readonly desired: number; readonly max: number };
  readonly gpusPerReplica: number;
  /** Nodes of the cluster, of a rack its hosts: each holds one pod of the replica. */
  readonly nodesPerReplica: number;
  /** Set where GPUs of several hosts reach each other's memory: each pod claims a channel for it. @default - no pod needs one */
  readonly hostLinks?: {
    /** Label whose value nodes share that the links join; `null` where a replica is wider than what they join. */
    readonly joinedLabel: string | null;
  };
  readonly pod: {
    readonly cpu: string;
    readonly memoryGib: number;
    readonly sharedMemoryGib: number;
    /** Devices of the network between nodes that it claims, by the name that a device plugin announces. @default - none */
    readonly fabric?: { readonly resource: string; readonly devices: number };
  };
  /** Ready pods that drains of nodes may take away at once. @default - no limit: a single replica */
  readonly podsDrainedAtOnce?: number;
  /** Longest time from start to first answer, for probes and rollouts, in seconds. */
  readonly startupBudgetSeconds: number;
  /** Waiting requests per replica above which one more is started. */
  readonly scaleAtWaiting: number;
}

/** A model server that you run. */
export interface ServingPlan extends FleetPlan {
  readonly engine: string;
  readonly servedName: string;
  readonly precision: Precision;
  readonly kvPrecision: KvPrecision;
  /** Replicas that compute prompts alone and send their cache to these. @default - these do both */
  readonly promptReplicas?: number;
  /** The fleet that they are. */
  readonly prompts?: FleetPlan;
  /** GiB that a weights volume must hold: the checkpoint and the next one beside it. */
  readonly weightsVolumeGib: number;
  readonly nodePool: string;
}

/** How the fleet follows the hours of a week, and what it then costs and misses. */
export interface ScalingPlan {
  readonly policy: Exclude<ScalingPolicyId, 'fixed'>;
  /** Replicas of each hour, midnight first, by the clock of the users; spares included. */
  readonly replicasByHour: { readonly workingDay: readonly number[]; readonly weekendDay: readonly number[] };
  /** When the number changes, where a schedule says so. */
  readonly schedule: { readonly timezone: string; readonly steps: readonly ScheduleStep[] } | null;
  /** From asking for a replica on a new node until its first answer. */
  readonly coldStartSeconds: number;
  /** How long a replica stays after it is no longer needed. */
  readonly cooldownSeconds: number;
  /** How much longer its node is paid for. */
  readonly releaseSeconds: number;
  readonly nodeHoursPerMonth: Band;
  /** Of the node-hours of a fleet that always stands. */
  readonly paidShare: number;
  /** Mean use of the throughput that is paid for. */
  readonly utilisation: number;
  /** Share of the requests that come while what they need still starts. */
  readonly lateShare: number;
}

/** The base load that is bought for a term; the rest is bought by the hour. */
export interface CommitmentPlan {
  readonly term: string;
  readonly termMonths: number;
  readonly nodes: number;
  /** Share of the hours in which a node must be needed for its commitment to pay. */
  readonly breakEvenShare: number;
  /** Share of the committed node-hours that nobody needs. */
  readonly unusedShare: number;
}

/** By what the model, its format and its nodes were chosen. */
export interface NodeChoice {
  /**
   * The whole bill over the horizon, USD a month: the estimate's, but for what serves while the option waits. `null`
   * where the nodes have no price.
   */
  readonly weighedUsdPerMonth: number | null;
  /** What any other node that is offered costs more, at least, USD a month; `null` where none is known to fit. */
  readonly othersMoreUsdPerMonth: number | null;
}

/** A model that the provider runs. */
export interface ManagedServingPlan {
  readonly modelId: string;
  readonly profile: 'in-region' | 'regional' | 'global';
  readonly guardrail: boolean;
  /** Weights of one's own, or published ones, that the provider was given. @default - its own model */
  readonly imported?: ImportedModelPlan;
  /** Throughput that is bought by the unit. @default - none: paid by use */
  readonly provisioned?: {
    readonly modelUnits: number;
    readonly term: 'none' | '1-month' | '6-months';
    /** What they serve beyond the peak; 0 where nobody says what one serves. */
    readonly headroom: number;
  };
}

/** Copies of imported weights: the provider adds and removes them by the load. */
export interface ImportedModelPlan {
  /** Version of the unit that copies are billed in: `v1.0`. */
  readonly unitVersion: string;
  readonly unitsPerCopy: Band;
  /** In the busiest minute of the month that is planned for. */
  readonly copiesAtPeak: number;
  /** Hours of copies that a month of the described traffic is billed for. */
  readonly billedHours: Band;
  /** 10^9 bytes. */
  readonly weightsGb: number;
}

export interface RetrievalPlan {
  readonly store: string;
  /** The store's own knobs as the environment gives them; opaque here. */
  readonly knobs: Readonly<Record<string, unknown>>;
  readonly runsOn: 'aws' | 'kubernetes';
  readonly sizing: StoreSizing;
  /** What the store answers; `null` where nobody has measured a service like it. */
  readonly search: StoreSearch | null;
  readonly chunks: number;
  readonly dimensions: number;
  /** The one that makes the vectors; the one that is named where the target runs none. */
  readonly embeddingModel: string;
  readonly copies: number;
  readonly nodePool: string | null;
  /** What makes vectors of queries; `null` where the target cannot run it. */
  readonly embedding: ReaderPlan | null;
  /** What ranks anew what a search found; `null` without one. */
  readonly reranker: ReaderPlan | null;
  /** How the corpus becomes vectors; `null` where the embedding model runs elsewhere. */
  readonly corpus: CorpusPlan | null;
  readonly latency: RetrievalLatency;
}

/** Racks, power and cooling of hardware that you place somewhere. */
export interface FacilityPlan {
  readonly servers: number;
  readonly itKw: number;
  readonly racks: number;
  readonly serversPerRack: number;
  readonly kwPerRack: number;
  readonly cooling: 'air' | 'rear-door' | 'liquid';
  /** What keeps more servers out of a rack: its power, its height, or the floor below it. */
  readonly limitedBy: 'power' | 'height' | 'weight';
}

/** Addresses the estimate by name: `resources` in a bill are construct paths or Kubernetes kind/name. */
export interface NetworkPlan {
  readonly region: string | null;
  readonly zones: readonly string[];
  readonly vpcCidr: string | null;
  readonly natGateways: number;
  /** Interface endpoints, by the service's short name: `ecr.api`, `bedrock-runtime`. */
  readonly interfaceEndpoints: readonly string[];
}

export interface ClusterPlan {
  readonly kubernetesVersion: string;
  readonly name: string;
  readonly namespace: string;
  /** Registry that all images are pulled through. @default - each from its own */
  readonly imageRegistry?: string;
}

/** Decided, plain JSON, no CDK types: what constructs transcribe and the bill reads. */
export interface Plan {
  readonly schema: 'landfall/plan/v1';
  readonly environment: string;
  readonly scenario: string;
  readonly option: string;
  readonly target: string;
  readonly model: { readonly id: string; readonly name: string; readonly repository: string | null };
  readonly network: NetworkPlan;
  readonly cluster: ClusterPlan | null;
  readonly nodePools: readonly NodePool[];
  readonly serving: ServingPlan | null;
  readonly managed: ManagedServingPlan | null;
  readonly retrieval: RetrievalPlan | null;
  readonly facility: FacilityPlan | null;
  /** Everything the sizing knows; `null` for a managed model. */
  readonly sizing: ServingSizing | null;
  readonly demand: {
    readonly requestsPerMonth: number;
    readonly inputTokensPerMonth: number;
    readonly cachedInputTokensPerMonth: number;
    readonly outputTokensPerMonth: number;
    readonly growthPerMonth: number;
    readonly ramp?: TrafficPath['ramp'];
    readonly seasonality?: TrafficPath['seasonality'];
  };
  /** How the fleet follows a demand that outgrows it. @default - it stays as it is deployed */
  readonly growth?: FleetGrowth;
  /** By what the nodes were chosen. @default - the provider runs the model */
  readonly choice?: NodeChoice;
  /** How nodes come and go. @default - they all stand all month */
  readonly scaling?: ScalingPlan;
  /** What is bought for a term. @default - all nodes as the option buys them */
  readonly commitment?: CommitmentPlan;
  /** Headroom while one replica or one node is down; `null` for a managed model. */
  readonly redundancy: { readonly withoutOneReplica: number; readonly withoutOneNode: number } | null;
  /** Score on the scenario's quality metric after the loss of the weight format; `null` where no score is published. */
  readonly quality: PlannedQuality | null;
  readonly leadTimeDays: { readonly low: number; readonly base: number; readonly high: number };
  /** The assumption that the lead time comes from. */
  readonly leadTimeAssumption: string;
  readonly purchases: readonly Purchase[];
  /** Assumed or risky, but valid. Shown with the plan. */
  readonly notes: readonly string[];
}

/** An option that does not fit the demand: a result, not an exception. */
export interface Infeasible {
  readonly feasible: false;
  readonly scenario: string;
  readonly option: string;
  readonly target: string;
  readonly model: string | null;
  readonly reasons: readonly string[];
}

/** A plan and the quantities that its target sold to it. */
export interface PlacedPlan {
  readonly plan: Plan;
  readonly fleet: PlacedFleet;
}

export interface Feasible extends PlacedPlan {
  readonly feasible: true;
}

export type Feasibility = Feasible | Infeasible;
