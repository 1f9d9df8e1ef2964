import type { Accelerator } from '#lib/catalog/accelerators';
import type { KernelKind, KernelTable } from '#lib/catalog/kernel-curves';
import { acrossSeconds, type Span } from '#lib/sizing/fabric';
import { interpolate } from '#lib/sizing/kernels/interpolate';
import { isLinkedByPcie } from '#lib/sizing/summed-bytes';
import { ACTIVATION_BYTES, WEIGHT_BYTES, type KernelFormat } from '#lib/sizing/kernels/number-formats';

/** Tables of exchanges count 16-bit elements, not bytes. */
const ELEMENT_BYTES = 2;
const ENGINES = ['trtllm', 'sglang', 'vllm'];
/** Below this the library's collectives are host-bound; an engine's own all-reduce is used there. */
const LIBRARY_FROM_BYTES = 4e6;
/** Start of a collective and its share of the link where nothing was measured. */
const UNMEASURED = { startSeconds: 8e-6, linkShare: 0.7 } as const;
const LOG2_FLOOR = 1e-9;

/** Which format's curve stands in, in order, where a format has none. */
const MOE_STAND_INS: Readonly<Partial<Record<KernelFormat, readonly KernelFormat[]>>> = {
  w4a8_mxfp4_mxfp8: ['w4a16_mxfp4'],
  nvfp4: ['w4a8_mxfp4_mxfp8', 'int4_wo', 'w4a16_mxfp4'],
  fp8: ['fp8_block'],
  fp8_block: ['fp8'],
  int4_wo: ['w4a16_mxfp4'],
};
const GEMM_STAND_INS: Readonly<Partial<Record<KernelFormat, KernelFormat>>> = {
  nvfp4: 'fp8',
  fp8_block: 'fp8',
  int4_wo: 'bfloat16',
};

/** What the operators' bounds are made of, in FLOP/s and bytes/s. */
export interface KernelHardware {
  readonly table: KernelTable;
  /** Curves already looked for, by what was asked: a sizing asks for the same few thousands of times. */
  readonly found: Map<string, readonly string[]>;
  /** Formats by those of products that have curves in their place. */
  readonly gemms: Map<KernelFormat, KernelFormat>;
  readonly engine: string;
  peak(format: KernelFormat): number;
  readonly peak16: number;
  /** True without a link of its own between accelerators: tabulated exchanges over the host's bus hold host time. */
  readonly isPcie: boolean;
  /** Of the bounds, under which the curves give the times that were measured. */
  readonly bandwidth: number;
  /** Of the accelerator, for what has no curve. */
  readonly ownBandwidth: number;
  readonly link: number;
}

const HARDWARE = new WeakMap<Accelerator, KernelHardware[]>();

/** Kept, with the curves that were looked for: every layout of every option asks for it. */
export function kernelHardware(accelerator: Accelerator, table: KernelTable, engine: string): KernelHardware {
  let known = HARDWARE.get(accelerator);
  if (known === undefined) HARDWARE.set(accelerator, (known = []));
  let hardware = known.find((one) => one.table === table && one.engine === engine);
  if (hardware === undefined) known.push((hardware = newHardware(accelerator, table, engine)));
  return hardware;
}

function newHardware(accelerator: Accelerator, table: KernelTable, engine: string): KernelHardware {
  const { bf16, fp8, fp4 } = accelerator.denseTflops;
  const peak16 = bf16 * 1e12;
  const ownBandwidth = accelerator.bandwidthGbPerSecond * 1e9;
  const ofBounds = table.index.boundBandwidths[accelerator.sliceOf ?? accelerator.id] ?? 1;
  return {
    table,
    found: new Map(),
    gemms: new Map(),
    engine,
    peak16,
    isPcie: isLinkedByPcie(accelerator),
    bandwidth: ownBandwidth * ofBounds,
    ownBandwidth,
    link: accelerator.link.gbPerSecond * 1e9,
    peak: (format) => {
      if (format === 'nvfp4') return (fp4 ?? bf16) * 1e12;
      if (format === 'fp8' || format === 'fp8_block' || format === 'w4a8_mxfp4_mxfp8') {
        return (fp8 ?? bf16) * 1e12;
      }
      return peak16;
    },
  };
}

/** Seconds of `m × k` times `k × n`. */
export function gemm(
  hardware: KernelHardware,
  format: KernelFormat,
  m: number,
  n: number,
  k: number,
): number {
  if (m <= 0 || n <= 0 || k <= 0) return 0;
  const kept = gemmFormat(hardware, format);
  const bytes = WEIGHT_BYTES[kept] * n * k + ACTIVATION_BYTES[kept] * m * k + 2 * m * n;
  const bound = 2e-6 + (2 * m * n * k) / hardware.peak(kept) + bytes / hardware.bandwidth;
  return bound * ratio(hardware, 'gemm', `gemm ${kept}`, [log2(m), log2(n), log2(k)]);
}

/** The format by whose curve a product runs. */
function gemmFormat(hardware: KernelHardware, format: KernelFormat): KernelFormat {
  const known = hardware.gemms.get(format);
  if (known !== undefined) return known;
  const standIn = GEMM_STAND_INS[format] ?? format;
  const found = [format, standIn].find((each) => has(hardware, `gemm ${each}`)) ?? 'bfloat16';
  hardware.gemms.set(format, found);
  return found;
}

