import { memoryGib, type Accelerator } from '#lib/catalog/accelerators';

/** A part of an accelerator that the hardware keeps apart: NVIDIA's Multi-Instance GPU. */
export interface AcceleratorSlice {
  /** `h100-sxm-3g.40gb`. */
  readonly id: string;
  readonly accelerator: string;
  /** As NVIDIA names it: `3g.40gb`. */
  readonly profile: string;
  /** Share of memory and of its bandwidth, 0–1. */
  readonly memoryShare: number;
  /** GiB that the driver gives it: less than the share, of which it keeps some. @default - the share */
  readonly usableGib?: number;
  /** Multiprocessors of the slice, of all; quarters where only the fraction is published. */
  readonly multiprocessors: number;
  readonly ofMultiprocessors: number;
  /** Slices of this profile that one accelerator is cut into. */
  readonly perAccelerator: number;
  readonly sources: readonly string[];
  readonly unverified: readonly string[];
}

/**
 * A slice as the small accelerator it is: the memory that its driver gives it, its share of bandwidth and multiprocessors, and no link to others,
 * since MIG switches peer-to-peer off.
 */
export function acceleratorOf(slice: AcceleratorSlice, whole: Accelerator): Accelerator {
  const { memoryShare } = slice;
  const computeShare = slice.multiprocessors / slice.ofMultiprocessors;
  const scaled = (rate: number | null) => (rate === null ? null : rate * computeShare);
  const { bf16, fp8, fp4, int8 } = whole.denseTflops;
  const { hostGbPerSecond, ...rest } = whole;
  return {
    ...rest,
    id: slice.id,
    name: `${whole.name}, slice ${slice.profile}`,
    sliceOf: whole.id,
    memoryGb: whole.memoryGb * memoryShare,
    usableGib: slice.usableGib ?? memoryGib(whole) * memoryShare,
    bandwidthGbPerSecond: whole.bandwidthGbPerSecond * memoryShare,
    denseTflops: { bf16: bf16 * computeShare, fp8: scaled(fp8), fp4: scaled(fp4), int8: scaled(int8) },
    link: { ...whole.link, domain: 1 },
    ...(hostGbPerSecond === undefined ? {} : { hostGbPerSecond: hostGbPerSecond / slice.perAccelerator }),
    sources: [...whole.sources, ...slice.sources],
  };
}
