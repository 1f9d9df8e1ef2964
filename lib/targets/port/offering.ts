import type { ImportArchitecture } from '#lib/catalog/model-import';
import type { FabricKind } from '#lib/catalog/node-fabric';
import type { Price, PriceReference } from '#lib/catalog/prices';

/** Nodes with accelerators that the plan may place replicas on: rented or owned alike. */
export interface NodeOffering {
  readonly kind: 'node';
  /** `p5.48xlarge/on-demand`, `hgx-h200/contract-3y`. Unique among the offerings of one option. */
  readonly id: string;
  readonly shape: string;
  /** Id in the accelerator catalog. */
  readonly accelerator: string;
  readonly gpus: number;
  readonly vcpus: number;
  readonly memoryGib: number;
  readonly localDiskGb: number;
  /** What its GPUs reach those of other nodes over. @default - nobody says */
  readonly fabric?: {
    readonly kind: FabricKind;
    /** All network cards of a node, one direction. @default - nobody says */
    readonly gbps?: number;
    /** What pods that use it claim of their node, by the name that a device plugin announces. @default - nobody says */
    readonly claim?: { readonly resource: string; readonly devices: number };
  };
  readonly region: string;
  readonly purchase: string;
  /** Price of one node-hour, for choosing among offerings; owned hardware gives its monthly equivalent ÷ 730. */
  readonly hourly: Price;
  /** What the bill will look up; `null` for owned hardware, which is bought as capital. */
  readonly price: PriceReference | null;
  /** Factor on that price with its own record: a savings-plan ratio. */
  readonly priceFactor?: PriceReference;
  /** Of a contract that is renewed: the least price of its terms within the horizon, as a share of the first. @default 1 */
  readonly leastTermShare?: number;
  /** Set while replicas are placed on parts of its accelerators: `accelerator` and `gpus` are then the parts. */
  readonly cut?: {
    readonly profile: string;
    readonly perAccelerator: number;
    readonly wholeAccelerator: string;
  };
  /** Fewest nodes that can be had (a contract minimum). */
  readonly minimumNodes: number;
}

/** A managed model, paid by the token. Nothing to size. */
export interface TokenOffering {
  readonly kind: 'token';
  readonly id: string;
  readonly model: string;
  readonly modelId: string;
  readonly profile: 'in-region' | 'regional' | 'global';
  readonly region: string;
  readonly input: PriceReference;
  readonly output: PriceReference;
  /** `null` where cached input is billed like any other. */
  readonly cacheRead: PriceReference | null;
}

/** Weights of one's own, or published ones, that the provider serves by the copy: paid while a copy is awake. */
export interface CopyOffering {
  readonly kind: 'copy';
  readonly id: string;
  readonly model: string;
  readonly region: string;
  /** What the service asks of weights of this architecture, or why it takes none such. */
  readonly takes: ImportArchitecture | { readonly misfit: string };
  /** For how long a copy is billed once a request comes. */
  readonly windowMinutes: number;
  /** Of one unit, awake for a minute, and kept for a month. */
  readonly minute: PriceReference;
  readonly storage: PriceReference;
  /** As the service shows after the import. @default - by copies whose units are published */
  readonly unitsPerCopy?: number;
  /** Output tokens/s that one copy gave in a load test like this traffic. @default - nobody says */
  readonly tokensPerSecondPerCopy?: number;
}

/** Throughput of a model that the provider runs, by the unit and hour, used or not. */
export interface UnitOffering {
  readonly kind: 'unit';
  readonly id: string;
  readonly model: string;
  /** With the context that it is sold with. */
  readonly modelId: string;
  readonly region: string;
  readonly term: 'none' | '1-month' | '6-months';
  readonly contextTokens: number;
  /** Why it cannot be had. @default - it can */
  readonly misfit?: string;
  readonly hour: PriceReference;
  /** Asked for. @default - what the peak takes */
  readonly units?: number;
  /** As the provider says by account; `undefined` where nobody does. */
  readonly tokensPerMinutePerUnit: {
    readonly input: number | undefined;
    readonly output: number | undefined;
  };
}

export type Offering = NodeOffering | TokenOffering | CopyOffering | UnitOffering;
