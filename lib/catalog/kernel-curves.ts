/**
 * Kinds of measured operators: matrix multiplication, experts, attention of prompts (`ctx`) and of running sequences
 * (`gen`), the same for latent and sparse attention, the absorbed product of latent attention, gated delta rule,
 * all-reduce of an engine and collectives of the library.
 */
const KERNEL_KINDS = [
  'gemm',
  'moe',
  'ctx',
  'gen',
  'mla_ctx',
  'mla_gen',
  'bmm',
  'gdn_dec',
  'gdn_ctx',
  'dsa_gen',
  'dsa_ctx',
  'ar',
  'nccl',
] as const;
export type KernelKind = (typeof KERNEL_KINDS)[number];

/** What all curves share. */
export interface KernelIndex {
  readonly version: string;
  readonly asOf: string;
  readonly source: string;
  /** A value `v` of a curve means `time = bound × 2^(v ÷ scale)`. */
  readonly scale: number;
  /** Accelerators of the same chip borrow the curves, which have no unit, and keep their own peaks, bandwidth and link. */
  readonly borrowed: Readonly<Record<string, string>>;
  /**
   * Accelerators by an earlier one of their design that has no more of anything: the tables of the later were measured
   * with kernels that lagged behind, so that its experts would run slower than the earlier one's.
   */
  readonly succeeds: Readonly<Record<string, string>>;
  /**
   * Bandwidth in the bounds of an accelerator's curves ÷ its own, where they differ: the curves of the RTX PRO 6000 were
   * measured on the Server Edition (1,597 GB/s) and laid over bounds of the Workstation Edition (1,792).
   */
  readonly boundBandwidths: Readonly<Record<string, number>>;
  /** Grid of each kind: base-2 logarithms of its coordinates, ascending; the last axis runs fastest. */
  readonly axes: Readonly<Record<KernelKind, readonly (readonly number[])[]>>;
}

/**
 * Measured operators of one accelerator: `gemm fp8`, `gen vllm|128|0|bfloat16` → whole numbers on the grid of the kind,
 * apart by spaces: of a hundred curves a sizing reads a dozen, and the others cost nothing.
 */
export type KernelCurves = Readonly<Record<string, string>>;

const EXPERTS = 'moe ';

/** The curves that an accelerator runs by, with the grids they lie on. */
export interface KernelTable {
  readonly index: KernelIndex;
  has(key: string): boolean;
  /** @throws Error where there is no such curve */
  curve(key: string): readonly number[];
}

/**
 * @param earlier - Table of an earlier accelerator of the design, of whose experts the later reaches at least the share
 *   of the bound. @default - none
 */
export function kernelTable(
  index: KernelIndex,
  curves: KernelCurves,
  earlier: KernelTable | null = null,
): KernelTable {
  const read = new Map<string, readonly number[]>();
  return {
    index,
    has: (key) => curves[key] !== undefined,
    curve: (key) => {
      const known = read.get(key);
      if (known !== undefined) return known;
      const text = curves[key];
      if (text === undefined) throw new Error(`no kernel curve ${key}`);
      const own = text.split(' ').map(Number);
      const other = earlier?.has(key) && key.startsWith(EXPERTS) ? earlier.curve(key) : undefined;
      const values = other === undefined ? own : own.map((value, at) => Math.min(value, other[at] ?? value));
      read.set(key, values);
      return values;
    },
  };
}
