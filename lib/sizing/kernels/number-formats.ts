import type { Accelerator } from '#lib/catalog/accelerators';
import type { Model } from '#lib/catalog/models';
import type { KvPrecision, Precision } from '#lib/catalog/precision';
import { quantisedPart, shipsMxfp4 } from '#lib/sizing/checkpoint';

/** How a matrix multiplication is done, by the names of the measured curves. */
export type KernelFormat =
  'bfloat16' | 'fp8' | 'fp8_block' | 'nvfp4' | 'int4_wo' | 'w4a16_mxfp4' | 'w4a8_mxfp4_mxfp8';

/** Formats of the parts of a model while it runs. */
export interface KernelFormats {
  readonly attention: KernelFormat;
  readonly feedForward: KernelFormat;
  readonly experts: KernelFormat;
  readonly kv: 'bfloat16' | 'fp8';
  /** Of the attention arithmetic over a prompt. */
  readonly attentionMath: 'bfloat16' | 'fp8';
  /** Bytes in which a value travels to the experts of another attention group. */
  readonly gatheredBytes: number;
}

/** Bytes of a weight, scales included. */
export const WEIGHT_BYTES: Readonly<Record<KernelFormat, number>> = {
  bfloat16: 2,
  fp8: 1,
  fp8_block: 1,
  nvfp4: 0.5625,
  int4_wo: 0.53125,
  w4a16_mxfp4: 0.53125,
  w4a8_mxfp4_mxfp8: 0.53125,
};

/** Bytes of an activation that meets such a weight. */
export const ACTIVATION_BYTES: Readonly<Record<KernelFormat, number>> = {
  bfloat16: 2,
  fp8: 1,
  fp8_block: 1,
  nvfp4: 0.5625,
  int4_wo: 2,
  w4a16_mxfp4: 2,
  w4a8_mxfp4_mxfp8: 1,
};

export function kernelFormats(
  model: Model,
  accelerator: Accelerator,
  engine: string,
  precision: Precision,
  kvPrecision: KvPrecision,
): KernelFormats {
  const kv = kvPrecision === 'fp8' ? 'fp8' : 'bfloat16';
  const attentionMath = kv === 'fp8' && engine === 'trtllm' && !shipsMxfp4(model) ? 'fp8' : 'bfloat16';
  const weights = weightFormats(model, accelerator, precision);
  // TensorRT-LLM narrows what it gathers before, unless the scales are those of blocks (`run_post_quant_allgather`).
  const isNarrowed = engine === 'trtllm' && weights.experts !== 'fp8_block';
  const gatheredBytes = isNarrowed ? ACTIVATION_BYTES[weights.experts] : 2;
  return { ...weights, kv, attentionMath, gatheredBytes };
}

function weightFormats(
  model: Model,
  accelerator: Accelerator,
  precision: Precision,
): Pick<KernelFormats, 'attention' | 'feedForward' | 'experts'> {
  const wide = { attention: 'bfloat16', feedForward: 'bfloat16', experts: 'bfloat16' } as const;
  const hasFp4 = accelerator.denseTflops.fp4 !== null;
  if (shipsMxfp4(model) && precision !== 'bf16') {
    return { ...wide, experts: hasFp4 && precision === 'fp4' ? 'w4a8_mxfp4_mxfp8' : 'w4a16_mxfp4' };
  }
  if (precision === 'fp8' || precision === 'int8') {
    const format = precision === 'fp8' && model.checkpoints?.fp8 === 'blocks' ? 'fp8_block' : 'fp8';
    return { attention: format, feedForward: format, experts: format };
  }
  // Without 4-bit units the weights of floats are unpacked and multiplied in 16 bits.
  if (precision === 'fp4' && !hasFp4) return { ...wide, experts: 'w4a16_mxfp4' };
  if (precision === 'fp4' || precision === 'int4') {
    const narrow = precision === 'fp4' ? 'nvfp4' : 'int4_wo';
    const { part } = quantisedPart(model, precision);
    return {
      attention: part === 'everything' ? narrow : 'bfloat16',
      feedForward: part === 'experts' ? 'bfloat16' : narrow,
      experts: narrow,
    };
  }
  return wide;
}
