import type * as z from 'zod';
import type { Purchase } from '#lib/catalog/purchase';
import type { PriceBook } from '#lib/catalog/prices';
import { knobReader } from '#lib/registry/knob-reader';
import type { Entry } from '#lib/registry/registry';
import type { Step } from '#lib/units/derivation';

/** What has to be held and answered, and beside what. */
export interface Corpus {
  readonly vectors: number;
  readonly dimensions: number;
  /** Bytes of text and metadata kept beside each vector. */
  readonly payloadBytesPerVector: number;
  readonly queriesPerSecond: { readonly mean: number; readonly peak: number };
  /** Vectors written in a month, new and changed. */
  readonly writesPerMonth: number;
  /** Months after which a new embedding model writes all of it anew. @default - never */
  readonly writtenAgainEveryMonths?: number;
  /** Copies for availability, the first included. */
  readonly copies: number;
  /** Searches per second, at the recall asked for, of one node that holds so many vectors, all its vCPUs busy. */
  readonly searchesPerSecond: (node: {
    readonly vcpus: number;
    readonly vectors: number;
    /** As if no filter slowed large indexes down: a bound. @default - false */
    readonly atBest?: boolean;
  }) => number;
  /** Nodes that a cluster runs besides the store's, at least so large, and of one kind with them. @default - none */
  readonly beside?: { readonly count: number; readonly vcpus: number; readonly memoryGib: number };
}

/** How large the store must be, by its vendor's own formula, with the arithmetic. */
export interface StoreSizing {
  /** Memory that the index wants, one copy, in GiB; 0 where the service hides it. */
  readonly memoryGib: number;
  /** Disk or billed storage, one copy, in GiB. */
  readonly storageGib: number;
  /** Pods or instances of one shape; `null` for a serverless store. */
  readonly nodes: {
    readonly count: number;
    /** Nodes over which one copy is spread; every search asks all of them. */
    readonly shards: number;
    readonly vcpus: number;
    readonly memoryGib: number;
    readonly diskGib: number;
    /** Of a node's own disk, for what its pod fetches again after a restart. @default - none */
    readonly cacheGib?: number;
    /** Instance type where the store runs on rented instances: `r7g.2xlarge.search`. */
    readonly instanceType?: string;
  } | null;
  /** Billing units of a serverless store: OCU, ACU. */
  readonly capacityUnits: { readonly name: string; readonly count: number } | null;
  readonly derivation: readonly Step[];
}

/** A knob or the corpus asks for what the store cannot do. */
export interface StoreMisfit {
  readonly reasons: readonly string[];
}

/** Where the store runs: decides what is bought and which construct transcribes it. */
export type StorePlacement =
  | { readonly on: 'aws'; readonly region: string }
  /**
   * In the same Kubernetes cluster as the model server, on its CPU nodes. Its volumes are bought of AWS in `volumesFrom`,
   * or are disks of the nodes (`null`).
   */
  | { readonly on: 'kubernetes'; readonly volumesFrom: string | null };

export interface VectorStore<
  Id extends string = string,
  Shape extends z.core.$ZodShape = z.core.$ZodShape,
> extends Entry<Id, Shape> {
  /** `aws`: a service of the cloud. `kubernetes`: runs in the cluster. */
  readonly runsOn: 'aws' | 'kubernetes';
  /** A service of the cloud that is reached from inside a network only. @default - it is reached from anywhere */
  readonly standsInNetwork?: true;
  /** What becomes of its disks when they shall be of another size. @default in-place */
  readonly diskChanges?: 'in-place' | 'grow-only' | 'anew';
  /** It moves what it holds onto more nodes, or fewer. @default - the number of parts is chosen as an index is made */
  readonly spreadsByItself?: true;
  size(corpus: Corpus, knobs: unknown): StoreSizing | StoreMisfit;
  /** Purchases beyond CPU nodes, which the plan buys as a node pool when `sizing.nodes` is in the cluster. */
  purchases(
    sizing: StoreSizing,
    corpus: Corpus,
    placement: StorePlacement,
    prices: PriceBook,
  ): readonly Purchase[];
}

export function isMisfit(result: StoreSizing | StoreMisfit): result is StoreMisfit {
  return 'reasons' in result;
}

export function defineVectorStore<const Id extends string, Shape extends z.core.$ZodShape>(store: {
  id: Id;
  title: string;
  knobs: z.ZodObject<Shape, z.core.$strict>;
  runsOn: VectorStore['runsOn'];
  standsInNetwork?: true;
  diskChanges?: VectorStore['diskChanges'];
  spreadsByItself?: true;
  size: (corpus: Corpus, knobs: z.output<z.ZodObject<Shape, z.core.$strict>>) => StoreSizing | StoreMisfit;
  purchases: VectorStore['purchases'];
}): VectorStore<Id, Shape> {
  const read = knobReader(store.knobs);
  return { ...store, size: (corpus, knobs) => store.size(corpus, read(knobs)) };
}
