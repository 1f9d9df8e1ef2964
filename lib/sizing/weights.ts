import type { Model } from '#lib/catalog/models';
import type { Precision } from '#lib/catalog/precision';

/** Bytes of MXFP4: 4 bits and an 8-bit scale per block of 32. */
const MXFP4_BYTES = 0.53125;
/** Weights that its kernels take at once, along the model's width and along an expert's (Marlin; Triton pads the first alone). */
const MXFP4_TILE = { hidden: 256, expert: 128 } as const;
const BYTES: Readonly<Record<Precision, number>> = {
  bf16: 2,
  fp8: 1,
  int8: 1,
  /** NVFP4: 4 bits and an 8-bit scale per block of 16. */
  fp4: 0.5625,
  /** 4 bits and a 16-bit scale per group of 128, with zero points. */
  int4: 0.53125,
};

/** Checkpoints that ship with MXFP4 experts keep that format where 4 bits are asked for. */
export function shipsMxfp4(model: Model): boolean {
  return model.nativeDtype.startsWith('mxfp4');
}

/** Bytes of one quantised weight, block scales included. */
export function bytesPerWeight(model: Model, precision: Precision): number {
  return precision === 'fp4' && shipsMxfp4(model) ? MXFP4_BYTES : BYTES[precision];
}

/** Bytes of a weight outside the experts: 4-bit checkpoints of mixtures keep attention and router at 8 or 16 bits. */
export function bytesPerOtherWeight(model: Model, precision: Precision): number {
  if (model.moe === null) return bytesPerWeight(model, precision);
  if (precision === 'int4') return 2;
  if (precision === 'fp4') return model.mla === null ? 2 : 1;
  return bytesPerWeight(model, precision);
}

/** Parameters (not 10^9) by the part they belong to. */
export interface Parameters {
  readonly total: number;
  readonly active: number;
  readonly experts: number;
  /** Input and output embedding. */
  readonly embeddings: number;
  /** Tables beside the embeddings of which a token reads one row. */
  readonly lookup: number;
  /** Read whole in every step. */
  readonly other: number;
}

/** `null` where the model's size is not published: such a model cannot be sized. */
export function parametersOf(model: Model): Parameters | null {
  const { paramsTotalB, paramsActiveB, moe, hidden } = model;
  if (paramsTotalB === null) return null;
  const total = paramsTotalB * 1e9;
  const embeddings = model.vocabulary * hidden * (model.tiedEmbeddings ? 1 : 2);
  const lookup = (model.lookupParamsB ?? 0) * 1e9;
  const experts = moe === null ? 0 : moe.moeLayers * moe.experts * 3 * hidden * moe.expertFfn;
  return {
    total,
    active: (paramsActiveB ?? paramsTotalB) * 1e9,
    experts,
    embeddings,
    lookup,
    other: total - experts - embeddings - lookup,
  };
}

/**
 * Bytes that an engine holds: of `weightBytes`, with embeddings and output head in 16 bits whatever the format, and
 * experts of MXFP4 padded to widths of whole tiles.
 */
export function servedWeightBytes(model: Model, parameters: Parameters, precision: Precision): number {
  const bytes = weightBytes(model, parameters, precision);
  if (precision === 'fp8' || precision === 'int8') return bytes + parameters.embeddings + parameters.lookup;
  if (precision !== 'fp4' || !shipsMxfp4(model)) return bytes;
  const padding =
    paddingOf(model.hidden, MXFP4_TILE.hidden) * paddingOf(model.moe?.expertFfn ?? 0, MXFP4_TILE.expert);
  return bytes + parameters.experts * MXFP4_BYTES * (padding - 1);
}

/** A width in whole tiles, as a multiple of the width. */
function paddingOf(width: number, tile: number): number {
  return width === 0 ? 1 : (Math.ceil(width / tile) * tile) / width;
}

/** Bytes of a checkpoint: all parameters in 16 or 8 bits; 4-bit formats leave embeddings (and, in mixtures, attention) wider. */
export function weightBytes(model: Model, parameters: Parameters, precision: Precision): number {
  const quantised = bytesPerWeight(model, precision);
  if (precision !== 'fp4' && precision !== 'int4') return parameters.total * quantised;
  if (shipsMxfp4(model)) return parameters.experts * quantised + (parameters.total - parameters.experts) * 2;
  return (
    parameters.experts * quantised +
    parameters.other * bytesPerOtherWeight(model, precision) +
    (parameters.embeddings + parameters.lookup) * 2
  );
}