export interface ExpertShape {
  readonly hidden: number;
  readonly ffn: number;
  readonly topK: number;
  readonly experts: number;
  /** GPUs that split each expert, and over which the experts are spread. */
  readonly tensor: number;
  readonly spread: number;
}

/** Seconds of one layer of experts for `tokens` of the whole expert group. */
export function experts(
  hardware: KernelHardware,
  format: KernelFormat,
  tokens: number,
  shape: ExpertShape,
): number {
  if (tokens <= 0) return 0;
  const formats: readonly KernelFormat[] = [format, ...(MOE_STAND_INS[format] ?? []), 'bfloat16'];
  const kept = formats.find((each) => curvesOf(hardware, 'moe', each).length > 0) ?? 'bfloat16';
  const { hidden, topK, spread } = shape;
  const slice = shape.ffn / shape.tensor;
  const local = shape.experts / spread;
  const assigned = (tokens * topK) / spread;
  const touched = Math.max(
    Math.min((shape.experts * (1 - (1 - topK / shape.experts) ** tokens)) / spread, Math.max(assigned, 1)),
    Math.min(1, local),
  );
  const bytes =
    touched * 3 * hidden * slice * WEIGHT_BYTES[kept] +
    assigned * (hidden + 2 * slice) * ACTIVATION_BYTES[kept] +
    assigned * hidden * 2;
  const bound = 5e-6 + (6 * assigned * hidden * slice) / hardware.peak(kept) + bytes / hardware.bandwidth;
  const point = [log2(tokens), log2(hidden * slice), log2(local), log2(topK)];
  // Engines take over each other's kernels: the tables of one lag behind what it runs a release later.
  const ratios = curvesOf(hardware, 'moe', kept).map((key) => ratio(hardware, 'moe', key, point));
  return bound * (ratios.length === 0 ? 1 : Math.min(...ratios));
}

/** Seconds in which `bytes` are summed over `ranks` GPUs. */
export function allReduce(hardware: KernelHardware, ranks: number, bytes: number): number {
  if (ranks < 2 || bytes <= 0) return 0;
  const measured = ranks <= 2 ? 2 : ranks <= 4 ? 4 : 8;
  const bound = (message: number) => 2e-6 + (2 * ((measured - 1) / measured) * message) / hardware.link;
  if (hardware.isPcie) return unmeasured(bound(bytes));
  const elements = bytes / ELEMENT_BYTES;
  const own = pick(hardware, 'ar', String(measured));
  const library = `nccl all_reduce|${measured}`;
  const times: number[] = [];
  if (own !== null) times.push(bound(elements) * ratio(hardware, 'ar', own, [log2(elements)]));
  if (has(hardware, library) && (own === null || bytes > LIBRARY_FROM_BYTES)) {
    times.push(bound(elements) * ratio(hardware, 'nccl', library, [log2(elements)]));
  }
  return times.length === 0 ? unmeasured(bound(bytes)) : Math.min(...times);
}

function unmeasured(boundSeconds: number): number {
  return UNMEASURED.startSeconds + boundSeconds / UNMEASURED.linkShare;
}

/**
 * Seconds of a collective of the library: `all_gather`, `reduce_scatter`. Over several nodes it runs within them and between
 * them at once, at the slower of the two, and starts later.
 */
export function collective(
  hardware: KernelHardware,
  operation: string,
  ranks: number,
  bytes: number,
  span: Span | null,
): number {
  if (ranks < 2 || bytes <= 0) return 0;
  const within = collectiveWithin(hardware, operation, ranks, bytes);
  return span === null ? within : span.startSeconds + Math.max(within, acrossSeconds(bytes, span));
}

/** As measured over up to eight GPUs that their own link joins. */
function collectiveWithin(hardware: KernelHardware, operation: string, ranks: number, bytes: number): number {
  const measured = ranks <= 2 ? 2 : ranks <= 4 ? 4 : 8;
  const bound = (message: number) => 2e-6 + (((measured - 1) / measured) * message) / hardware.link;
  const key = `nccl ${operation}|${measured}`;
  if (hardware.isPcie || !has(hardware, key)) return unmeasured(bound(bytes));
  const elements = bytes / ELEMENT_BYTES;
  return bound(elements) * ratio(hardware, 'nccl', key, [log2(elements)]);
}

export function has({ table }: KernelHardware, key: string): boolean {
  return table.has(key);
}

/** The curve of the engine asked for, or of another on the same accelerator. */
export function pick(hardware: KernelHardware, kind: KernelKind, rest: string): string | null {
  return curvesOf(hardware, kind, rest)[0] ?? null;
}

/** Curves of every engine that was measured, the one asked for first: `kind engine|rest`. */
function curvesOf(hardware: KernelHardware, kind: KernelKind, rest: string): readonly string[] {
  const asked = `${kind} ${rest}`;
  const known = hardware.found.get(asked);
  if (known !== undefined) return known;
  const keys = [...new Set([hardware.engine, ...ENGINES])]
    .map((engine) => `${kind} ${engine}|${rest}`)
    .filter((each) => has(hardware, each));
  hardware.found.set(asked, keys);
  return keys;
}

/** Measured time over its bound at a point of base-2 logarithms. */
export function ratio(
  { table }: KernelHardware,
  kind: KernelKind,
  key: string,
  point: readonly number[],
): number {
  return 2 ** (interpolate(table.curve(key), table.index.axes[kind], point) / table.index.scale);
}

export function log2(value: number): number {
  return Math.log2(Math.max(value, LOG2_FLOOR));
}
