import type * as z from 'zod';
import type { AttentionDataReach } from '#lib/catalog/attention-data';
import type { Catalog } from '#lib/catalog/catalog';
import type { PriceBook } from '#lib/catalog/prices';
import type { CopyHours, OwnLoad, Purchase } from '#lib/catalog/purchase';
import { knobReader } from '#lib/registry/knob-reader';
import { rememberedOffers } from '#lib/targets/port/remembered-offers';
import type { Entry } from '#lib/registry/registry';
import type { NodeCurve } from '#lib/targets/port/node-curve';
import type {
  CopyOffering,
  NodeOffering,
  Offering,
  TokenOffering,
  UnitOffering,
} from '#lib/targets/port/offering';
import type { ReaderSupport } from '#lib/targets/port/reader-support';
import type { ScalingPolicyId, ScalingSupport } from '#lib/targets/port/scaling-support';
import type { Site } from '#lib/targets/port/site';
import type { Band } from '#lib/units/band';

/** Who runs a layer decides who is paid for it, in money or in people. */
export const LAYERS = [
  'facility',
  'hardware',
  'network',
  'operating-system',
  'kubernetes',
  'model-server',
  'model',
  'vector-store',
] as const;
export type Layer = (typeof LAYERS)[number];
export type Operates = Readonly<Record<Layer, 'you' | 'provider'>>;

/** What a target may look at when it makes its offers. */
export interface Market {
  readonly catalog: Catalog;
  readonly prices: PriceBook;
  /** Months over which capital is spread when offerings are ranked. */
  readonly horizonMonths: number;
  readonly discountRatePerYear: number;
  /** Somebody answers at night. @default - nobody does */
  readonly onCall?: boolean;
}

/** A value of the knob that binds for so many months. */
export interface CommittedTerm {
  readonly term: string;
  readonly months: number;
}

/** Nodes of the base load, bought for a term whether they work or not. */
export interface CommittedNodes {
  readonly offering: NodeOffering;
  readonly count: number;
  readonly termMonths: number;
}

/** Texts of one kind in a month. */
export interface Texts {
  readonly perMonth: number;
  readonly meanTokens: number;
  /** Standard deviation ÷ mean of their lengths. @default - nothing but the mean is known */
  readonly variation?: number;
}

/** Copies of weights that the provider serves, as the plan sized them. */
export interface PlacedCopies {
  readonly offering: CopyOffering;
  readonly unitsPerCopy: Band;
  /** How the units are known: `as stated`. */
  readonly unitsFrom: string;
  readonly hours: readonly CopyHours[];
  /** Hours of copies a month. */
  readonly billedHours: Band;
  /** 10^9 bytes. */
  readonly weightsGb: number;
}

/** A fleet as the plan placed it: quantities only. */
export interface PlacedFleet {
  readonly nodes: readonly {
    readonly offering: NodeOffering;
    readonly count: number;
    readonly low: number;
    readonly high: number;
    /** How long how many of them stand, at the same three ends. @default - all of them all month */
    readonly standing?: { readonly low: NodeCurve; readonly base: NodeCurve; readonly high: NodeCurve };
    /** Those of them that are committed to; the others are bought as the offering says. @default - none is */
    readonly committed?: CommittedNodes;
    /** The load by which they grow, one server to a node. @default - they grow with the fleet */
    readonly ownLoad?: OwnLoad;
  }[];
  /** CPU nodes for the store, the gateway and the system pods. */
  readonly cpuNodes: {
    readonly count: number;
    readonly vcpus: number;
    readonly memoryGib: number;
    readonly instanceType: string | null;
  };
  readonly gpus: number;
  readonly availabilityZones: number;
  /** Root volume of one node, GiB. */
  readonly rootDiskGib: { readonly gpu: number; readonly cpu: number };
  /** GiB of weights kept on shared or node storage, all copies. */
  readonly weightsGib: number;
  readonly tokens: {
    readonly inputPerMonth: number;
    readonly cachedInputPerMonth: number;
    readonly outputPerMonth: number;
    readonly requestsPerMonth: number;
    /** Bytes that leave to callers each month. */
    readonly egressGbPerMonth: number;
    /** Prompts and answers, with their lengths: what is billed by the text rounds each of them up. */
    readonly texts: readonly Texts[];
  };
  readonly token: TokenOffering | null;
  /** Copies of imported weights. @default - none */
  readonly copies?: PlacedCopies;
  /** Model units of a model that the provider runs. @default - none */
  readonly units?: { readonly offering: UnitOffering; readonly count: number };
  /** How its nodes follow the load. @default - they stand */
  readonly policy?: ScalingPolicyId;
  /** Nodes may be added to it within the horizon. @default - it stays as it is */
  readonly grows?: boolean;
  /** A vector store stands beside the model. @default - none does */
  readonly retrieves?: boolean;
  /** GB of one copy of what is searched: vectors and their text. @default - nothing is */
  readonly corpusGb?: number;
  /** GB of one copy of the adapters that the server loads: one's own work, unlike the published weights. @default - none */
  readonly adaptersGb?: number;
}

