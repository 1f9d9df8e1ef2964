import type { MeasuredRates, Reach } from '#lib/catalog/measured-rates';

/** Compute types of a datasheet. `int8` is a compute type, never a weight format here. */
export interface DenseTflops {
  readonly bf16: number;
  readonly fp8: number | null;
  readonly fp4: number | null;
  readonly int8: number | null;
}

/** Calibration class: accelerators that share one set of sizing constants. */
export type AcceleratorFamily =
  'hopper' | 'blackwell' | 'rtxpro' | 'ada' | 'ampere' | 'volta' | 'turing' | 'cdna' | 'neuron' | 'other';

/** A GPU or other accelerator as its datasheet states it. Dense TFLOPS, never sparse. */
export interface Accelerator {
  readonly id: string;
  readonly name: string;
  readonly vendor: string;
  readonly architecture: string;
  readonly family: AcceleratorFamily;
  /** GB (10^9 bytes), the label. */
  readonly memoryGb: number;
  /** What the driver reports, in GiB; `null` where nobody published it. */
  readonly usableGib: number | null;
  readonly memoryType: string;
  readonly bandwidthGbPerSecond: number;
  readonly denseTflops: DenseTflops;
  readonly link: {
    readonly type: string;
    /** One direction, per accelerator. */
    readonly gbPerSecond: number;
    /** Accelerators that reach each other at this speed. */
    readonly domain: number;
    /** Of these, how many share a host: an operating system, and so a node of a cluster. @default - all of a node's */
    readonly hostGpus?: number;
  };
  /** Between the host's memory and one accelerator, one direction; absent where no source was found. */
  readonly hostGbPerSecond?: number;
  readonly powerWatts: number | null;
  /** The accelerator that this is a slice of; its measured operators are the slice's too. @default - it is whole */
  readonly sliceOf?: string;
  /** Value of the node label `nvidia.com/gpu.product`, where it is known. */
  readonly productLabel: string | null;
  /** What it does by measurement. @default - nobody measured it in a way that others were measured too */
  readonly measured?: MeasuredRates;
  /**
   * Programs for it are compiled for shapes that do not change: a step attends to a cache padded to the next power of
   * two, and tensor parallelism counts its cores. @default - shapes may be any, and it is one rank
   */
  readonly staticShapes?: {
    /** Ranks of tensor parallelism that one accelerator is. */
    readonly ranks: number;
    /** Shortest cache that a step is compiled for. */
    readonly leastTokens: number;
    readonly source: string;
  };
  /** How much less of its datasheet it reaches than the accelerators do that constants are fitted on. @default - as much */
  readonly reach?: Reach;
  readonly sources: readonly string[];
  /** Fields for which no source was found; `all` for a whole record. */
  readonly unverified: readonly string[];
  readonly note: string | null;
}

/** Accelerators of one host among so many that are bought together: all of them, but for a rack whose links join hosts. */
export function gpusPerHost({ link }: Pick<Accelerator, 'link'>, gpusPerNode: number): number {
  return Math.min(gpusPerNode, link.hostGpus ?? gpusPerNode);
}

/** Hosts of their own among so many accelerators that are bought together: the trays of a rack, 1 for a server. */
export function hostsPerNode(accelerator: Pick<Accelerator, 'link'>, gpusPerNode: number): number {
  return gpusPerNode === 0 ? 1 : gpusPerNode / gpusPerHost(accelerator, gpusPerNode);
}

/**
 * Memory of one accelerator in GiB. Where the driver's figure is published it is used as it stands (published tables
 * mix GB and GiB; the worked examples follow the published figure), else the label is converted from GB.
 */
export function memoryGib(accelerator: Accelerator): number {
  return accelerator.usableGib ?? (accelerator.memoryGb * 1e9) / 2 ** 30;
}
