import type { Model } from '#lib/catalog/models';
import type { Precision } from '#lib/catalog/precision';

export const BITS_OF: Readonly<Record<Precision, number>> = { bf16: 16, fp8: 8, int8: 8, fp4: 4, int4: 4 };

/** The format a checkpoint is published in; what is none of ours counts as 16 bits. */
export function nativePrecision(model: Model): Precision {
  const dtype = model.nativeDtype.toLowerCase();
  if (dtype.includes('fp4')) return 'fp4';
  if (dtype.includes('fp8') || dtype.includes('f8')) return 'fp8';
  if (dtype.includes('int4')) return 'int4';
  if (dtype.includes('int8')) return 'int8';
  return 'bf16';
}

export function bytesPerParameter(precision: Precision): number {
  return BITS_OF[precision] / 8;
}