/** An assumption of the catalog that says how long until the first request is served, in days. */
export interface LeadTime {
  readonly assumption: string;
}

/** The port: everything the rest of the code may know of a target. */
export interface Target<
  Id extends string = string,
  Shape extends z.core.$ZodShape = z.core.$ZodShape,
> extends Entry<Id, Shape> {
  /** The white paper's mode. */
  readonly mode:
    'managed models' | 'platform' | 'hardware' | 'leased hardware' | 'colocation' | 'own data centre';
  /** `token`: the provider runs the model. `node`: you size GPUs. */
  readonly supplies: 'token' | 'node';
  readonly provisioner: 'cdk' | 'terraform';
  readonly operates: Operates;
  /**
   * The knob that says how nodes are paid, with its values by the hour and by commitment, and the one that pins their
   * shape; absent without that choice.
   */
  readonly nodeTerms?: {
    readonly knob: string;
    readonly shapeKnob: string;
    readonly hourly: string;
    readonly committed: readonly CommittedTerm[];
  };
  /** How its nodes can follow the load. */
  readonly scaling: ScalingSupport;
  /** Where models that only read, for embedding and reranking, can run. */
  readonly readers: ReaderSupport;
  /** Ids in the vector-store registry, the default first. */
  readonly vectorStores: readonly [string, ...string[]];
  /** Ids in the engine registry, the default first; empty where the provider runs the model. */
  readonly engines: readonly string[];
  /** 1 (an API key) to 5 (a building). */
  readonly difficulty: 1 | 2 | 3 | 4 | 5;
  /** Nodes that one replica may be spread over, at most. @default - any number */
  readonly mostNodesPerReplica?: number;
  /** True where copies of a mixture on one node would share their experts: a replica then takes a whole one. @default false */
  readonly mixturesTakeNodes?: boolean;
  /** How far attention may be data-parallel within a replica there. @default - as far as the engine can */
  readonly attentionData?: AttentionDataReach;
  /** Knobs that say nothing without another one, by it. @default - each stands alone */
  readonly knobNeeds?: Readonly<Record<string, string>>;
  /** True where you may cut accelerators into slices (MIG): it takes the machine's driver. */
  readonly cutsAccelerators: boolean;
  readonly customisable: 'prompts' | 'weights' | 'weights and engine' | 'everything';
  /** Who operates what, and what can be changed, where knobs decide it. @default - `operates` and `customisable` */
  readonly handedOver?: (knobs: unknown) => Pick<Target, 'operates' | 'customisable'>;
  /** Regions that may be written in the option; empty where the place is the user's own. */
  regions(catalog: Catalog): readonly string[];
  leadTime(knobs: unknown): LeadTime;
  /** The place that the knobs describe. */
  site(knobs: unknown): Site;
  /** Every offer, feasible or not: what fits is judged later, so that it can be explained. */
  offerings(knobs: unknown, market: Market): readonly Offering[];
  /** What this fleet makes one buy, people included. */
  purchases(fleet: PlacedFleet, knobs: unknown, market: Market): readonly Purchase[];
}

type Knobs<Shape extends z.core.$ZodShape> = z.output<z.ZodObject<Shape, z.core.$strict>>;

export function defineTarget<const Id extends string, Shape extends z.core.$ZodShape>(
  target: Omit<
    Target<Id, Shape>,
    'leadTime' | 'site' | 'offerings' | 'purchases' | 'readers' | 'handedOver'
  > & {
    handedOver?: (knobs: Knobs<Shape>) => Pick<Target, 'operates' | 'customisable'>;
    readers: Omit<ReaderSupport, 'nodes'> & {
      nodes: (knobs: Knobs<Shape>, market: Market) => readonly NodeOffering[];
    };
    knobs: z.ZodObject<Shape, z.core.$strict>;
    leadTime: (knobs: Knobs<Shape>) => LeadTime;
    site: (knobs: Knobs<Shape>) => Site;
    offerings: (knobs: Knobs<Shape>, market: Market) => readonly Offering[];
    purchases: (fleet: PlacedFleet, knobs: Knobs<Shape>, market: Market) => readonly Purchase[];
  },
): Target<Id, Shape> {
  const read = knobReader(target.knobs);
  const { handedOver, ...rest } = target;
  return {
    ...rest,
    ...(handedOver === undefined ? {} : { handedOver: (knobs: unknown) => handedOver(read(knobs)) }),
    leadTime: (knobs) => target.leadTime(read(knobs)),
    site: (knobs) => target.site(read(knobs)),
    offerings: rememberedOffers((knobs, market) => target.offerings(read(knobs), market)),
    purchases: (fleet, knobs, market) => target.purchases(fleet, read(knobs), market),
    readers: { ...target.readers, nodes: (knobs, market) => target.readers.nodes(read(knobs), market) },
  };
}
