import type { Model, QuantisedPart } from '#lib/catalog/models';
import type { Precision } from '#lib/catalog/precision';

/** Bytes of MXFP4: 4 bits and an 8-bit scale per block of 32. */
export const MXFP4_BYTES = 0.53125;
/** NVFP4: 4 bits and an 8-bit scale per block of 16. */
const NVFP4_BYTES = 0.5625;
const WIDE_BYTES = 2;
/** Integers that share a scale in AWQ's and GPTQ's usual checkpoints. */
const USUAL_GROUP = 128;

/** Bytes of a weight by the part of the model that it belongs to, block scales included. */
export interface PartBytes {
  readonly experts: number;
  readonly feedForward: number;
  /** The matrix after attention. */
  readonly attentionOutput: number;
  /** Everything else of a layer: projections, latents, routers, norms. */
  readonly attention: number;
}

/** Checkpoints that ship with MXFP4 experts keep that format where 4 bits are asked for. */
export function shipsMxfp4(model: Model): boolean {
  return model.nativeDtype.startsWith('mxfp4');
}

/** Bytes of one quantised weight, block scales included. */
export function bytesPerWeight(model: Model, precision: Precision): number {
  if (precision === 'fp4') return shipsMxfp4(model) ? MXFP4_BYTES : NVFP4_BYTES;
  if (precision === 'int4') return integerBytes(model.checkpoints?.int4?.groupSize ?? USUAL_GROUP);
  return precision === 'bf16' ? WIDE_BYTES : 1;
}

/** 4 bits, and for each group a scale of 16 bits and a zero point of 4; groups of 32 are symmetric and have no zero points. */
function integerBytes(groupSize: number): number {
  const zeroPointBytes = groupSize >= USUAL_GROUP ? 0.5 : 0;
  return 0.5 + (2 + zeroPointBytes) / groupSize;
}

/**
 * What of the model is in the narrow format, and whether somebody published it. Nobody knows what a checkpoint will leave
 * wide: of a mixture the experts are taken to be narrow and no more, which needs the most memory.
 */
export function quantisedPart(
  model: Model,
  precision: Precision,
): { readonly part: QuantisedPart; readonly isKnown: boolean } {
  if (precision !== 'fp4' && precision !== 'int4') return { part: 'everything', isKnown: true };
  if (precision === 'fp4' && shipsMxfp4(model)) return { part: 'experts', isKnown: true };
  const stated = precision === 'fp4' ? model.checkpoints?.fp4 : model.checkpoints?.int4?.part;
  return {
    part: stated ?? (model.moe === null ? 'everything' : 'experts'),
    isKnown: stated !== undefined || model.moe === null,
  };
}

export function partBytes(model: Model, precision: Precision): PartBytes {
  const narrow = bytesPerWeight(model, precision);
  const { part } = quantisedPart(model, precision);
  const isAll = part === 'everything';
  return {
    experts: narrow,
    feedForward: part === 'experts' ? WIDE_BYTES : narrow,
    attentionOutput: isAll || part === 'feed-forward+output' ? narrow : WIDE_BYTES,
    attention: isAll ? narrow : WIDE_BYTES,
  };
}
