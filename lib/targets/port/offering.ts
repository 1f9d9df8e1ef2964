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

export type Offering = NodeOffering | TokenOffering;
